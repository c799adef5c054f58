"""What a clock shows at a moment: spent and left, counted on the calendar of working time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from asmo_support.journal.models import Event
from asmo_support.sla.explain import ClockFacts, Explanation, Hold, explain
from asmo_support.sla.queries import table_of
from asmo_support.sla.worktime import WorkTable
from asmo_support.tickets.events import CLOCK_MOVED
from asmo_support.tickets.models import Clock, Pause, Ticket
from asmo_support.tickets.models.clock import PAUSABLE, ClockState

MINUTE, ZERO = timedelta(minutes=1), timedelta()


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as it stands. `remaining` is None when met or cancelled, negative when late; minutes have fractions."""

    target: str
    state: str
    norm_minutes: int
    spent_minutes: float
    remaining_minutes: float | None
    due_at: datetime | None
    met_at: datetime | None
    breached_at: datetime | None


def read_clock(clock: Clock, pauses: Iterable[Pause], now: datetime) -> Reading:
    """Read one clock with the pauses of its ticket. A running clock past its due time is late at once, told or not."""
    table = table_of(clock.calendar)
    holds = [(pause.started_at, pause.ended_at or now) for pause in pauses] if clock.target in PAUSABLE else []
    until = max(clock.met_at or now, clock.started_at)
    spent = table.elapsed_between(clock.started_at, until, holds) / MINUTE
    over = clock.state in {ClockState.MET, ClockState.CANCELLED}
    norm = norm_of(clock, table) / MINUTE
    running_late = clock.state == ClockState.RUNNING and clock.due_at and clock.due_at < now
    return Reading(
        target=clock.target,
        state=clock.state,
        norm_minutes=round(norm),
        spent_minutes=spent,
        remaining_minutes=None if over else norm - spent,
        due_at=clock.due_at,
        met_at=clock.met_at,
        breached_at=clock.breached_at or (clock.due_at if running_late else None),
    )


def norm_of(clock: Clock, table: WorkTable) -> timedelta:
    """The length of a clock; a planned date's is the working time from the offer to the closing of its day."""
    if clock.norm_minutes is not None:
        return timedelta(minutes=clock.norm_minutes)
    return max(table.elapsed_between(clock.started_at, clock.due_at), ZERO) if clock.due_at else ZERO


def read_clocks(ticket: Ticket, now: datetime) -> dict[str, Reading]:
    """All clocks of a ticket by target; no query when clocks and pauses are prefetched."""
    pauses = list(ticket.pauses.all())
    return {clock.target: read_clock(clock, pauses, now) for clock in ticket.clocks.all()}


def why(clock: Clock, now: datetime) -> Explanation:
    """«Почему такой срок?»: the whole arithmetic of one clock, for both sides."""
    table = table_of(clock.calendar)
    pauses = clock.ticket.pauses.all() if clock.target in PAUSABLE else []
    facts = ClockFacts(
        start=clock.started_at,
        norm=norm_of(clock, table),
        holds=[Hold(pause.started_at, pause.ended_at, str(Pause.Why(pause.why).label)) for pause in pauses],
        ended=_lifted_at(clock) if clock.state == ClockState.CANCELLED else clock.met_at,
        cancelled=clock.state == ClockState.CANCELLED,
    )
    return explain(facts, table, now)


def _lifted_at(clock: Clock) -> datetime:
    """When nothing was promised any more: by triage, as history knows, or with the end of the ticket."""
    moves = Event.objects.filter(
        thing=Ticket.journal_name, thing_id=clock.ticket_id, kind=CLOCK_MOVED, data__target=clock.target
    )
    moved = moves.order_by("-id").first()
    by_triage = moved is not None and moved.data.get("after") is None
    return (moved.at if moved and by_triage else None) or clock.ticket.closed_at or clock.started_at
