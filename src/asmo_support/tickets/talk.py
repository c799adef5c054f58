"""The talk of a ticket as a page shows it: days, words, folded events, and whose time each stretch was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from asmo_support.journal.models import Event
from asmo_support.people.models import User
from asmo_support.sla.worktime import WorkTable
from asmo_support.tickets.calendars import table_for
from asmo_support.tickets.models import InformationRequest, Message, Pause, Ticket
from asmo_support.tickets.queries import Entry, history, timeline
from asmo_support.tickets.sentences import sentence


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in words."""

    at: datetime
    who: User | None
    words: str
    event: Event


@dataclass(slots=True)
class Line:
    """One line: a day, an entry or a fold of events. `theirs`: the time was the customer's."""

    kind: str
    at: datetime
    theirs: bool = False
    entry: Entry | None = None
    events: list[Happened] = field(default_factory=list)
    waited: timedelta | None = None
    answer: bool = False

    @property
    def more(self) -> int:
        """Events behind the first one."""
        return len(self.events) - 1

    @property
    def waited_minutes(self) -> float | None:
        return None if self.waited is None else self.waited / timedelta(minutes=1)

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


def lines(ticket: Ticket, user: User, now: datetime) -> list[Line]:
    """The whole timeline, oldest first."""
    pauses = list(ticket.pauses.all())
    entries = timeline(ticket, for_=user)
    answers = {one.thing.answer_id for one in entries if isinstance(one.thing, InformationRequest)}
    found = [_line(entry, pauses, answers) for entry in entries]
    for one in found:
        if one.kind in {"question", "resolution"}:
            one.waited = _waited(one.at, pauses, now, table_for(ticket))
    return list(_by_day(_folded(found)))


def last_event(ticket: Ticket, user: User) -> Happened | None:
    """Who was faster: the last thing that happened and that both sides know of."""
    event = history(ticket, for_=user).filter(internal=False).last()
    return Happened(event.at, event.by, sentence(event), event) if event else None


def _line(entry: Entry, pauses: list[Pause], answers: set[int | None]) -> Line:
    line = Line(entry.kind, entry.at, entry=entry, theirs=any(_within(entry.at, pause) for pause in pauses))
    if entry.kind == "event":
        line.events = [Happened(entry.at, entry.author, sentence(entry.thing), entry.thing)]
    line.answer = isinstance(entry.thing, Message) and entry.thing.pk in answers
    return line


def _within(at: datetime, pause: Pause) -> bool:
    return pause.started_at <= at and (pause.ended_at is None or at < pause.ended_at)


def _waited(at: datetime, pauses: list[Pause], now: datetime, table: WorkTable) -> timedelta | None:
    """The working time the customer took for what was sent at `at`."""
    for pause in pauses:
        if pause.started_at == at:
            return table.elapsed_between(at, max(pause.ended_at or now, at))
    return None


def _folded(found: Iterable[Line]) -> Iterator[Line]:
    """Neighbouring events of one day become one line."""
    fold: Line | None = None
    for line in found:
        if line.kind == "event" and fold and fold.day == line.day:
            fold.events += line.events
            continue
        if fold:
            yield fold
        fold = line if line.kind == "event" else None
        if not fold:
            yield line
    if fold:
        yield fold


def _by_day(found: Iterable[Line]) -> Iterator[Line]:
    day = None
    for line in found:
        if line.day != day:
            day = line.day
            yield Line("day", line.at, theirs=line.theirs)
        yield line
