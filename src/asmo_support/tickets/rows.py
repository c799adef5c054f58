"""What a row of a list shows, read for all rows at once: four statements, and no query set for any single row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from asmo_support.people.models import User
from asmo_support.tickets.models import Clock, Pause, Ticket
from asmo_support.tickets.readings import Reading, read_clock

# What a row says of a person: the name, and on which side he is.
SHOWN_OF_A_PERSON = ("name", "email", "role", "organization")


@dataclass(frozen=True, slots=True)
class Listed:
    """A ticket with its clocks and its specialists, the one who answers first."""

    ticket: Ticket
    clocks: Sequence[Clock] = ()
    pauses: Sequence[Pause] = ()
    people: Sequence[User] = ()

    def readings(self, now: datetime) -> dict[str, Reading]:
        """All clocks by target, as they stand."""
        return {clock.target: read_clock(clock, self.pauses, now) for clock in self.clocks}


def listed(tickets: QuerySet[Ticket]) -> list[Listed]:
    """These tickets in their order, each with its organization, requester and last speaker."""
    found = list(tickets.select_related("organization", "offer").defer("description", "closing_reason"))
    keys = [ticket.pk for ticket in found]
    people = _people(found)
    clocks: dict[int, list[Clock]] = defaultdict(list)
    for clock in Clock.objects.filter(ticket__in=keys).order_by("target"):
        clocks[clock.ticket_id].append(clock)
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(ticket__in=keys).order_by("id"):
        pauses[pause.ticket_id].append(pause)
    return [
        Listed(one, clocks[one.pk], pauses[one.pk], [people[pk] for pk in one.agents if pk in people]) for one in found
    ]


def of_page(ticket: Ticket) -> Listed:
    """The row of a ticket that was read with all its page shows."""
    people = [one.agent for one in ticket.assignments.all()]
    return Listed(ticket, list(ticket.clocks.all()), list(ticket.pauses.all()), people)


def _people(tickets: Iterable[Ticket]) -> dict[int, User]:
    """Everybody the rows name, each read once, and put where the rows look for them."""
    tickets = list(tickets)
    keys = {pk for one in tickets for pk in (one.requester_id, one.last_word_by_id, *one.agents) if pk}
    people: dict[int, User] = {one.pk: one for one in User.objects.filter(pk__in=keys).only(*SHOWN_OF_A_PERSON)}
    for ticket in tickets:
        if ticket.requester_id in people:
            ticket.requester = people[ticket.requester_id]
        if ticket.last_word_by_id in people:
            ticket.last_word_by = people[ticket.last_word_by_id]
    return people
