"""The demo world: a believable vendor in a working week. Loaded once, made of the product's own deeds."""

from typing import Any

from asmo_support.config.demo.loading import clear, load
from asmo_support.config.demo.people import PASSWORD, Person, shown, title_of

__all__ = ["PASSWORD", "clear", "introduction", "load", "sign_in_context"]


def introduction() -> str:
    """The demo people, for the terminal."""
    lines = [f"  {one.email:28} {title_of(one)}" for one in shown()]
    return "\n".join([f"Demo people, password {PASSWORD}:", *lines])


def sign_in_context() -> dict[str, Any]:
    """The demo people for the sign-in page, the desk's first."""
    staff = [_person(one) for one in shown() if not one.home]
    customers = [_person(one) for one in shown() if one.home]
    groups = [{"title": "Служба поддержки", "people": staff}, {"title": "Заказчики", "people": customers}]
    return {"demo_people": groups, "demo_password": PASSWORD}


def _person(one: Person) -> dict[str, Any]:
    return {"email": one.email, "name": one.name, "role": title_of(one), "ours": not one.home}
