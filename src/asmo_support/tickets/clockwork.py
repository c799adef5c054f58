"""The arithmetic of a clock: norm, start, pauses → when due, how much is left. Pure; the table is the calendar."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

Span = tuple[datetime, datetime | None]


class Table(Protocol):
    """What is needed of `sla.worktime`: seconds in, moments out."""

    def due(self, start: datetime, seconds: float) -> datetime: ...

    def elapsed(self, start: datetime, end: datetime) -> float: ...


def spans(start: datetime, pauses: Sequence[Span]) -> list[Span]:
    """The times when the clock runs: from the start, without the pauses; the last one may be open."""
    running: list[Span] = []
    at: datetime | None = start
    for begin, end in pauses:
        if at is None:
            break
        if begin > at:
            running.append((at, begin))
        at = None if end is None else max(at, end)
    if at is not None:
        running.append((at, None))
    return running


def spent(start: datetime, pauses: Sequence[Span], until: datetime, table: Table) -> float:
    """Working seconds that count against the provider between `start` and `until`."""
    total = 0.0
    for begin, end in spans(start, pauses):
        stop = until if end is None else min(end, until)
        if stop > begin:
            total += table.elapsed(begin, stop)
    return total


def due(start: datetime, norm: timedelta, pauses: Sequence[Span], table: Table) -> datetime | None:
    """The moment the norm is used up; None while a pause is open and time is left."""
    left = norm.total_seconds()
    for begin, end in spans(start, pauses):
        if end is None:
            return table.due(begin, left)
        worked = table.elapsed(begin, end)
        if worked >= left:
            return table.due(begin, left)
        left -= worked
    return None
