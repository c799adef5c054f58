"""What this room does when two customers, or two people, turn out to be one."""

from asmo_support.wall.moving import Moved, move_organization
from asmo_support.wall.moving import move_person as move_everywhere

# Who did it is history, and history is never rewritten.
KEPT = frozenset({"journal_event.by_id"})


def move_to(old: int, new: int) -> Moved:
    """The history of what has moved is read by its new owner."""
    return move_organization("journal", old, new)


def move_person(old: int, new: int) -> Moved:
    """Nothing: events keep the name under which they happened."""
    return move_everywhere("journal", old, new, kept=KEPT)
