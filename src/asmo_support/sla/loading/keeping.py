"""A year as plain data: in a draft with all the audit needs, in a calendar's content with its days alone."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from asmo_support.sla.layers import LayeredCalendar
from asmo_support.sla.loading.days import SATURDAY, YearDays, days_of, plain


def packed(days: YearDays) -> dict[str, Any]:
    """The whole year as JSON; `unpacked` gives it back."""
    return {
        "year": days.year,
        "off": _texts(days.off),
        "work": _texts(days.work),
        "short": _texts(days.short),
        "form": days.form,
        "title": days.title,
        "moves": [[rest.isoformat(), instead.isoformat()] for rest, instead in days.moves],
        "claims": [[name, str(value)] for name, value in days.claims],
        "notes": list(days.notes),
    }


def unpacked(kept: Mapping[str, Any]) -> YearDays:
    off, work, short = (frozenset(date.fromisoformat(one) for one in kept[name]) for name in ("off", "work", "short"))
    moves = tuple((date.fromisoformat(rest), date.fromisoformat(instead)) for rest, instead in kept["moves"])
    claims = tuple((str(name), Decimal(value)) for name, value in kept["claims"])
    return YearDays(kept["year"], off, work, short, kept["form"], kept["title"], moves, claims, tuple(kept["notes"]))


def content_of(days: YearDays, title: str) -> dict[str, Any]:
    """The year in a calendar's content (`sla.layers`): by the decree's moves where they are known, else day by day."""
    if days.form == "decree":
        return {"title": title, "moves": packed(days)["moves"]}
    return {"title": title, "off": _texts(days.off), "work": _texts(days.work), "short": _texts(days.short)}


def year_of_country(calendar: LayeredCalendar, year: int) -> YearDays:
    """What the production calendar says of a year, without hours and days of one's own."""
    return plain(calendar.year(year))


def year_as_worked(calendar: LayeredCalendar, year: int) -> YearDays:
    """A year as the calendar's own hours make it: no hours is off, fewer than on such a weekday is short."""
    hours = {day: calendar.hours(day) for day in days_of(year)}
    usual = [sum(end - start for start, end in calendar.week[number]) for number in range(7)]
    full = max(usual)
    off = {day for day, spans in hours.items() if not spans and day.weekday() < SATURDAY}
    work = {day for day, spans in hours.items() if spans and day.weekday() >= SATURDAY}
    short = {
        day
        for day, spans in hours.items()
        if 0 < sum(end - start for start, end in spans) < (usual[day.weekday()] or full)
    }
    return YearDays(year, frozenset(off), frozenset(work), frozenset(short), title=calendar.year(year).decree)


def _texts(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]
