"""“Why this deadline?”: every stretch of working time a clock counted or waited, so that anybody can add it up.

Plain data; the pages and the API put words to it. What is counted and what is still ahead add up to the norm exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise

from asmo_support.sla.worktime import MICRO, WorkTable, micros

ZERO = timedelta()


class Phase(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    CANCELLED = "cancelled"


class Share(StrEnum):
    """What a stretch of working time did to the clock."""

    COUNTED = "counted"
    WAITED = "waited"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Hold:
    """A time in which the clock waited, and why; without an end it still waits."""

    start: datetime
    end: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What is known of one clock. `ended` is when it was met or, with `cancelled`, given up."""

    start: datetime
    norm: timedelta
    holds: Sequence[Hold] = ()
    ended: datetime | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Working time within one date, in the zone of the calendar."""

    day: date
    start: datetime
    end: datetime
    length: timedelta
    share: Share


@dataclass(frozen=True, slots=True)
class DayRow:
    """One date: its stretches, what they add to the clock, what they waited, and the sum of the clock so far."""

    day: date
    stretches: tuple[Stretch, ...]
    counted: timedelta
    waited: timedelta
    total: timedelta


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One wait and the working time it took, up to now when it still lasts."""

    start: datetime
    end: datetime | None
    reason: str
    length: timedelta


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole story of a deadline, times in the zone of the calendar.

    `counts_from` is the first working instant and `used` what counts until now or the end; `remaining` is negative
    when overdue. A paused clock has no `due`: `days` stop where it waits. Nor has one that was given up: they stop
    there. Otherwise they reach to `due`.
    """

    phase: Phase
    start: datetime
    counts_from: datetime
    norm: timedelta
    days: tuple[DayRow, ...]
    holds: tuple[HoldRow, ...]
    used: timedelta
    waited: timedelta
    remaining: timedelta
    due: datetime | None
    ended: datetime | None
    breached_at: datetime | None


def explain(clock: ClockFacts, table: WorkTable, now: datetime) -> Explanation:
    """The story of `clock` as it stands at `now`."""
    zone, until = table.calendar.zone, max(clock.ended or now, clock.start)
    waits = [wait for wait in (_wait(hold, clock, until) for hold in clock.holds) if wait[0] < wait[1]]
    reached, phase = table.due_at(clock.start, clock.norm, waits), _phase(clock, until)
    breached = until > reached
    used = table.elapsed_between(clock.start, until, waits)
    stands = phase in {Phase.PAUSED, Phase.CANCELLED}
    shown = until if stands and not breached else reached
    return Explanation(
        phase=phase,
        start=clock.start.astimezone(zone),
        counts_from=table.due_at(clock.start, ZERO),
        norm=clock.norm,
        days=_days(_stretches(table, (clock.start, until, shown), waits)),
        holds=tuple(_hold_row(hold, clock, table, until) for hold in clock.holds if hold.start < until),
        used=used,
        waited=table.elapsed_between(clock.start, until) - used,
        remaining=clock.norm - used,
        due=None if stands else reached,
        ended=clock.ended.astimezone(zone) if clock.ended else None,
        breached_at=reached if breached else None,
    )


def _phase(clock: ClockFacts, until: datetime) -> Phase:
    if clock.ended:
        return Phase.CANCELLED if clock.cancelled else Phase.MET
    waiting = any(hold.start <= until and (hold.end is None or hold.end > until) for hold in clock.holds)
    return Phase.PAUSED if waiting else Phase.RUNNING


def _wait(hold: Hold, clock: ClockFacts, until: datetime) -> tuple[datetime, datetime]:
    return max(hold.start, clock.start), min(hold.end or until, until)


def _hold_row(hold: Hold, clock: ClockFacts, table: WorkTable, until: datetime) -> HoldRow:
    zone, (start, end) = table.calendar.zone, _wait(hold, clock, until)
    length = table.elapsed_between(start, end) if start < end else ZERO
    return HoldRow(start.astimezone(zone), hold.end.astimezone(zone) if hold.end else None, hold.reason, length)


def _stretches(
    table: WorkTable, story: tuple[datetime, datetime, datetime], waits: Sequence[tuple[datetime, datetime]]
) -> Iterator[Stretch]:
    """The working time of the story (start, now, end), cut where a wait begins or ends and at now."""
    start, until, shown = (micros(moment) for moment in story)
    stops = [(micros(first), micros(last)) for first, last in waits]
    cuts = sorted({until, *(moment for stop in stops for moment in stop)})
    for one in table.segments(start // MICRO, -(-shown // MICRO)):
        first, last = max(one.start * MICRO, start), min(one.end * MICRO, shown)
        for piece, end in pairwise([first, *(cut for cut in cuts if first < cut < last), last]):
            waited = any(stop <= piece < stop_end for stop, stop_end in stops)
            share = Share.WAITED if waited else Share.COUNTED if piece < until else Share.AHEAD
            length = timedelta(microseconds=end - piece)
            yield Stretch(one.day, table.moment(piece), table.moment(end), length, share)


def _days(stretches: Iterator[Stretch]) -> tuple[DayRow, ...]:
    rows, total = [], ZERO
    for day, group in groupby(stretches, key=lambda stretch: stretch.day):
        parts = tuple(group)
        waited = sum((part.length for part in parts if part.share is Share.WAITED), ZERO)
        counted = sum((part.length for part in parts), ZERO) - waited
        total += counted
        rows.append(DayRow(day, parts, counted, waited, total))
    return tuple(rows)
