"""What this room does when two customers, or two people, turn out to be one."""

from asmo_support.wall.moving import Moved, move_organization
from asmo_support.wall.moving import move_person as move_everywhere


def move_to(old: int, new: int) -> Moved:
    """Letters of the old customer belong to the new one."""
    return move_organization("channels", old, new)


def move_person(old: int, new: int) -> Moved:
    """Letters to and from the old entry belong to the person."""
    return move_everywhere("channels", old, new)
