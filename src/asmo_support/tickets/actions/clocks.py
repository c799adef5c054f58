"""What happens to the clocks of a locked ticket: called by the other chapters in their transaction."""

from datetime import datetime, timedelta

from asmo_support.people.models import User
from asmo_support.sla.norms import norms_for
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.calendars import CALENDAR, table
from asmo_support.tickets.events import CLOCK_MOVED
from asmo_support.tickets.models import Clock, Pause, Ticket
from asmo_support.tickets.models.clock import ClockState, Target

Span = tuple[datetime, datetime | None]
FACTS = ["state", "due_at", "met_at", "breached_at", "norm_minutes", "calendar"]


def start(ticket: Ticket) -> None:
    """Start what the norms promise. All clocks start at registration."""
    for target, minutes in _promised(ticket).items():
        clock = Clock(ticket=ticket, organization_id=ticket.organization_id, target=target, norm_minutes=minutes)
        clock.started_at, clock.calendar = ticket.registered_at, CALENDAR
        _count(clock, [])
        clock.save()


def meet(ticket: Ticket, target: Target, *, at: datetime) -> None:
    """The promise is kept, in time or late. A clock that is not running or paused stays as it is."""
    for clock in ticket.clocks.filter(target=target, state__in=[ClockState.RUNNING, ClockState.PAUSED]):
        due = clock.due_at
        clock.state, clock.met_at, clock.due_at = ClockState.MET, at, None
        if due and due < at:
            clock.breached_at = clock.breached_at or due
        clock.save(update_fields=FACTS)


def pause(ticket: Ticket, why: Pause.Why, *, at: datetime) -> None:
    """The next move is the customer's: resolution time stands."""
    if not ticket.pauses.filter(ended_at__isnull=True).exists():
        Pause.objects.create(ticket=ticket, organization_id=ticket.organization_id, why=why, started_at=at)
    for clock in ticket.clocks.filter(target=Target.RESOLUTION, state=ClockState.RUNNING):
        if clock.due_at and clock.due_at < at:
            clock.breached_at = clock.breached_at or clock.due_at
        clock.state, clock.due_at = ClockState.PAUSED, None
        clock.save(update_fields=FACTS)


def resume(ticket: Ticket, *, at: datetime) -> None:
    """The move is ours again: resolution time goes on where it stopped; a resolution that came back is not met."""
    ticket.pauses.filter(ended_at__isnull=True).update(ended_at=at)
    spans = pauses_of(ticket)
    for clock in ticket.clocks.filter(target=Target.RESOLUTION, state__in=[ClockState.PAUSED, ClockState.MET]):
        clock.met_at, clock.state = None, ClockState.RUNNING
        _count(clock, spans)
        clock.save(update_fields=FACTS)


def cancel(ticket: Ticket, *, at: datetime) -> None:
    """The ticket ended without a resolution: nothing is promised any more. What was late by then stays late."""
    ticket.pauses.filter(ended_at__isnull=True).update(ended_at=at)
    for clock in ticket.clocks.filter(state__in=[ClockState.RUNNING, ClockState.PAUSED]):
        if clock.due_at and clock.due_at < at:
            clock.breached_at = clock.breached_at or clock.due_at
        clock.state, clock.due_at = ClockState.CANCELLED, None
        clock.save(update_fields=FACTS)


def recompute(ticket: Ticket, *, by: User | None, at: datetime) -> None:
    """Other norms now, the same start and the same pauses. History says what moved."""
    promised, spans = _promised(ticket), pauses_of(ticket)
    present = {Target(clock.target): clock for clock in ticket.clocks.all()}
    for target in Target:
        clock, minutes = present.get(target), promised.get(target)
        before = clock.norm_minutes if clock and clock.state != ClockState.CANCELLED else None
        if before == minutes:
            continue
        _change(ticket, clock, target, minutes, spans)
        record(ticket, CLOCK_MOVED, by=by, at=at, target=target, before=before, after=minutes)


def pauses_of(ticket: Ticket) -> list[Span]:
    """The times when the move was the customer's, oldest first; the last one may be open."""
    return [(pause.started_at, pause.ended_at) for pause in ticket.pauses.all()]


def _change(ticket: Ticket, clock: Clock | None, target: Target, minutes: int | None, spans: list[Span]) -> None:
    if minutes is None:
        if clock:
            clock.state, clock.due_at, clock.met_at = ClockState.CANCELLED, None, None
            clock.save(update_fields=FACTS)
        return
    clock = clock or Clock(
        ticket=ticket, organization_id=ticket.organization_id, target=target, started_at=ticket.registered_at
    )
    clock.norm_minutes, clock.calendar = minutes, CALENDAR
    _count(clock, spans)
    clock.save()


def _promised(ticket: Ticket) -> dict[Target, int]:
    norms = norms_for(ticket.kind, critical=ticket.critical, standard=ticket.standard)
    promised = {Target.REACTION: norms.reaction_minutes}
    if norms.resolution_minutes:
        promised[Target.RESOLUTION] = norms.resolution_minutes
    return promised


def _count(clock: Clock, spans: list[Span]) -> None:
    """Set due time, state and breach from start, norm and pauses; a met clock only gets its breach anew."""
    own = spans if clock.target == Target.RESOLUTION else []
    ended = [(begin, end) for begin, end in own if end is not None]
    due = table().due_at(clock.started_at, timedelta(minutes=clock.norm_minutes), ended)
    if clock.state == ClockState.MET and clock.met_at:
        clock.breached_at = due if due < clock.met_at else None
        return
    waits = any(end is None for _begin, end in own)
    clock.state = ClockState.PAUSED if waits else ClockState.RUNNING
    clock.due_at = None if waits else due
