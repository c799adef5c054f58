"""What this room does when two customers, or two people, turn out to be one."""

from asmo_support.tickets.models import Ticket
from asmo_support.wall.moving import Moved, move, move_organization
from asmo_support.wall.moving import move_person as move_everywhere


def move_to(old: int, new: int) -> Moved:
    """Tickets go first and take along whatever is tied to them by the key; then the rest of the room."""
    return move(Ticket, "organization_id", old, new) | move_organization("tickets", old, new)


def move_person(old: int, new: int) -> Moved:
    """Whose tickets they were and who wrote in them."""
    return move_everywhere("tickets", old, new)
