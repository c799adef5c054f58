"""Working hours on the wall clock turned into spans of UTC seconds.

The one rule for every time zone: an instant is working time when the wall clock then shows a time inside the
hours of the date it shows. So an opening that summer time skips is simply later, hours that the clock repeats in
autumn are worked twice, and a date that a zone left out has no hours at all.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

DAY = 86_400
EPOCH_DAY = date(1970, 1, 1).toordinal()

Hours = tuple[tuple[int, int], ...]
"""Seconds after midnight on the wall clock, half-open, ascending: ((31500, 61200),) is 8:45–17:00."""


class Calendar(Protocol):
    """What working time is counted by: a zone and the hours of each date."""

    @property
    def zone(self) -> ZoneInfo: ...

    def hours(self, day: date) -> Hours: ...


def spans(calendar: Calendar, since: int, until: int) -> Iterator[tuple[int, int]]:
    """The working spans between two instants, in order, at least one for each date that has hours."""
    for start, end, offset in _steady(calendar.zone, since, until):
        for number in range((start + offset) // DAY, (end + offset - 1) // DAY + 1):
            midnight = number * DAY - offset
            for opening, closing in calendar.hours(date.fromordinal(EPOCH_DAY + number)):
                first, last = max(midnight + opening, start), min(midnight + closing, end)
                if first < last:
                    yield first, last


def _steady(zone: ZoneInfo, since: int, until: int) -> Iterator[tuple[int, int, int]]:
    """The stretches in which the zone keeps one offset: (start, end, offset)."""
    start, offset = since, _offset(zone, since)
    for probe in [*range(since + DAY, until, DAY), until]:
        while _offset(zone, probe) != offset:
            turn = _turn(zone, start, probe)
            yield start, turn, offset
            start, offset = turn, _offset(zone, turn)
    if start < until:
        yield start, until, offset


def _turn(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second of the new offset."""
    old = _offset(zone, before)
    before = max(before, after - DAY)  # the probe a day earlier still had the old one
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, instant: int) -> int:
    moment = datetime.fromtimestamp(instant, zone)
    return int(moment.utcoffset().total_seconds())  # type: ignore[union-attr]
