"""How the planned date stands: what is in force, what each side offers, how long it is, and why it may not move now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from asmo_support.sla.norms import PLANNED_DATE_RISK_MINUTES
from asmo_support.sla.queries import table_of
from asmo_support.sla.worktime import WorkTable
from asmo_support.tickets.calendars import table as desk_table
from asmo_support.tickets.models import PlannedDate, Ticket
from asmo_support.tickets.states import OPEN, State

# Where a ticket has to stand for its date to be talked about.
TALKING = tuple(sorted(OPEN - {State.REVIEW}))


@dataclass(frozen=True, slots=True)
class Negotiation:
    """The open offers of a ticket. `ours` waits for the customer, `theirs` for the desk; both may be open."""

    ticket: Ticket
    ours: PlannedDate | None
    theirs: PlannedDate | None

    @property
    def agreed(self) -> bool:
        return self.ticket.planned_agreed


def why_not(ticket: Ticket) -> str:
    """Why the date cannot be talked about now; nothing when it can."""
    if not ticket.is_open:
        return _("The ticket is over.")
    if not ticket.planned_owed:
        return _("A fixed norm applies to this ticket: a planned date is for what has none.")
    if ticket.state == State.REVIEW:
        return _("A resolution is under review: the customer answers it first.")
    return ""


def negotiation(ticket: Ticket, offers: Iterable[PlannedDate]) -> Negotiation:
    """What is open among the offers of a ticket; nothing while the date cannot be talked about."""
    still = [] if why_not(ticket) else [one for one in offers if one.is_open]
    ours = next((one for one in still if one.is_ours), None)
    theirs = next((one for one in still if not one.is_ours), None)
    return Negotiation(ticket, ours, theirs)


def calendar_table(ticket: Ticket) -> WorkTable:
    """The working time the ticket's clocks are counted by; no query when its clocks are read."""
    clock = next(iter(ticket.clocks.all()), None)
    return table_of(clock.calendar) if clock else desk_table()


def falls_due(ticket: Ticket, day: date) -> datetime:
    """The closing of that day; of the next working day when nobody works on it."""
    table = calendar_table(ticket)
    return table.moment(table.closing(day) * 1_000_000)


def is_working_day(ticket: Ticket, day: date) -> bool:
    return bool(calendar_table(ticket).calendar.hours(day))


def working_days_left(ticket: Ticket, day: date, now: datetime) -> int:
    """How many working days lie after today up to the day it falls due; 0 is the last one, negative is over."""
    table = calendar_table(ticket)
    today, due = now.astimezone(table.calendar.zone).date(), falls_due(ticket, day)
    if due < now:
        return -1
    count, at = 0, today
    while at < due.date():
        at, count = table.working_day_after(at, 1), count + 1
    return count


def date_is_overdue(ticket: Ticket, now: datetime) -> bool:
    """A planned date is needed, and 480 working minutes have passed since registration: at risk."""
    if not ticket.needs_planned_date:
        return False
    passed = calendar_table(ticket).elapsed_between(ticket.registered_at, now)
    return passed.total_seconds() >= PLANNED_DATE_RISK_MINUTES * 60
