"""What happens to the clocks of a locked ticket: called by the other chapters in their transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from asmo_support.contracts.models import Contract
from asmo_support.contracts.terms import Promise, basis_of
from asmo_support.people.models import User
from asmo_support.sla.queries import DEFAULT, rules_of, table_of
from asmo_support.tickets import events
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.counting import due_of
from asmo_support.tickets.models import Clock, Pause, PlannedDate, Ticket
from asmo_support.tickets.models.clock import PAUSABLE, ClockState, Source, Target

Span = tuple[datetime, datetime | None]
FACTS = ["state", "started_at", "due_at", "met_at", "breached_at", "breach_told", "norm_minutes", "calendar", "source",
         "contract", "warned", "warn_at"]  # fmt: skip
GOING = (ClockState.RUNNING, ClockState.PAUSED)
# What is kept when a resolution is sent for checking, and owed again when it comes back.
DELIVERED = (Target.RESOLUTION, Target.PLANNED, Target.UPDATE)
MOSCOW = ZoneInfo("Europe/Moscow")
WARNINGS = (50, 75, 90)


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock that was counted anew; its deadline may be the same."""

    clock: Clock
    before: datetime | None
    after: datetime | None


def begin(ticket: Ticket) -> list[Clock]:
    """What the norms promise a ticket that is about to be saved, and its clocks, to be saved after it.

    All clocks start at registration; the ticket keeps the regulation's version.
    """
    owed = promised(ticket)
    ticket.regulation = owed.rules.version
    ticket.planned_owed = owed.norms.planned
    return [_begun(ticket, target, minutes, owed) for target, minutes in _norms(owed).items()]


def promised(ticket: Ticket) -> Promise:
    """What this ticket is promised as it stands, by the version of the regulation it was registered under. A contract
    that names another regulation brings the version of it that was in force on the day of registration.
    """
    basis = basis_of(ticket.contract, _day(ticket.registered_at), version_id=_kept_version(ticket))
    return basis.promise(str(ticket.kind), critical=ticket.critical, standard=ticket.standard)


def meet(ticket: Ticket, target: Target, *, at: datetime) -> None:
    """The promise is kept, in time or late. A clock that is not running or paused stays as it is."""
    for clock in ticket.clocks.filter(target=target, state__in=GOING):
        clock.due_at = clock.due_at or _due(clock, ticket, [(begin, end or at) for begin, end in pauses_of(ticket)])
        _late(clock, at)
        clock.state, clock.met_at, clock.warn_at = ClockState.MET, at, None
        clock.save(update_fields=FACTS)


def deliver(ticket: Ticket, *, at: datetime) -> None:
    """A resolution went out for checking: whatever was to be delivered is delivered."""
    for target in DELIVERED:
        meet(ticket, target, at=at)


def pause(ticket: Ticket, why: Pause.Why, *, at: datetime) -> None:
    """The next move is the customer's: resolution time stands."""
    if not ticket.pauses.filter(ended_at__isnull=True).exists():
        Pause.objects.create(ticket=ticket, organization_id=ticket.organization_id, why=why, started_at=at)
    for clock in ticket.clocks.filter(target__in=PAUSABLE, state=ClockState.RUNNING):
        _late(clock, at)
        clock.state, clock.due_at, clock.warn_at = ClockState.PAUSED, None, None
        clock.save(update_fields=FACTS)


def resume(ticket: Ticket, *, at: datetime) -> None:
    """The move is ours again: resolution time goes on where it stopped; a resolution that came back is not met."""
    ticket.pauses.filter(ended_at__isnull=True).update(ended_at=at)
    spans = pauses_of(ticket)
    for clock in ticket.clocks.filter(target__in=DELIVERED, state__in=[ClockState.PAUSED, ClockState.MET]):
        if clock.target == Target.PLANNED and clock.due_at and clock.due_at < at:
            # The day passed while the customer checked: it is late from the return on, not from before.
            clock.breached_at = clock.breached_at or at
        clock.met_at, clock.state = None, ClockState.RUNNING
        if clock.target == Target.UPDATE:
            _anew(clock, at)
        _count(clock, ticket, spans)
        clock.save(update_fields=FACTS)


def spoke(ticket: Ticket, *, at: datetime) -> None:
    """The desk told the customer something: the next news is due a whole cadence later."""
    for clock in ticket.clocks.filter(target=Target.UPDATE, state=ClockState.RUNNING):
        _own_up(ticket, clock, at)
        _anew(clock, at)
        _count(clock, ticket, pauses_of(ticket))
        clock.save(update_fields=FACTS)


def cancel(ticket: Ticket, *, at: datetime) -> None:
    """The ticket ended without a resolution: nothing is promised any more. What was late by then stays late."""
    ticket.pauses.filter(ended_at__isnull=True).update(ended_at=at)
    for clock in ticket.clocks.filter(state__in=GOING):
        _late(clock, at)
        _stop(clock)
        clock.save(update_fields=FACTS)


def plan(ticket: Ticket, *, at: datetime) -> None:
    """The date in force is another: its clock runs to the closing of that day."""
    if ticket.planned_at is None:
        return
    clock = ticket.clocks.filter(target=Target.PLANNED).first() or Clock(
        ticket=ticket, organization_id=ticket.organization_id, target=Target.PLANNED, started_at=at,
        source=Source.OFFER, calendar=promised(ticket).calendar,
    )  # fmt: skip
    _own_up(ticket, clock, at)
    if clock.state != ClockState.MET and clock.due_at != _due(clock, ticket, []):
        # Another day: what was told of the one before is history.
        clock.state, clock.warned, clock.breached_at, clock.breach_told = ClockState.RUNNING, 0, None, False
    _count(clock, ticket, [])
    if clock.warn_at and clock.warn_at <= at:
        clock.warn_at = None
    clock.save()


def unplan(ticket: Ticket, *, by: User | None, at: datetime) -> None:
    """A fixed norm applies now: the planned date is lifted and open offers are over."""
    ticket.planned_dates.filter(verdict=PlannedDate.Outcome.OFFERED).update(
        verdict=PlannedDate.Outcome.RECALLED, decided_at=at
    )
    for clock in ticket.clocks.filter(target=Target.PLANNED, state__in=(*GOING, ClockState.MET)):
        _late(clock, at)
        _stop(clock)
        clock.met_at = None
        clock.save(update_fields=FACTS)
    if ticket.planned_at:
        record(ticket, events.CLOCK_MOVED, by=by, at=at, target=Target.PLANNED, after=None,
               before=ticket.planned_at.isoformat())  # fmt: skip
        ticket.planned_at, ticket.planned_agreed = None, False
        ticket.save(update_fields=["planned_at", "planned_agreed"])


def falls_due(ticket: Ticket, day: date) -> datetime:
    """When a planned date is due: at that day's closing, of a day off at the closing of the next working day."""
    table = table_of(calendar_of(ticket))
    return table.moment(table.closing(day) * 1_000_000)


def calendar_of(ticket: Ticket) -> str:
    """The key of the calendar its planned date is counted by."""
    clock = ticket.clocks.filter(target=Target.PLANNED).first()
    return clock.calendar if clock else promised(ticket).calendar


def recompute(ticket: Ticket, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Other norms now, the same start and the same pauses. History says what moved, why, and where the norm is from."""
    owed, spans = promised(ticket), pauses_of(ticket)
    norms, version = _norms(owed), owed.rules.version
    if (ticket.planned_owed, ticket.regulation_id) != (owed.norms.planned, version.pk):
        ticket.planned_owed, ticket.regulation = owed.norms.planned, version
        ticket.save(update_fields=["planned_owed", "regulation"])
        if not ticket.planned_owed:
            unplan(ticket, by=by, at=at)
    present = {Target(clock.target): clock for clock in ticket.clocks.all()}
    for target in (Target.REACTION, Target.RESOLUTION, Target.UPDATE):
        clock, minutes = present.get(target), norms.get(target)
        before = clock.norm_minutes if clock and clock.state != ClockState.CANCELLED else None
        moved = (
            clock is not None and minutes is not None and clock.calendar.split("@")[0] != owed.calendar.split("@")[0]
        )
        if before == minutes and not moved:
            _name(clock, owed, target)
            continue
        _change(ticket, clock or target, minutes, owed, spans)
        record(ticket, events.CLOCK_MOVED, by=by, at=at, target=target, before=before, after=minutes,
               source=_source(owed, target), reason=reason)  # fmt: skip


def near(clock: Clock, ticket: Ticket, *, at: datetime) -> int:
    """The largest share of the norm that has passed and was not warned of yet. Outside working hours of the clock's
    own calendar it is 0, and the warning waits for the next opening.
    """
    table, second = table_of(clock.calendar), int(at.timestamp())
    ended = [(begin, end) for begin, end in pauses_of(ticket) if end is not None and clock.target in PAUSABLE]
    passed = [share for share in WARNINGS if share > clock.warned and _share_at(clock, share, ended) <= at]
    if passed and not table.is_working(second):
        clock.warn_at, passed = table.moment(table.opening_after(second) * 1_000_000), []
    else:
        clock.warned = passed[-1] if passed else clock.warned
        clock.warn_at = _next_warning(clock, ended)
    clock.save(update_fields=["warned", "warn_at"])
    return passed[-1] if passed else 0


def recount(ticket: Ticket, keys: Mapping[str, str]) -> list[Moved]:
    """Count the going clocks anew whose calendar (by slug) has another version in force, without saving them."""
    spans, moved = pauses_of(ticket), []
    for clock in ticket.clocks.all():
        key = keys.get(clock.calendar.rpartition("@")[0])
        if clock.state not in GOING or key in {None, clock.calendar}:
            continue
        before, clock.calendar = clock.due_at, str(key)
        _count(clock, ticket, spans)
        moved.append(Moved(clock, before, clock.due_at))
    return moved


def pauses_of(ticket: Ticket) -> list[Span]:
    """The times when the move was the customer's, oldest first; the last one may be open."""
    return [(pause.started_at, pause.ended_at) for pause in ticket.pauses.all()]


def _begun(ticket: Ticket, target: Target, minutes: int, owed: Promise) -> Clock:
    clock = Clock(ticket=ticket, organization_id=ticket.organization_id, target=target, norm_minutes=minutes)
    clock.started_at, clock.calendar = ticket.registered_at, owed.calendar
    clock.source, clock.contract = _source(owed, target), _own(owed, target)
    _count(clock, ticket, [])
    return clock


def _name(clock: Clock | None, owed: Promise, target: Target) -> None:
    """The same norm from another place: nothing moves, and who asks for the reason reads the right one."""
    if clock is None or clock.state == ClockState.CANCELLED:
        return
    source, contract = _source(owed, target), _own(owed, target)
    if (clock.source, clock.contract_id) != (source, contract.pk if contract else None):
        clock.source, clock.contract = source, contract
        clock.save(update_fields=["source", "contract"])


def _change(ticket: Ticket, clock: Clock | Target, minutes: int | None, owed: Promise, spans: list[Span]) -> None:
    if isinstance(clock, Target):
        clock = Clock(ticket=ticket, organization_id=ticket.organization_id, target=clock)
        clock.started_at = ticket.registered_at
    if minutes is None:
        if clock.pk:
            _stop(clock)
            clock.met_at = None
            clock.save(update_fields=FACTS)
        return
    # What was told of the same norm is not told again.
    clock.warned = clock.warned if clock.norm_minutes == minutes else 0
    target = Target(clock.target)
    clock.norm_minutes, clock.calendar = minutes, owed.calendar
    clock.source, clock.contract = _source(owed, target), _own(owed, target)
    _count(clock, ticket, spans)
    clock.save()


def _count(clock: Clock, ticket: Ticket, spans: list[Span]) -> None:
    """Set due time, next warning, state and breach from start, norm and pauses; a met clock only gets its breach."""
    own = spans if clock.target in PAUSABLE else []
    ended = [(begin, end) for begin, end in own if end is not None]
    due = _due(clock, ticket, ended)
    if clock.state == ClockState.MET and clock.met_at:
        clock.breached_at = due if due < clock.met_at else None
        return
    if clock.breached_at and due > clock.breached_at:
        # The deadline was put off past its breach: it is kept again, or broken anew, and warned of on the way.
        clock.breached_at, clock.breach_told, clock.warned = None, False, 0
    waits = any(end is None for _begin, end in own)
    clock.state = ClockState.PAUSED if waits else ClockState.RUNNING
    clock.due_at = None if waits else due
    clock.warn_at = None if waits else _next_warning(clock, ended)


def _due(clock: Clock, ticket: Ticket, ended: list[tuple[datetime, datetime]]) -> datetime:
    table = table_of(clock.calendar)
    return due_of(clock.target, clock.started_at, clock.norm_minutes, ticket.planned_at, ended, table)


def _next_warning(clock: Clock, ended: list[tuple[datetime, datetime]]) -> datetime | None:
    """When the next share of the norm has passed; always in working time. The whole of it is a breach, no warning."""
    if clock.norm_minutes is None:
        return None if clock.warned else _day_before(clock)
    share = next((share for share in WARNINGS if share > clock.warned), None)
    return _share_at(clock, share, ended) if share else None


def _share_at(clock: Clock, share: int, ended: list[tuple[datetime, datetime]]) -> datetime:
    length = timedelta(minutes=clock.norm_minutes or 0) * share / 100
    return table_of(clock.calendar).due_at(clock.started_at, length, ended)


def _day_before(clock: Clock) -> datetime | None:
    """The opening of the last working day before the one it falls due on; none when it began later."""
    table = table_of(clock.calendar)
    if clock.due_at is None:
        return None
    day = clock.due_at.astimezone(table.calendar.zone).date() - timedelta(days=1)
    while not table.calendar.hours(day):
        day -= timedelta(days=1)
    opening = table.due_at(datetime.combine(day, time.min, tzinfo=table.calendar.zone), timedelta())
    return opening if clock.started_at < opening else None


def _late(clock: Clock, at: datetime) -> None:
    if clock.due_at and clock.due_at < at:
        clock.breached_at = clock.breached_at or clock.due_at


def _own_up(ticket: Ticket, clock: Clock, at: datetime) -> None:
    """What passed before anybody noticed is a breach, also when the clock begins anew at this moment."""
    if clock.state == ClockState.RUNNING and not clock.breach_told and clock.due_at and clock.due_at < at:
        record(ticket, events.BREACHED, by=None, at=at, target=clock.target)


def _stop(clock: Clock) -> None:
    clock.state, clock.due_at, clock.warn_at = ClockState.CANCELLED, None, None


def _anew(clock: Clock, at: datetime) -> None:
    clock.started_at, clock.warned, clock.breached_at, clock.breach_told = at, 0, None, False


def _norms(owed: Promise) -> dict[Target, int]:
    norms = owed.norms
    pairs = ((Target.REACTION, norms.reaction_minutes), (Target.RESOLUTION, norms.resolution_minutes),
             (Target.UPDATE, norms.update_minutes))  # fmt: skip
    return {target: minutes for target, minutes in pairs if minutes}


def _kept_version(ticket: Ticket) -> int | None:
    if ticket.regulation_id is None:
        return None
    kept = rules_of(ticket.regulation_id).version.regulation
    named = ticket.contract.regulation_id if ticket.contract else None
    same = named == kept.pk if named else kept.slug == DEFAULT
    return ticket.regulation_id if same else None


def _source(owed: Promise, target: Target) -> Source:
    return Source.CONTRACT if target in owed.own else Source.REGULATION


def _own(owed: Promise, target: Target) -> Contract | None:
    return owed.basis.contract if target in owed.own else None


def _day(moment: datetime) -> date:
    return moment.astimezone(MOSCOW).date()
