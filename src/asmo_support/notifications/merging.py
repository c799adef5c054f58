"""What this room does when two customers, or two people, turn out to be one."""

from asmo_support.wall.moving import Moved, move_organization
from asmo_support.wall.moving import move_person as move_everywhere


def move_to(old: int, new: int) -> Moved:
    """What the customer's people chose."""
    return move_organization("notifications", old, new)


def move_person(old: int, new: int) -> Moved:
    """What the person chose under this entry stays; what waits for the old one comes to the new one."""
    return move_everywhere("notifications", old, new)
