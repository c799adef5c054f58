"""What this room does when two customers, or two people, turn out to be one."""

from asmo_support.wall.moving import Moved, move_organization
from asmo_support.wall.moving import move_person as move_everywhere


def move_to(old: int, new: int) -> Moved:
    """Answers that programs may ask for again."""
    return move_organization("api", old, new)


def move_person(old: int, new: int) -> Moved:
    """A program that repeats a deed gets the answer it got before."""
    return move_everywhere("api", old, new)
