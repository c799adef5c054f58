"""How the story of a clock is drawn: bars on the scale of the working day, days that only waited folded together.

Pure numbers and dates; the pages draw the bars and put words to them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from asmo_support.sla.explain import DayRow, Explanation, Share
from asmo_support.sla.worktime import WorkTable

WIDTH = 297.0
ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch on the scale: `look` is run (counted), gap (waited), next (ahead) or open (not the clock’s)."""

    look: str
    x: float
    width: float
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """A label of the scale."""

    x: float
    hour: time


@dataclass(frozen=True, slots=True)
class Strip:
    """One day, or several that only waited (`last` differs from `day` and there are no bars)."""

    day: date
    last: date
    days: int
    bars: tuple[Bar, ...]
    counted: timedelta
    waited: timedelta
    total: timedelta
    now: float | None


@dataclass(frozen=True, slots=True)
class Picture:
    """All strips of a story with the scale they share."""

    strips: tuple[Strip, ...]
    marks: tuple[Mark, ...]


def picture(story: Explanation, table: WorkTable, now: datetime) -> Picture:
    """Draw a story. The scale runs from the earliest opening to the latest closing of the days it has."""
    hours = [_hours(row.day, table) for row in story.days]
    scale = _Scale(min((one[0] for one in hours), default=0), max((one[1] for one in hours), default=1))
    return Picture(tuple(_strips(story.days, table, scale, now)), scale.marks())


@dataclass(frozen=True, slots=True)
class _Scale:
    """Seconds of the day from `first` to `last` become 0 to WIDTH."""

    first: int
    last: int

    def x(self, seconds: float) -> float:
        return round((seconds - self.first) / max(self.last - self.first, 1) * WIDTH, 1)

    def marks(self) -> tuple[Mark, ...]:
        middle = 12 * 3600
        ends = sorted({self.first, self.last} | ({middle} if self.first < middle < self.last else set()))
        return tuple(Mark(self.x(one), time(one // 3600 % 24, one % 3600 // 60)) for one in ends)


def _strips(days: Sequence[DayRow], table: WorkTable, scale: _Scale, now: datetime) -> Iterator[Strip]:
    for only_waited, group in groupby(days, key=lambda row: row.counted == ZERO and row.waited > ZERO):
        rows = list(group)
        if only_waited and len(rows) > 1:
            waited = sum((row.waited for row in rows), ZERO)
            yield Strip(rows[0].day, rows[-1].day, len(rows), (), ZERO, waited, rows[-1].total, None)
            continue
        for row in rows:
            yield _strip(row, table, scale, now)


def _strip(row: DayRow, table: WorkTable, scale: _Scale, now: datetime) -> Strip:
    zone = table.calendar.zone
    midnight = datetime(row.day.year, row.day.month, row.day.day, tzinfo=zone)
    bars = [_open(midnight, *hours, scale) for hours in table.calendar.hours(row.day)]
    for one in row.stretches:
        begin, end = ((moment - midnight).total_seconds() for moment in (one.start, one.end))
        look = {Share.COUNTED: "run", Share.WAITED: "gap", Share.AHEAD: "next"}[one.share]
        bars.append(Bar(look, scale.x(begin), round(scale.x(end) - scale.x(begin), 1), one.start, one.end))
    here = now.astimezone(zone)
    seconds = (here - midnight).total_seconds()
    inside = here.date() == row.day and scale.first <= seconds <= scale.last
    at = scale.x(seconds) if inside else None
    return Strip(row.day, row.day, 1, tuple(bars), row.counted, row.waited, row.total, at)


def _open(midnight: datetime, begin: int, end: int, scale: _Scale) -> Bar:
    start, stop = midnight + timedelta(seconds=begin), midnight + timedelta(seconds=end)
    return Bar("open", scale.x(begin), round(scale.x(end) - scale.x(begin), 1), start, stop)


def _hours(day: date, table: WorkTable) -> tuple[int, int]:
    hours = table.calendar.hours(day)
    return hours[0][0], hours[-1][1]
