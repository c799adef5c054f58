"""The demo world: a believable vendor in a working week. Made through the same actions as life, relative to now."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from asmo_support.config.demo import cast, places, post, stories
from asmo_support.config.demo.clearing import clear
from asmo_support.people.models import User
from asmo_support.wall.acting import SYSTEM, acting_as

PASSWORD = cast.PASSWORD
__all__ = ["PASSWORD", "clear", "introduction", "load", "sign_in_context"]


def load() -> bool:
    """Fill an empty database; False when it has people already."""
    with acting_as(SYSTEM), transaction.atomic():
        if User.objects.exists():
            return False
        shelves = places.furnish()
        company = cast.invite()
        stories.live(company, shelves)
        post.bring(timezone.now())
    return True


def introduction() -> str:
    """The demo people, for the terminal."""
    lines = [f"  {one.email:28} {one.title}" for one in cast.SHOWN]
    return "\n".join([f"Demo people, password {PASSWORD}:", *lines])


def sign_in_context() -> dict[str, Any]:
    """The demo people for the sign-in page, the desk's first."""
    staff = [_person(one) for one in cast.SHOWN if one.staff]
    customers = [_person(one) for one in cast.SHOWN if not one.staff]
    groups = [{"title": "Служба поддержки", "people": staff}, {"title": "Заказчики", "people": customers}]
    return {"demo_people": groups, "demo_password": PASSWORD}


def _person(one: cast.Shown) -> dict[str, Any]:
    return {"email": one.email, "name": one.name, "role": one.title, "ours": one.staff}
