"""Two versions of a year side by side, and the twelve months they are shown on."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from asmo_support.sla.loading.days import Kind, YearDays


@dataclass(frozen=True, slots=True)
class Difference:
    """A day that is of another kind now."""

    day: date
    before: Kind
    after: Kind


@dataclass(frozen=True, slots=True)
class Cell:
    """A day on the page: what it is, what it was when that differs; no day where a week reaches outside its month."""

    day: date | None
    kind: Kind = "work"
    was: Kind | None = None

    @property
    def is_odd(self) -> bool:
        """Other than a plain week has it: worth a look."""
        weekend = self.day is not None and self.day.weekday() >= 5
        return self.day is not None and (self.kind == "off") != weekend


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: tuple[tuple[Cell, ...], ...]
    working_days: int


def compare(old: YearDays, new: YearDays) -> list[Difference]:
    """The days that differ, in order. Only years with one number can be compared."""
    if old.year != new.year:
        raise ValueError(f"{old.year} and {new.year} are different years.")
    kinds = ((day, old.kind(day), new.kind(day)) for day in new.days)
    return [Difference(day, before, after) for day, before, after in kinds if before != after]


def months(new: YearDays, old: YearDays | None = None) -> list[Month]:
    """The year on twelve sheets, Monday first; with `old`, days that differ say what they were."""
    was = {one.day: one.before for one in compare(old, new)} if old else {}
    weeks = Calendar().yeardatescalendar(new.year, width=12)[0]
    found = []
    for number, sheet in enumerate(weeks, 1):
        cells = tuple(
            tuple(Cell(day, new.kind(day), was.get(day)) if day.month == number else Cell(None) for day in week)
            for week in sheet
        )
        working = sum(cell.day is not None and cell.kind != "off" for week in cells for cell in week)
        found.append(Month(date(new.year, number, 1), cells, working))
    return found
