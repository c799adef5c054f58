"""What another calendar would do to the deadlines that run: counted, nothing written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from asmo_support.sla.calendars import in_force
from asmo_support.sla.layers import LayeredCalendar
from asmo_support.sla.models import WorkCalendar
from asmo_support.sla.worktime import WorkTable
from asmo_support.tickets.counting import Span, due_of
from asmo_support.tickets.models import Clock, Pause
from asmo_support.tickets.models.clock import PAUSABLE, ClockState, Target

SHOWN, CHUNK = 50, 2000
# A page waits for it: so many are worked out, those that fall due first. How many may move is counted exactly.
EXAMINED = 5000
MARGIN = timedelta(days=1)
AHEAD = timedelta(days=800)
FIELDS = ("id", "ticket_id", "target", "started_at", "norm_minutes", "due_at", "ticket__planned_at", "ticket__number",
          "ticket__subject", "ticket__organization__short_name")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that would move."""

    number: int
    subject: str
    organization: str
    target: str
    before: datetime
    after: datetime

    @property
    def label(self) -> str:
        return str(Target(self.target).label)


@dataclass(slots=True)
class Foreseen:
    """How many running deadlines would move, of how many; the first of them by the old date.

    `touched` is how many the changed days can move at all, `examined` for how many of them it was worked out.
    """

    running: int = 0
    touched: int = 0
    examined: int = 0
    count: int = 0
    first: list[Move] = field(default_factory=list)

    @property
    def is_partial(self) -> bool:
        return self.examined < self.touched


def foresee(changes: Mapping[str, LayeredCalendar], most: int = EXAMINED) -> Foreseen:
    """`changes` are calendars as they would be, by slug."""
    found = Foreseen()
    for row in WorkCalendar.objects.filter(slug__in=changes):
        clocks = Clock.objects.filter(state=ClockState.RUNNING, calendar__in=keys_of(row))
        found.running += clocks.count()
        touched = _touched(clocks, row, changes[row.slug])
        many = touched.count()
        room = most - found.examined
        found.touched, found.examined = found.touched + many, found.examined + min(many, room)
        for move in _moves(touched, room, WorkTable(changes[row.slug])):
            found.count += 1
            if len(found.first) < SHOWN:
                found.first.append(move)
    found.first.sort(key=lambda move: move.before)
    return found


def keys_of(row: WorkCalendar) -> list[str]:
    """What clocks of a calendar may say: every version of it up to the one in force."""
    return [f"{row.slug}@{n}" for n in range(1, row.current + 1)]


def _touched(clocks: QuerySet[Clock], row: WorkCalendar, new: LayeredCalendar) -> QuerySet[Clock]:
    """The clocks that a day with other hours can move: those that were still running on the first such day."""
    old = in_force(row.slug)
    if old.zone.key != new.zone.key:
        return clocks
    ends = clocks.aggregate(first=Min("started_at"), last=Max("due_at"))
    if ends["first"] is None:
        return clocks.none()
    days = _different(old, new, ends["first"].date() - MARGIN, ends["last"].date() + AHEAD)
    if not days:
        return clocks.exclude(calendar=row.key)
    since = datetime(days[0].year, days[0].month, days[0].day, tzinfo=old.zone)
    until = datetime(days[-1].year, days[-1].month, days[-1].day, tzinfo=old.zone) + MARGIN
    window = Q(due_at__gte=since) & (Q(started_at__lt=until) | Q(target=Target.PLANNED))
    return clocks.filter(window | ~Q(calendar=row.key))


def _different(old: LayeredCalendar, new: LayeredCalendar, first: date, last: date) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if old.hours(day) != new.hours(day)]


def _moves(clocks: QuerySet[Clock], most: int, table: WorkTable) -> Iterator[Move]:
    rows = clocks.order_by("due_at", "id").values_list(*FIELDS)[:most].iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        spans = _spans(row[1] for row in chunk if row[2] in PAUSABLE)
        for _pk, ticket, target, started, norm, before, planned, number, subject, organization in chunk:
            ended = spans[ticket] if target in PAUSABLE else []
            after = due_of(target, started, norm, planned, ended, table)
            if after != before:
                yield Move(number, subject, organization, target, before, after)


def _spans(tickets: Iterable[Any]) -> defaultdict[int, list[Span]]:
    found: defaultdict[int, list[Span]] = defaultdict(list)
    rows = Pause.objects.filter(ticket__in=set(tickets), ended_at__isnull=False)
    for ticket, begin, end in rows.values_list("ticket_id", "started_at", "ended_at"):
        if end is not None:
            found[ticket].append((begin, end))
    return found
