"""How each deed is done right: the state it needs and a body that passes. A route without a line here is an error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from asmo_support.tickets.states import State
from tests.matrix.ownership import FOREIGN
from tests.matrix.people import ADMIN, DESK, RELEASE, SECURITY, Person
from tests.matrix.world import World

READING = frozenset({"GET", "HEAD", "OPTIONS"})
Body = Callable[[World, Person, str], dict[str, Any]]


def nothing(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Deed:
    """`changes` is False where nothing of ours changes; `foreign` are bodies that name what is not one's own."""

    body: Body = nothing
    state: State = State.IN_WORK
    changes: bool = True
    foreign: tuple[Body, ...] = ()


def text(**fields: Any) -> Body:
    return lambda _world, _person, _owner: dict(fields)


def by_desk(desk: dict[str, Any], customer: dict[str, Any]) -> Body:
    """What the desk sends, and what a customer sends, to the same address."""
    return lambda _world, person, _owner: dict(desk if person.side == DESK else customer)


def _says(world: World, person: Person, owner: str) -> dict[str, Any]:
    """Everybody of the desk may write a note; words for the customer are for those who work on tickets."""
    return {"text": "Смотрим.", "internal": person in {RELEASE, SECURITY, ADMIN}}


def _asks_for(requester: str | None) -> Body:
    asked = {"subject": "Не печатается", "description": "Пустой лист.", "kind": "bug"}

    def body(world: World, person: Person, owner: str) -> dict[str, Any]:
        named = requester or (world.users["contact"].email if person.side == DESK else "")
        return asked | ({"requester": named} if named else {})

    return body


def _file(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("снимок.txt", b"text")}


def _assigned(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"assignees": [world.users["engineer"].email, world.users["lead"].email]}


def _accepted(world: World, person: Person, owner: str) -> dict[str, Any]:
    """The desk writes down who of the customer said so."""
    said_by = world.users["stranger" if owner == FOREIGN else "contact"].email
    return {"spoken_by": said_by} if person.side == DESK else {}


LIBRARY = Deed(changes=False)
DEEDS: dict[tuple[str, str], Deed] = {
    ("signin:preferences", "POST"): Deed(text(language="en", next="/"), changes=False),
    ("api:tickets", "POST"): Deed(_asks_for(None), foreign=(_asks_for("stranger@matrix.example"),)),
    ("api:ticket", "PATCH"): Deed(text(impact="department")),
    ("api:ticket-messages", "POST"): Deed(_says),
    ("api:ticket-attachments", "POST"): Deed(_file),
    ("api:ticket-assignment", "POST"): Deed(_assigned),
    ("api:ticket-information-requests", "POST"): Deed(text(text="С какого числа?")),
    ("api:ticket-resolutions", "POST"): Deed(text(text="Исправили шаблон.")),
    ("api:ticket-resolution-acceptance", "POST"): Deed(_accepted, State.REVIEW),
    ("api:ticket-resolution-return", "POST"): Deed(text(reason="Итог удваивается."), State.REVIEW),
    ("api:ticket-work", "POST"): Deed(state=State.REGISTERED),
    ("api:ticket-cancellation", "POST"): Deed(text(reason="Нашли сами.")),
    ("api:ticket-refusal", "POST"): Deed(text(reason="Чужой продукт.")),
    ("api:ticket-reopening", "POST"): Deed(text(reason="Снова пустой лист."), State.CLOSED),
    **{("api:unknown", method): LIBRARY for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")},
}


def deed(name: str, method: str) -> Deed | None:
    """The line of a declared method; a GET takes the state of the POST it leads to. None when nobody described it."""
    if name.startswith(("account_", "mfa_")):
        return LIBRARY
    found = DEEDS.get((name, method))
    return DEEDS.get((name, "POST"), Deed()) if found is None and method in READING else found
