"""What this room does when two customers, or two people, turn out to be one."""

from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract
from asmo_support.wall.moving import Moved, clashes, move_organization
from asmo_support.wall.moving import move_person as move_everywhere


def obstacles(old: int, new: int) -> list[str]:
    """A number names one contract of a customer."""
    words = _("Both have a contract with the number %(number)s. Correct one of the two first.")
    return [words % {"number": number} for (number,) in clashes(Contract, ("number",), old, new)]


def move_to(old: int, new: int) -> Moved:
    """Contracts with whatever hangs on them."""
    return move_organization("contracts", old, new)


def move_person(old: int, new: int) -> Moved:
    """Contacts named in papers."""
    return move_everywhere("contracts", old, new)
