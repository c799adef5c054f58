"""The listener of deadlines: who is told that time runs out. A few are letters of their own, many are one list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asmo_support.channels.outbox import Draft, has_enough, post
from asmo_support.journal.models import Event
from asmo_support.notifications.digest import Line, compose_digest
from asmo_support.notifications.holding import Choices, goes_now
from asmo_support.notifications.kinds import EVERYTHING, kind_of
from asmo_support.notifications.telling import write
from asmo_support.notifications.words import Case
from asmo_support.people.models import User
from asmo_support.people.roles import Role
from asmo_support.sla.queries import table_of
from asmo_support.sla.worktime import MICRO
from asmo_support.tickets.models import Assignment, Ticket

# More deadlines than these in one minute come to a person as one letter.
MANY = 5
# From this share on whoever leads hears of it too.
SERIOUS = 90
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """What a minute brought: the tickets with their events, by key."""

    minute: Event
    tickets: Mapping[int, Ticket]
    events: Mapping[int, Event]
    # Who is assigned to which ticket.
    assigned: frozenset[tuple[int, int]]

    def due(self, row: Row) -> datetime:
        """Letters leave in working hours of the calendar the deadline is counted in."""
        table, second = table_of(str(row["calendar"])), int(self.minute.at.timestamp())
        return self.minute.at if table.is_working(second) else table.moment(table.opening_after(second) * MICRO)


def tell(event: Event) -> None:
    """Write the letters about a minute. Called again for the same minute it writes nothing more."""
    rows: list[Row] = event.data["passed"]
    tickets = Ticket.objects.select_related("requester", "author", "product", "organization")
    news = News(
        event,
        tickets.in_bulk([int(row["ticket"]) for row in rows]),
        Event.objects.select_related("by").in_bulk([int(row["event"]) for row in rows]),
        frozenset(
            Assignment.objects.filter(ticket__in={row["ticket"] for row in rows}).values_list("ticket_id", "agent_id")
        ),
    )
    choices = Choices()
    for reader, found in _readers(rows, news.assigned):
        theirs = [row for row in found if _goes_now(news, reader, row, choices)]
        if len(theirs) > MANY:
            _write_list(news, reader, theirs)
        else:
            for row in theirs:
                _write(news, reader, row)


def _readers(rows: Sequence[Row], assignments: frozenset[tuple[int, int]]) -> list[tuple[User, list[Row]]]:
    """The specialists of the ticket; while it has none, operators and leads; leads from the serious share on."""
    people = list(User.objects.working().order_by("id"))
    leads = {one.pk for one in people if one.role == Role.LEAD}
    first_line = leads | {one.pk for one in people if one.role == Role.OPERATOR}
    assigned: dict[int, set[int]] = defaultdict(set)
    known = {one.pk for one in people}
    for ticket, agent in assignments:
        assigned[ticket] |= {agent} & known
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        for reader in (assigned[row["ticket"]] or first_line) | (leads if row["share"] >= SERIOUS else set()):
            found[reader].append(row)
    return [(one, found[one.pk]) for one in people if one.pk in found]


def _goes_now(news: News, reader: User, row: Row, choices: Choices) -> bool:
    return goes_now(reader, _kind(news, reader, row), news.events[row["event"]], choices)


def _kind(news: News, reader: User, row: Row) -> str:
    """Of whoever is assigned a missed deadline is the own affair and always comes."""
    ticket = news.tickets[row["ticket"]]
    return kind_of(news.events[row["event"]], ticket, reader, assigned=(ticket.pk, reader.pk) in news.assigned)


def _write(news: News, reader: User, row: Row) -> None:
    case = Case(news.events[row["event"]], news.tickets[row["ticket"]], reader, _kind(news, reader, row))
    write(case, due=news.due(row))


def _write_list(news: News, reader: User, rows: Sequence[Row]) -> None:
    """One letter about all of them. After a long outage nobody gets more lists than he can want."""
    if has_enough(reader.email, news.minute.kind, at=news.minute.at):
        return
    kinds = {_kind(news, reader, row) for row in rows}
    kind = "" if "" in kinds else kinds.pop() if len(kinds) == 1 else EVERYTHING
    lines = [Line(news.tickets[row["ticket"]], str(row["target"]), int(row["share"])) for row in rows]
    letter = compose_digest(reader, lines, kind)
    draft = Draft(
        address=reader.email, name=reader.name, recipient=reader, kind=news.minute.kind, subject=letter.subject,
        text=letter.text, html=letter.html, internal=True, notice=kind, at=news.minute.at,
        due=min(map(news.due, rows)),
    )  # fmt: skip
    post(draft, event_id=news.minute.pk)
