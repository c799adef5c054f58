"""Working time counted the slow way: look at the wall clock of every minute. Shares no code with what it judges."""

from bisect import bisect_left
from datetime import date, datetime
from zoneinfo import ZoneInfo

MINUTE = 60


class MinuteOracle:
    """`hours(day)` gives wall clock minutes [start, end) of a date; the window must hold every answer."""

    def __init__(self, zone: str, hours, since: str, until: str) -> None:
        place = ZoneInfo(zone)
        self.since = int(datetime.fromisoformat(since).timestamp()) // MINUTE
        self.until = int(datetime.fromisoformat(until).timestamp()) // MINUTE
        self.working = []
        for minute in range(self.since, self.until):
            clock = datetime.fromtimestamp(minute * MINUTE, place)
            wall = clock.hour * 60 + clock.minute
            if any(start <= wall < end for start, end in hours(clock.date())):
                self.working.append(minute)

    def elapsed(self, start: int, end: int, pauses=()) -> int:
        """Seconds, for whole minutes."""
        counted = self.working[bisect_left(self.working, start // MINUTE) : bisect_left(self.working, end // MINUTE)]
        if not pauses:
            return MINUTE * len(counted)
        return MINUTE * sum(not _in(minute * MINUTE, pauses) for minute in counted)

    def due(self, start: int, seconds: int, pauses=()) -> int:
        at, left = bisect_left(self.working, start // MINUTE), seconds // MINUTE
        if not left:
            return self.working[at] * MINUTE
        while True:
            left -= not _in(self.working[at] * MINUTE, pauses)
            at += 1
            if not left:
                return self.working[at - 1] * MINUTE + MINUTE


def _in(instant: int, pauses) -> bool:
    for start, end in pauses:  # noqa: SIM110 — any() with a generator takes three times as long here
        if start <= instant < end:
            return True
    return False


def week_hours(week: dict[int, list[tuple[int, int]]], days: dict[date, list[tuple[int, int]]]):
    """Hours for the oracle: weekday 0–6 → wall minutes, dates that differ."""
    return lambda day: days[day] if day in days else week.get(day.weekday(), [])
