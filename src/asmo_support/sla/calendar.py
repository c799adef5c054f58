"""A working calendar as people write it: JSON with a time zone, a week and single days.

`{"timezone": "Europe/Moscow", "week": {"mon": [["08:45", "17:00"]], …}, "days": {"2026-01-09": []}}`: a weekday
left out is off, a day replaces all hours of its date, "24:00" is a legal end, intervals may touch but not overlap.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from asmo_support.lib.errors import Unreadable
from asmo_support.sla.spans import Hours

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = ("timezone", "week", "days")
CLOCK = re.compile(r"(?:([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00))", re.ASCII)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class CalendarError(Unreadable):
    """One sentence that names what is wrong and where."""


@dataclass(frozen=True, slots=True)
class WeekCalendar:
    """A week of hours, Monday first, and the dates that differ from it."""

    zone: ZoneInfo
    week: tuple[Hours, ...]
    days: Mapping[date, Hours] = field(default_factory=dict)

    def hours(self, day: date) -> Hours:
        special = self.days.get(day)
        return self.week[day.weekday()] if special is None else special


def read_calendar(text: str | bytes) -> WeekCalendar:
    """The calendar in a JSON document; a `CalendarError` says what is wrong with it."""
    try:
        content = json.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise CalendarError("The calendar is not UTF-8 text.") from None
    except json.JSONDecodeError as wrong:
        raise CalendarError(f"The calendar is not JSON: line {wrong.lineno}, {wrong.msg}.") from None
    except RecursionError:
        raise CalendarError("The calendar is nested too deeply.") from None
    return parse_calendar(content)


def parse_calendar(content: object) -> WeekCalendar:
    """The calendar in decoded JSON."""
    whole = _mapping(content, "The calendar", KEYS)
    for key in ("timezone", "week"):
        if key not in whole:
            raise CalendarError(f"The calendar has no “{key}”.")
    week = _mapping(whole["week"], "“week”", WEEKDAYS)
    days = _mapping(whole.get("days", {}), "“days”")
    return WeekCalendar(
        zone_named(whole["timezone"]),
        tuple(_hours(week.get(name, []), f"“week”, {name}") for name in WEEKDAYS),
        {_date(name): _hours(hours, f"“days”, {name}") for name, hours in days.items()},
    )


def zone_named(name: object) -> ZoneInfo:
    """The IANA time zone; an unknown or deleted one is a `CalendarError`."""
    if not isinstance(name, str):
        raise CalendarError("“timezone” must be the name of a time zone, like “Europe/Moscow”.")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CalendarError(f"“{name}” is not a known time zone.") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    whole: dict[str, object] = {}
    for key, value in pairs:
        if key in whole:
            raise CalendarError(f"“{key}” is there twice.")
        whole[key] = value
    return whole


def _mapping(content: object, where: str, known: tuple[str, ...] | None = None) -> dict[str, object]:
    if not isinstance(content, dict):
        raise CalendarError(f"{where} must be an object.")
    for key in content:
        if known is not None and key not in known:
            raise CalendarError(f"{where} has an unknown key “{key}”; known are {', '.join(known)}.")
    return content


def _date(text: str) -> date:
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CalendarError(f"“days”: “{text}” is not a date like 2026-01-09.")


def _hours(content: object, where: str) -> Hours:
    if not isinstance(content, list):
        raise CalendarError(f"{where}: the hours must be a list of intervals.")
    hours = sorted(_interval(one, where) for one in content)
    for (_, closing), (opening, _) in pairwise(hours):
        if opening < closing:
            raise CalendarError(f"{where}: the intervals overlap at {_clock(opening)}.")
    return tuple(hours)


def _interval(content: object, where: str) -> tuple[int, int]:
    if not isinstance(content, list) or len(content) != 2:
        raise CalendarError(f"{where}: an interval must be two times, like [“08:45”, “17:00”].")
    opening, closing = _seconds(content[0], where), _seconds(content[1], where)
    if closing <= opening:
        raise CalendarError(f"{where}: the end {content[1]} is not after the start {content[0]}.")
    return opening, closing


def _seconds(text: object, where: str) -> int:
    found = CLOCK.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise CalendarError(f"{where}: {json.dumps(text, ensure_ascii=False)} is not a time between 00:00 and 24:00.")
    hours, minutes = (int(part) for part in found.groups() if part is not None)
    return hours * 3600 + minutes * 60


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
