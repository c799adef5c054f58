"""Deeds of customers."""

from typing import Any

from asmo_support.tickets.states import State
from tests.matrix.deed import Deed, also, another_day, naming, text
from tests.matrix.ownership import COLLEAGUE_KINDS, COLLEAGUES, FOREIGN, OWN
from tests.matrix.people import Person
from tests.matrix.world import World

PAPERS = (OWN, COLLEAGUES, FOREIGN)
ASKED = text(kind="bug", subject="Не печатается", text="Пустой лист.", impact="person", urgency="normal")


def _added(world: World, person: Person, owner: str) -> dict[str, Any]:
    at = world.users[person.name].organization_id if person.name in world.users else 0
    return {"name": "Олег Новый", "email": "new@matrix.example", "role": "contact", "organization": at or 0}


def _changed(world: World, person: Person, owner: str) -> dict[str, Any]:
    name = "stranger" if owner == FOREIGN else "contact"
    return {"name": "Марина Ковалёва", "email": world.users[name].email, "role": "contact", "phone": "+7 342 200"}


def _handed(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"to": world.users["strange coordinator" if owner == FOREIGN else "coordinator"].pk}


def _seen(world: World, person: Person, owner: str) -> dict[str, Any]:
    """Which offer was read."""
    whose = COLLEAGUES if owner in COLLEAGUE_KINDS else owner
    return {"seen": world.ticket(whose, State.WAITING).offer if whose in PAPERS else ""}


PORTAL: dict[tuple[str, str], Deed] = {
    ("portal:ticket-new", "POST"): Deed(ASKED),
    ("portal:ticket-messages", "POST"): Deed(text(text="С первого.")),
    ("portal:ticket-acceptance", "POST"): Deed(state=State.REVIEW),
    ("portal:ticket-return", "POST"): Deed(text(reason="Итог удваивается."), State.REVIEW),
    ("portal:ticket-planned-dates", "POST"): Deed(
        another_day, refused=(("a day that is over", also(another_day, date="2020-01-01")),)
    ),
    ("portal:ticket-planned-date-acceptance", "POST"): Deed(),
    ("portal:ticket-planned-date-refusal", "POST"): Deed(text(reason="Сдаём раньше.")),
    ("portal:ticket-cancellation", "POST"): Deed(text(reason="Нашли сами.")),
    ("portal:ticket-reopening", "POST"): Deed(text(reason="Снова пустой лист."), State.CLOSED),
    ("portal:link-acceptance", "POST"): Deed(changes=False),
    ("portal:link-return", "POST"): Deed(text(reason="Итог удваивается."), changes=False),
    ("portal:ticket-offer", "POST"): Deed(),
    ("portal:ticket-offer-acceptance", "POST"): Deed(_seen, State.WAITING),
    ("portal:ticket-offer-refusal", "POST"): Deed(also(_seen, reason="Дорого."), State.WAITING),
    ("portal:organization", "POST"): Deed(text(visibility="all")),
    ("portal:branch", "POST"): Deed(text(visibility="all")),
    ("portal:person-new", "POST"): Deed(
        _added,
        refused=(
            ("a role of the desk", also(_added, role="admin")),
            ("another customer", naming(_added, "organization", lambda _world: 999_999_999)),
        ),
    ),
    ("portal:person", "POST"): Deed(_changed, refused=(("a role of the desk", also(_changed, role="lead")),)),
    ("portal:person-access", "POST"): Deed(text(active="0")),
    ("portal:person-invitation", "POST"): Deed(),
    ("portal:person-tickets", "POST"): Deed(
        _handed, refused=(("somebody elsewhere", naming(_handed, "to", lambda world: world.users["engineer"].pk)),)
    ),
    ("portal:invitation-withdrawal", "POST"): Deed(),
}
