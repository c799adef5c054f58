"""How each deed is done right: the state it needs and a body that passes. A route without a line here is an error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asmo_support.tickets.states import State
from tests.matrix.people import Person
from tests.matrix.world import World

Body = Callable[[World, Person], dict[str, Any]]


def nothing(world: World, person: Person) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Deed:
    """`changes` is False where nothing of ours changes; `foreign` are bodies that name what is not one's own."""

    body: Body = nothing
    state: State = State.IN_WORK
    changes: bool = True
    foreign: tuple[Body, ...] = ()


def text(**fields: Any) -> Body:
    return lambda world, person: dict(fields)


LIBRARY = Deed(changes=False)
DEEDS: dict[tuple[str, str], Deed] = {
    ("signin:preferences", "POST"): Deed(text(language="en", next="/"), changes=False),
}


def deed(name: str, method: str) -> Deed | None:
    """The line of a route; a GET takes the state of the POST it leads to. None for a deed nobody described."""
    if name.startswith(("account_", "mfa_")):
        return LIBRARY
    found = DEEDS.get((name, method))
    if found is None and method in {"GET", "HEAD", "OPTIONS"}:
        return DEEDS.get((name, "POST"), Deed())
    return found
