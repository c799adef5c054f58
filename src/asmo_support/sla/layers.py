"""Calendars in layers: hours of a week, over them the production calendar, over it days of one's own.

The content of a calendar is plain JSON, kept whole in each version:
`{"zone": "Europe/Moscow", "week": {"mon": [["08:45", "17:00"]], …}, "production": true, "shortening": 60,
  "years": {"2026": {"title": "…", "moves": [["2026-01-03", "2026-01-09"], …]},
            "2028": {"title": "…", "off": ["2028-01-01", …], "work": […], "short": […]}},
  "days": {"2026-08-30": [], "2026-09-05": [["10:00", "14:00"]]}}`
A year that is not listed follows from the law alone and is provisional. `days` replaces all hours of a date.
Hours of a Saturday or Sunday hold beside the production calendar: it closes them on holidays alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from asmo_support.sla.calendar import WEEKDAYS, CalendarError, parse_calendar
from asmo_support.sla.russia import DAY, SATURDAY, Decree, RussianYear, is_holiday, russian_year
from asmo_support.sla.spans import Hours

KEYS = frozenset({"zone", "week", "production", "shortening", "years", "days"})


@dataclass(frozen=True)
class LayeredCalendar:
    """Hours of every date. With `production`, days off, working Saturdays and short days of the country count."""

    zone: ZoneInfo
    week: tuple[Hours, ...]
    production: bool = True
    shortening: int = 3600
    years: Mapping[int, RussianYear] = field(default_factory=dict)
    days: Mapping[date, Hours] = field(default_factory=dict)

    def hours(self, day: date) -> Hours:
        replaced = self.days.get(day)
        if replaced is not None:
            return replaced
        if not self.production:
            return self.week[day.weekday()]
        year, own = self.year(day.year), self.week[day.weekday()]
        if year.works(day):
            full = own or (self._working_day if day in year.working_weekends else ())
            return self._shortened(full) if day in year.short else full
        if day.weekday() < SATURDAY or is_holiday(day):
            return ()
        # A weekend day with hours of its own is a working day of this calendar; only a holiday closes it.
        return self._shortened(own) if is_holiday(day + DAY) else own

    def year(self, number: int) -> RussianYear:
        """The year as loaded; without a decree, as the law alone gives it."""
        return self.years.get(number) or self._by_law(number)

    def _by_law(self, number: int) -> RussianYear:
        if number not in self._known:
            self._known[number] = russian_year(number)
        return self._known[number]

    @cached_property
    def _known(self) -> dict[int, RussianYear]:
        return {}

    @cached_property
    def _working_day(self) -> Hours:
        """A working Saturday is as long as a day of the week: the first one that has hours."""
        return next((hours for hours in self.week if hours), ())

    def _shortened(self, hours: Hours) -> Hours:
        limit = hours[-1][1] - self.shortening if hours else 0
        return tuple((opening, min(closing, limit)) for opening, closing in hours if opening < limit)


def read_layers(content: Mapping[str, Any]) -> LayeredCalendar:
    """The calendar in a version's content; a `CalendarError` says in a sentence what is wrong with it."""
    for key in content:
        if key not in KEYS:
            raise CalendarError(f"The calendar has an unknown key “{key}”.")
    plain = parse_calendar(
        {"timezone": content.get("zone"), "week": content.get("week"), "days": content.get("days", {})}
    )
    if not any(plain.week):
        raise CalendarError("The week has no working hours: clocks would never end.")
    shortening = content.get("shortening", 60)
    if not isinstance(shortening, int) or not 0 <= shortening <= 480:
        raise CalendarError("A short day is shorter by 0 to 480 minutes.")
    return LayeredCalendar(
        zone=plain.zone,
        week=plain.week,
        production=bool(content.get("production", True)),
        shortening=shortening * 60,
        years={int(year): read_year(int(year), spec) for year, spec in content.get("years", {}).items()},
        days=plain.days,
    )


def read_year(number: int, spec: Mapping[str, Any]) -> RussianYear:
    """A year of the content: by the moves of a decree, or day by day."""
    title = str(spec.get("title", ""))
    if "moves" in spec:
        moves = tuple((_day(rest, number), _day(instead, number)) for rest, instead in spec["moves"])
        return russian_year(number, Decree(title, moves))
    off, work, short = (frozenset(_day(text, number) for text in spec.get(key, [])) for key in ("off", "work", "short"))
    return RussianYear(number, off, work, short, title)


def _day(text: str, year: int) -> date:
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        raise CalendarError(f"“{text}” is not a date like 2026-01-09.") from None
    if day.year != year:
        raise CalendarError(f"The date {text} is not of the year {year}.")
    return day


__all__ = ["WEEKDAYS", "LayeredCalendar", "read_layers", "read_year"]
