"""The Russian production calendar, derived from the law and the yearly decrees instead of listed by hand.

Law: Трудовой кодекс, art. 112 (holidays; one that falls on a weekend moves to the next working day, except in
January), art. 95 (the working day before a holiday is an hour shorter), order 588н of 13.08.2009 (a working Saturday
is as long as the day it was swapped with). Decrees of the government move single days off. A year without a decree
follows from the law alone and is provisional.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from asmo_support.sla.spans import Hours
from asmo_support.sla.worktime import WorkTable

HOLIDAYS = (*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4))
WORKING_DAY: Hours = (((8 * 60 + 45) * 60, 17 * 3600),)
SHORTENING = 3600
MOSCOW = "Europe/Moscow"
DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Decree:
    """A decree of the government: on which days a rest day (first) is rested instead (second)."""

    title: str
    moves: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class RussianYear:
    """What differs from a plain five-day week in one year."""

    year: int
    off: frozenset[date]
    working_weekends: frozenset[date]
    short: frozenset[date]
    decree: str

    @property
    def is_provisional(self) -> bool:
        """No decree is known: the government may still move days."""
        return not self.decree

    def works(self, day: date) -> bool:
        return day in self.working_weekends or (day.weekday() < 5 and day not in self.off)

    @property
    def working_days(self) -> tuple[date, ...]:
        first = date(self.year, 1, 1)
        days = (first + timedelta(days=number) for number in range((date(self.year + 1, 1, 1) - first).days))
        return tuple(day for day in days if self.works(day))


def _decree(title: str, year: int, *moves: str) -> Decree:
    return Decree(title, tuple((_day(move[:5], year), _day(move[-5:], year)) for move in moves))


def _day(text: str, year: int) -> date:
    return date(year, int(text[3:]), int(text[:2]))


DECREES = {
    2023: _decree("Постановление № 1505 от 29.08.2022", 2023, "01.01→24.02", "08.01→08.05"),
    2024: _decree(
        "Постановление № 1314 от 10.08.2023",
        2024,
        *("06.01→10.05", "07.01→31.12", "27.04→29.04", "02.11→30.04", "28.12→30.12"),
    ),
    2025: _decree(
        "Постановление № 1335 от 04.10.2024",
        2025,
        *("04.01→02.05", "05.01→31.12", "23.02→08.05", "08.03→13.06", "01.11→03.11"),
    ),
    2026: _decree("Постановление № 1466 от 24.09.2025", 2026, "03.01→09.01", "04.01→31.12"),
    2027: _decree(
        "Постановление о переносе выходных дней в 2027 году", 2027, "02.01→05.11", "03.01→31.12", "20.02→22.02"
    ),
}


def is_holiday(day: date) -> bool:
    """Whether the law names the day a holiday, on whatever weekday it falls."""
    return (day.month, day.day) in HOLIDAYS


def russian_year(year: int, decree: Decree | None = None) -> RussianYear:
    """The year by law and decree; without a decree, by law alone."""
    moves = decree.moves if decree else ()
    holidays = {date(year, month, day) for month, day in HOLIDAYS}
    worked = frozenset(rest for rest, _ in moves if rest not in holidays)
    off = {rest for _, rest in moves} | holidays
    for holiday in sorted(holidays - {rest for rest, _ in moves}):
        if holiday.month > 1 and holiday.weekday() >= 5:
            off.add(_next_working_day(holiday, off, worked))
    eves = {holiday - DAY for holiday in holidays} - holidays | {date(year, 12, 31)}
    swapped = {rest for rest, instead in moves if rest in worked and instead in eves}
    short = {eve for eve in eves if eve.weekday() < 5 and eve not in off and eve.year == year}
    return RussianYear(year, frozenset(off), worked, frozenset(short | swapped), decree.title if decree else "")


def _next_working_day(day: date, off: Iterable[date], worked: Iterable[date]) -> date:
    day += DAY
    while (day.weekday() >= 5 and day not in worked) or day in off:
        day += DAY
    return day


@dataclass(frozen=True)
class RussianCalendar:
    """Hours of every date: the working day, on shortened days `shortening` seconds less at its end."""

    working_day: Hours = WORKING_DAY
    shortening: int = SHORTENING
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(MOSCOW))

    def hours(self, day: date) -> Hours:
        year = known_year(day.year)
        if not year.works(day):
            return ()
        return self._short_day if day in year.short else self.working_day

    @cached_property
    def _short_day(self) -> Hours:
        limit = self.working_day[-1][1] - self.shortening
        return tuple((opening, min(closing, limit)) for opening, closing in self.working_day if opening < limit)


@lru_cache(maxsize=1024)
def known_year(year: int) -> RussianYear:
    """The year as the decrees shipped here say."""
    return russian_year(year, DECREES.get(year))


@lru_cache(maxsize=1)
def russian_table() -> WorkTable:
    """The one table of the shipped calendar: 8:45–17:00 Moscow time."""
    return WorkTable(RussianCalendar())
