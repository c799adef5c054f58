"""Working time as arithmetic: when a norm ends, how much of it has passed.

Instants are whole UTC seconds since 1970, lengths are whole seconds; the methods at the end take aware datetimes and
keep microseconds. Working time is half-open: at closing time nobody works. Yet a length that ends exactly at closing
time ends then and not at the next opening. A start outside hours counts from the next opening.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from threading import Lock
from typing import NamedTuple

from asmo_support.lib.errors import AsmoError
from asmo_support.sla.spans import Calendar, spans

FIRST_YEAR, LAST_YEAR = 1900, 2299
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = 1_000_000

Pause = tuple[int, int]
MomentPause = tuple[datetime, datetime]


class BeyondCalendar(AsmoError):
    """No answer between the years 1900 and 2299: the date lies outside, or nobody works any more."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of working time within one date of the calendar's zone."""

    day: date
    start: int
    end: int

    @property
    def seconds(self) -> int:
        return self.end - self.start


class _Years(NamedTuple):
    """Spans of whole years; an empty span stands guard at either end, `before` sums what was worked until each."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    since: int
    until: int
    first: int
    last: int


class WorkTable:
    """The working time of one calendar. Years are added as questions need them; threads may share a table."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._years = _Years([], [], [], 0, 0, 0, 0)
        self._growing = Lock()

    def due(self, start: int, allowance: int, pauses: Sequence[Pause] = ()) -> int:
        """When `allowance` seconds of working time have passed since `start`, pauses not counted."""
        if allowance < 0:
            raise ValueError("An allowance cannot be negative.")
        if pauses:
            return _due_around(_merged(pauses, start), start, allowance, (self.add, self.elapsed))
        return self.add(start, allowance)

    def elapsed(self, start: int, end: int, pauses: Sequence[Pause] = ()) -> int:
        """Working seconds from `start` to `end` without the pauses; negative when `end` is earlier."""
        if end < start:
            return -self.elapsed(end, start, pauses)
        passed = self._worked(end) - self._worked(start)
        for pause_start, pause_end in _merged(pauses, start) if pauses else ():
            if pause_start < end:
                passed -= self._worked(min(pause_end, end)) - self._worked(pause_start)
        return passed

    def add(self, instant: int, seconds: int) -> int:
        """`instant` moved by working seconds; backwards it may end on an opening, forwards on a closing."""
        starts, ends, before, since, until, _, _ = self._years
        if not since <= instant < until:
            starts, ends, before, _, _, _, _ = self._covering(instant)
        at = bisect_right(starts, instant) - 1
        target = before[at] - starts[at] + seconds + min(ends[at], instant)
        if seconds <= 0:
            return self._back(target) if seconds else self.opening_after(instant)
        at = bisect_left(before, target)
        if at == len(before):
            starts, before, at = self._ahead(target)
        return starts[at - 1] + target - before[at - 1]

    def opening_after(self, instant: int) -> int:
        """`instant` itself in working time, otherwise the next opening."""
        years = self._covering(instant)
        at = bisect_right(years.starts, instant) - 1
        if instant < years.ends[at]:
            return instant
        while at + 2 >= len(years.starts):
            years = self._grown_ahead()
            at = bisect_right(years.starts, instant) - 1
        return years.starts[at + 1]

    def is_working(self, instant: int) -> bool:
        years = self._covering(instant)
        return instant < years.ends[bisect_right(years.starts, instant) - 1]

    def segments(self, start: int, end: int) -> list[Segment]:
        """The working time between two instants, cut by dates and breaks, in order."""
        if end <= start:
            return []
        self._covering(start)
        years = self._covering(end)
        found = []
        for at in range(max(bisect_right(years.starts, start) - 1, 0), bisect_left(years.starts, end)):
            first, last = max(years.starts[at], start), min(years.ends[at], end)
            if first < last:
                found.append(Segment(self._date(first), first, last))
        return found

    def closing(self, day: date) -> int:
        """The end of the working day `day`; of the next working day when nobody works on it (cf. art. 193 ГК РФ)."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.calendar.zone)
        opening = self.opening_after(int(midnight.timestamp()))
        opened = self._date(opening)
        return max(one.end for one in self.segments(opening, opening + 2 * 86_400) if one.day == opened)

    def working_day_after(self, day: date, number: int) -> date:
        """The date of the `number`-th working day after `day`."""
        while number > 0:
            if day.year > LAST_YEAR:
                raise BeyondCalendar(f"No working day was found until the end of {LAST_YEAR}.")
            day += timedelta(days=1)
            number -= bool(self.calendar.hours(day))
        return day

    def due_at(self, start: datetime, allowance: timedelta, pauses: Sequence[MomentPause] = ()) -> datetime:
        """`due` for aware datetimes, exact to the microsecond; the answer is in the calendar's zone."""
        if allowance.days < 0:
            raise ValueError("An allowance cannot be negative.")
        begin, length = micros(start), allowance // timedelta(microseconds=1)
        if not pauses:
            return self.moment(self._fine_due(begin, length))
        stops = _merged([(micros(a), micros(b)) for a, b in pauses], begin)
        return self.moment(_due_around(stops, begin, length, (self._fine_due, self._fine_elapsed)))

    def added(self, start: datetime, length: timedelta) -> datetime:
        """`add` for aware datetimes, exact to the microsecond: forwards as `due_at`, back for a negative length."""
        if length >= timedelta():
            return self.due_at(start, length)
        second, part = divmod(micros(start), MICRO)
        left = -length // timedelta(microseconds=1) - (part if self.is_working(second) else 0)
        if left <= 0:
            return self.moment(second * MICRO - left)
        whole = -(-left // MICRO)
        # Whole seconds back, the rest of the last one forwards: hours begin and end on whole seconds.
        return self.moment(self.add(second, -whole) * MICRO + whole * MICRO - left)

    def elapsed_between(self, start: datetime, end: datetime, pauses: Sequence[MomentPause] = ()) -> timedelta:
        """`elapsed` for aware datetimes, exact to the microsecond."""
        if end < start:
            return -self.elapsed_between(end, start, pauses)
        begin, stop = micros(start), micros(end)
        passed = self._fine_elapsed(begin, stop)
        for first, last in _merged([(micros(a), micros(b)) for a, b in pauses], begin):
            if first < stop:
                passed -= self._fine_elapsed(first, min(last, stop))
        return timedelta(microseconds=passed)

    def moment(self, microseconds: int) -> datetime:
        """The datetime of the calendar's zone for microseconds since 1970."""
        seconds, rest = divmod(microseconds, MICRO)
        moment = datetime.fromtimestamp(seconds, self.calendar.zone)
        return moment.replace(microsecond=rest) if rest else moment

    def _fine_due(self, start: int, allowance: int) -> int:
        # Spans begin and end on whole seconds, so a part of a second only has to be carried over.
        second, part = divmod(start, MICRO)
        more, rest = divmod(allowance + (part if part and self.is_working(second) else 0), MICRO)
        end = self.add(second, more)
        return (self.opening_after(end) if rest else end) * MICRO + rest

    def _fine_elapsed(self, start: int, end: int) -> int:
        return self._fine_worked(end) - self._fine_worked(start)

    def _fine_worked(self, instant: int) -> int:
        second, part = divmod(instant, MICRO)
        return self._worked(second) * MICRO + (part if part and self.is_working(second) else 0)

    def _worked(self, instant: int) -> int:
        starts, ends, before, since, until, _, _ = self._years
        if not since <= instant < until:
            starts, ends, before, _, _, _, _ = self._covering(instant)
        at = bisect_right(starts, instant) - 1
        return before[at] - starts[at] + min(ends[at], instant)

    def _back(self, target: int) -> int:
        years = self._years
        while target < years.before[0]:
            years = self._grown(2 * years.first - years.last - 1, years.last)
        at = bisect_right(years.before, target) - 1
        return years.starts[at] + target - years.before[at]

    def _ahead(self, target: int) -> tuple[list[int], list[int], int]:
        years = self._years
        while target > years.before[-1]:
            years = self._grown_ahead()
        return years.starts, years.before, bisect_left(years.before, target)

    def _covering(self, instant: int) -> _Years:
        years = self._years
        if years.since <= instant < years.until:
            return years
        try:
            year = self._date(instant).year
        except (OverflowError, ValueError, OSError):
            year = 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BeyondCalendar(f"Working time is counted only from {FIRST_YEAR} to {LAST_YEAR}.")
        return self._grown(year - 1, year + 1)

    def _grown_ahead(self) -> _Years:
        """Twice as many years, so that a distant answer costs few rebuilds."""
        years = self._years
        return self._grown(years.first, 2 * years.last - years.first + 1)

    def _grown(self, first: int, last: int) -> _Years:
        with self._growing:  # what a table once covered stays covered, and its sums stay the same
            years = self._years
            known = years.until > years.since
            first = max(min(first, years.first) if known else first, FIRST_YEAR)
            last = min(max(last, years.last) if known else last, LAST_YEAR)
            if known and (first, last) == (years.first, years.last):
                raise BeyondCalendar(f"The calendar has too little working time between {FIRST_YEAR} and {LAST_YEAR}.")
            self._years = _extended(years, self.calendar, first, last) if known else _built(self.calendar, first, last)
            return self._years

    def _date(self, instant: int) -> date:
        return datetime.fromtimestamp(instant, self.calendar.zone).date()


def micros(moment: datetime) -> int:
    """Microseconds since 1970, without the rounding of floats. A naive datetime is a TypeError."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * MICRO + since.microseconds


def _built(calendar: Calendar, first: int, last: int) -> _Years:
    since, until = _new_year(calendar, first), _new_year(calendar, last + 1)
    found = list(spans(calendar, since, until))
    return _summed([(since, since), *found, (until, until)], 0, first, last)


def _extended(years: _Years, calendar: Calendar, first: int, last: int) -> _Years:
    since, until = _new_year(calendar, first), _new_year(calendar, last + 1)
    older = list(spans(calendar, since, years.since)) if since < years.since else []
    newer = list(spans(calendar, years.until, until)) if years.until < until else []
    known = zip(years.starts[1:-1], years.ends[1:-1], strict=True)
    origin = years.before[0] - sum(end - start for start, end in older)
    return _summed([(since, since), *older, *known, *newer, (until, until)], origin, first, last)


def _summed(found: list[Pause], origin: int, first: int, last: int) -> _Years:
    before = list(accumulate((end - start for start, end in found), initial=origin))[:-1]
    return _Years(
        [start for start, _ in found], [end for _, end in found], before, found[0][0], found[-1][1], first, last
    )


def _new_year(calendar: Calendar, year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=calendar.zone).timestamp())


def _merged(pauses: Sequence[Pause], start: int) -> list[Pause]:
    """The pauses from `start` on, in order, with overlaps joined."""
    merged: list[Pause] = []
    for pause_start, pause_end in sorted(pauses):
        first = max(pause_start, start)
        if pause_end <= first:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], pause_end))
        else:
            merged.append((first, pause_end))
    return merged


def _due_around(
    pauses: list[Pause], start: int, allowance: int, count: tuple[Callable[[int, int], int], Callable[[int, int], int]]
) -> int:
    add, elapsed = count
    due = add(start, allowance)
    for first, last in pauses:
        if first >= due:
            break
        allowance += elapsed(first, last)
        due = add(start, allowance)
    return due
