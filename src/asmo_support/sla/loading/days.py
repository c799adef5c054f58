"""What every source of a year is turned into, and how a source is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from asmo_support.lib.errors import Unreadable
from asmo_support.sla.russia import Decree, RussianYear, russian_year

Kind = Literal["off", "work", "short"]
Move = tuple[date, date]
DAY = timedelta(days=1)
SATURDAY = 5
FIRST, LAST = 1993, 2199


class Unusable(Unreadable):
    """A source that cannot be taken: `code` says why, `line` where (0: the whole), `facts` fill the sentence."""

    def __init__(self, code: str, line: int = 0, **facts: object) -> None:
        super().__init__(f"{code} {line} {facts}")
        self.code = code
        self.line = line
        self.facts = {name: _writable(one) if isinstance(one, str) else one for name, one in facts.items()}


@dataclass(frozen=True, slots=True)
class YearDays:
    """How a year differs from a plain five-day week: weekdays off, weekend days worked, shortened working days."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    short: frozenset[date]
    form: str = "law"
    title: str = ""
    moves: tuple[Move, ...] = ()
    claims: tuple[tuple[str, Decimal], ...] = ()
    notes: tuple[str, ...] = ()

    def works(self, day: date) -> bool:
        return day in self.work if day.weekday() >= SATURDAY else day not in self.off

    def kind(self, day: date) -> Kind:
        if not self.works(day):
            return "off"
        return "short" if day in self.short else "work"

    @property
    def days(self) -> Iterator[date]:
        return days_of(self.year)

    @property
    def working_days(self) -> int:
        return sum(self.works(day) for day in self.days)

    def norm(self, week: int = 40) -> Decimal:
        """The year's hours (order 588н): a fifth of the week each day, an hour less when it is shortened."""
        return Decimal(week) / 5 * self.working_days - len(self.short)


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += DAY


def from_rest(year: int, rest: Iterable[date], short: Iterable[date], **more: object) -> YearDays:
    """A year from the list of all days on which nobody works, weekends included."""
    rest = frozenset(rest)
    off = frozenset(day for day in rest if day.weekday() < SATURDAY)
    work = frozenset(day for day in days_of(year) if day.weekday() >= SATURDAY and day not in rest)
    return YearDays(year, off, work, frozenset(short), **more)  # type: ignore[arg-type]


def derived(year: int, decree: Decree | None = None) -> YearDays:
    """The year by law and decree; without a decree by law alone, and then it is provisional."""
    return plain(russian_year(year, decree), form="decree" if decree else "law", moves=decree.moves if decree else ())


def plain(russian: RussianYear, form: str = "law", moves: tuple[Move, ...] = ()) -> YearDays:
    off = frozenset(day for day in russian.off if day.weekday() < SATURDAY)
    return YearDays(russian.year, off, russian.working_weekends, russian.short, form, russian.decree, moves)


def month_day(text: str, year: int, line: int = 0) -> date:
    """The date of “04.27” or “0427”."""
    digits = text.strip().replace(".", "")
    try:
        if len(digits) == 4 and digits.isascii() and digits.isdigit():
            return date(year, int(digits[:2]), int(digits[2:]))
    except ValueError:
        pass
    raise Unusable("date", line, text=text[:40], year=year)


def checked_year(year: int, line: int = 0) -> int:
    """A year that can be counted with."""
    if not FIRST <= year <= LAST:
        raise Unusable("year_range", line, first=FIRST, last=LAST)
    return year


def _writable(text: str) -> str:
    # A page cannot be sent with half a surrogate pair, which JSON may hold.
    return text.encode("utf-8", "replace").decode()
