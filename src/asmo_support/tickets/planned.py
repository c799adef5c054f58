"""How the planned date stands: what is in force, what each side offers, how long it is, and why it may not move now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.sla.norms import PLANNED_DATE_RISK_MINUTES
from asmo_support.sla.queries import table_of
from asmo_support.sla.worktime import WorkTable
from asmo_support.tickets.calendars import refresh, said
from asmo_support.tickets.calendars import table as desk_table
from asmo_support.tickets.models import Clock, PlannedDate, Ticket
from asmo_support.tickets.models.clock import ClockState, Target
from asmo_support.tickets.states import OPEN, State

# Where a ticket has to stand for its date to be talked about.
TALKING = tuple(sorted(OPEN - {State.REVIEW}))


@dataclass(frozen=True, slots=True)
class Negotiation:
    """The open offers of a ticket. `ours` waits for the customer, `theirs` for the desk; both may be open."""

    ticket: Ticket
    now: datetime
    ours: PlannedDate | None = None
    theirs: PlannedDate | None = None

    @property
    def due_at(self) -> datetime | None:
        """When the date in force falls due."""
        day = self.ticket.planned_at
        return falls_due(self.ticket, day) if day else None

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the calendar by which the date falls due."""
        return calendar_table(self.ticket).calendar.zone

    @property
    def days_left(self) -> int:
        day = self.ticket.planned_at
        return working_days_left(self.ticket, day, self.now) if day else 0

    @property
    def is_late(self) -> bool:
        due = self.due_at
        return bool(due and due < self.now and self.ticket.state in TALKING)

    @property
    def days_late(self) -> int:
        return max(-self.days_left, 0)

    @property
    def calendar(self) -> str:
        """The calendar by which the date falls due, with its version."""
        clock = next(iter(self.ticket.clocks.all()), None)
        return said(clock.calendar if clock else refresh())

    @property
    def lifted_at(self) -> datetime | None:
        """When the ticket ended without a resolution: the date binds nobody any more."""
        clocks = [one for one in self.ticket.clocks.all() if one.target == Target.PLANNED]
        return self.ticket.closed_at if any(one.state == ClockState.CANCELLED for one in clocks) else None

    @property
    def moved_from(self) -> date | None:
        """The date in force, when it is a day off that falls due later."""
        day = self.ticket.planned_at
        return day if day and not is_working_day(self.ticket, day) else None

    @property
    def asks_customer(self) -> bool:
        """The last word is the desk's: a counter-offer is an answer, and then the move is the desk's."""
        return bool(self.ours and not (self.theirs and self.theirs.n > self.ours.n))

    @property
    def replaces(self) -> bool:
        """The desk's offer is to replace the date in force, which was agreed."""
        return self.ours is not None and self.ticket.planned_agreed

    @property
    def at_risk(self) -> bool:
        return date_at_risk(self.ticket, self.ticket.clocks.all(), self.now)


def why_not(ticket: Ticket) -> str:
    """Why the date cannot be talked about now; nothing when it can."""
    if not ticket.is_open:
        return _("The ticket is over.")
    if not ticket.planned_owed:
        return _("A fixed norm applies to this ticket: a planned date is for what has none.")
    if ticket.state == State.REVIEW:
        return _("A resolution is under review: the customer answers it first.")
    return ""


def waiting_dates() -> "QuerySet[PlannedDate]":
    """The desk's open offers, on tickets whose date can be talked about: the customer has not answered yet, not even by
    another day.
    """
    offers = PlannedDate.objects.filter(verdict=PlannedDate.Outcome.OFFERED)
    countered = offers.filter(side=PlannedDate.Side.CUSTOMER, ticket=OuterRef("ticket"), n__gt=OuterRef("n"))
    return offers.filter(~Exists(countered), side=PlannedDate.Side.PROVIDER, ticket__state__in=TALKING)


def counter_offers() -> "QuerySet[PlannedDate]":
    """The customers' open offers, which wait for the desk."""
    return PlannedDate.objects.filter(
        verdict=PlannedDate.Outcome.OFFERED, side=PlannedDate.Side.CUSTOMER, ticket__state__in=TALKING
    )


def negotiation(ticket: Ticket, offers: Iterable[PlannedDate], now: datetime) -> Negotiation:
    """What is open among the offers of a ticket; nothing while the date cannot be talked about."""
    still = [] if why_not(ticket) else [one for one in offers if one.is_open]
    ours = next((one for one in still if one.is_ours), None)
    theirs = next((one for one in still if not one.is_ours), None)
    return Negotiation(ticket, now, ours, theirs)


def calendar_table(ticket: Ticket) -> WorkTable:
    """The working time the ticket's clocks are counted by; no query when its clocks are read."""
    return _table(ticket.clocks.all())


def falls_due(ticket: Ticket, day: date) -> datetime:
    """The closing of that day; of the next working day when nobody works on it."""
    table = calendar_table(ticket)
    return table.moment(table.closing(day) * 1_000_000)


def is_working_day(ticket: Ticket, day: date) -> bool:
    return bool(calendar_table(ticket).calendar.hours(day))


def day_off_words(ticket: Ticket, day: date) -> str:
    """What a day off means for the deadline; nothing for a working day."""
    if is_working_day(ticket, day):
        return ""
    due = timezone.localtime(falls_due(ticket, day))
    words = _("The %(day)s is a day off: the date falls due on %(due)s.")
    return words % {"day": date_format(day, "MONTH_DAY_FORMAT"), "due": date_format(due, "j E, H:i")}


def working_days_left(ticket: Ticket, day: date, now: datetime) -> int:
    """How many working days lie after today up to the day it falls due; 0 is today, below 0 so many are over."""
    table = calendar_table(ticket)
    today, due = now.astimezone(table.calendar.zone).date(), falls_due(ticket, day).date()
    first, last, count = min(today, due), max(today, due), 0
    while first < last:
        first, count = table.working_day_after(first, 1), count + 1
    return count if today <= due else -count


def date_at_risk(ticket: Ticket, clocks: Iterable[Clock], now: datetime) -> bool:
    """A planned date is needed, and 480 working minutes have passed since registration."""
    if not ticket.needs_planned_date:
        return False
    return _table(clocks).elapsed_between(ticket.registered_at, now) >= timedelta(minutes=PLANNED_DATE_RISK_MINUTES)


def _table(clocks: Iterable[Clock]) -> WorkTable:
    clock = next(iter(clocks), None)
    return table_of(clock.calendar) if clock else desk_table()
