"""A letter that was forwarded to us: whose request is it? The page of its ticket asks until somebody has answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from asmo_support.people.lookups import person_by_address
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.talk import Line

ANSWERS = frozenset({events.HANDED, events.REQUESTER_KEPT})


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wrote it by its text; `person` when it is a person of the same customer, `elsewhere` when of another one."""

    name: str
    address: str
    person: User | None
    elsewhere: bool


def asker_of(found: Iterable[Line], ticket: Ticket) -> Asker | None:
    """The question that is still open. It costs one statement where there is one, and none elsewhere."""
    open_question = None
    for event in (happened.event for line in found for happened in line.events):
        if event.kind == events.FORWARDED:
            open_question = event
        elif event.kind in ANSWERS:
            open_question = None
    if open_question is None or not ticket.is_open:
        return None
    said = open_question.data
    person = person_by_address(said["address"])
    if person and person.is_staff:
        return None
    here = person is not None and person.organization_id == ticket.organization_id
    return Asker(said["name"], said["address"], person if here else None, elsewhere=person is not None and not here)
