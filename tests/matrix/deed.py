"""What a deed needs to be done right: the state of the ticket and a body that passes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from asmo_support.tickets.states import State
from tests.matrix.people import Person
from tests.matrix.world import World

READING = frozenset({"GET", "HEAD", "OPTIONS"})
Body = Callable[[World, Person, str], dict[str, Any]]


def nothing(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Deed:
    """`changes` is False where nothing of ours changes; `refused` are bodies that ask for too much, by name."""

    body: Body = nothing
    state: State = State.IN_WORK
    changes: bool = True
    refused: tuple[tuple[str, Body], ...] = ()


def text(**fields: Any) -> Body:
    """The same words from everybody."""
    return lambda _world, _person, _owner: dict(fields)


def another_day(world: World, person: Person, owner: str) -> dict[str, Any]:
    """A day that nobody has offered yet, with its reason."""
    return {"date": (timezone.localdate() + timedelta(days=60)).isoformat(), "reason": "Так удобнее.", "text": "Так."}


def also(body: Body, **fields: Any) -> Body:
    """A body with a field that was not offered, or with another value."""
    return lambda world, person, owner: body(world, person, owner) | fields


def naming(body: Body, field: str, thing: Callable[[World], Any]) -> Body:
    """A body that names something else of the world."""
    return lambda world, person, owner: body(world, person, owner) | {field: thing(world)}
