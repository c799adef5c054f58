"""The days a clock passes over because nobody works on them, and why: what a count that jumps has to say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from asmo_support.sla.explain import DayRow
from asmo_support.sla.loading.days import SATURDAY
from asmo_support.sla.russia import HOLIDAYS
from asmo_support.sla.spans import Calendar

DAY = timedelta(days=1)


class Why(StrEnum):
    """Why nobody works on a day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MOVED = "moved"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Days in a row on which nobody works, each reason once; a holiday with its day (month, day)."""

    first: date
    last: date
    reasons: tuple[tuple[Why, tuple[int, int] | None], ...]


def skipped(start: date, rows: Sequence[DayRow], calendar: Calendar) -> list[Skipped]:
    """The days off from the start of a clock to the last day it has, in order."""
    found: list[Skipped] = []
    for day in _idle(start, rows, calendar):
        reason = _reason(day, calendar)
        if found and found[-1].last + DAY == day:
            before = found.pop()
            reasons = before.reasons if reason in before.reasons else (*before.reasons, reason)
            found.append(Skipped(before.first, day, reasons))
        else:
            found.append(Skipped(day, day, (reason,)))
    return found


def _idle(start: date, rows: Sequence[DayRow], calendar: Calendar) -> Iterator[date]:
    day, last = start, rows[-1].day if rows else start
    while day <= last:
        if not calendar.hours(day):
            yield day
        day += DAY


def _reason(day: date, calendar: Calendar) -> tuple[Why, tuple[int, int] | None]:
    if day in getattr(calendar, "days", {}):
        return Why.OWN, None
    if getattr(calendar, "production", True):
        if (day.month, day.day) in HOLIDAYS:
            return Why.HOLIDAY, (day.month, day.day)
        if day.weekday() < SATURDAY and getattr(calendar, "week", (True,) * 7)[day.weekday()]:
            return Why.MOVED, None
    return Why.WEEKEND, None
