"""Deeds of the API."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from asmo_support.tickets.states import State
from tests.matrix.deed import Body, Deed, also, another_day, text
from tests.matrix.ownership import FOREIGN
from tests.matrix.people import ADMIN, DESK, RELEASE, SECURITY, Person
from tests.matrix.world import World


def _says(world: World, person: Person, owner: str) -> dict[str, Any]:
    """Everybody of the desk may write a note; words for the customer are for those who work on tickets."""
    return {"text": "Смотрим.", "internal": person in {RELEASE, SECURITY, ADMIN}}


def _asks(world: World, person: Person, owner: str) -> dict[str, Any]:
    asked = {"subject": "Не печатается", "description": "Пустой лист.", "kind": "bug"}
    return asked | ({"requester": world.users["contact"].email} if person.side == DESK else {})


def _file(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("снимок.txt", b"text")}


def _assigned(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"assignees": [world.users["engineer"].email, world.users["lead"].email]}


def _accepted(world: World, person: Person, owner: str) -> dict[str, Any]:
    """The desk writes down who of the customer said so."""
    said_by = world.users["stranger" if owner == FOREIGN else "contact"].email
    return {"spoken_by": said_by} if person.side == DESK else {}


def _another_day(world: World, person: Person, owner: str) -> dict[str, Any]:
    found = another_day(world, person, owner)
    return {"date": found["date"], "reason": found["reason"]}


def _strict(body: Body, state: State = State.IN_WORK, **more: tuple[str, Any]) -> Deed:
    """A deed whose body takes no field that was not offered."""
    found = {"a field nobody offered": also(body, organization=1), "a role": also(body, role="admin")}
    return Deed(
        body, state, refused=(*found.items(), *((why, also(body, **{one[0]: one[1]})) for why, one in more.items()))
    )


SOMEBODY_ELSES = {"a person of another house": ("requester", "nobody@matrix.example")}
API: dict[tuple[str, str], Deed] = {
    ("api:tickets", "POST"): _strict(_asks, **SOMEBODY_ELSES),
    ("api:ticket", "PATCH"): _strict(text(impact="department")),
    ("api:ticket-messages", "POST"): _strict(_says),
    ("api:ticket-attachments", "POST"): Deed(_file),
    ("api:ticket-assignment", "POST"): _strict(
        _assigned, **{"a customer as agent": ("assignees", ["contact@matrix.example"])}
    ),
    ("api:ticket-information-requests", "POST"): _strict(text(text="С какого числа?")),
    ("api:ticket-resolutions", "POST"): _strict(text(text="Исправили шаблон.")),
    ("api:ticket-resolution-acceptance", "POST"): _strict(
        _accepted, State.REVIEW, **{"a speaker who is not of the customer": ("spoken_by", "lead@matrix.example")}
    ),
    ("api:ticket-resolution-return", "POST"): _strict(text(reason="Итог удваивается."), State.REVIEW),
    ("api:ticket-planned-dates", "POST"): _strict(_another_day, date=("date", "2020-01-01")),
    ("api:ticket-planned-date-acceptance", "POST"): _strict(
        _accepted, **{"a speaker who is not of the customer": ("spoken_by", "lead@matrix.example")}
    ),
    ("api:ticket-planned-date-refusal", "POST"): _strict(text(reason="Не успеть.")),
    ("api:ticket-work", "POST"): _strict(text(), State.REGISTERED),
    ("api:ticket-cancellation", "POST"): _strict(text(reason="Нашли сами.")),
    ("api:ticket-refusal", "POST"): _strict(text(reason="Чужой продукт.")),
    ("api:ticket-reopening", "POST"): _strict(text(reason="Снова пустой лист."), State.CLOSED),
    ("api:cti", "POST"): Deed(changes=False),
    **{
        ("api:unknown", method): Deed(changes=False)
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
    },
}
