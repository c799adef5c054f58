"""Hours of a day and days of one's own as people type them: “8:45–17:00”, “05.09.2026 10:00–14:00”, a line each."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from asmo_support.sla.calendar import WEEKDAYS
from asmo_support.sla.loading.days import FIRST, LAST, Unusable

Spans = list[list[str]]
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
SPAN = re.compile(rf"(?:с )?{_CLOCK}\s?(?:[-–—]|до)\s?{_CLOCK}", re.ASCII)
# A blank between two digits parts hours too: «9:00–13:00 14:00–18:00».
APART = re.compile(r"[,;]| (?:и|and) |(?<=\d)\s+(?=\d)")
DAY = r"(\d{1,2})\.(\d{1,2})\.(\d{4})"
LINE = re.compile(rf"{DAY}(?:\s?[-–—]\s?{DAY})?(?:\s+(\S.*))?", re.ASCII)
MOST_DAYS, MOST_LINES = 366, 1000
MIDNIGHT = 24 * 60


def read_hours(text: str, line: int = 0) -> Spans:
    """The hours of one day, «8:45–17:00» or «9–13, 14–18»; nothing means that nobody works."""
    spans = sorted(_span(part.strip(), line) for part in APART.split(text) if part.strip())
    for (_, closing), (opening, _) in pairwise(spans):
        if opening < closing:
            raise Unusable("hours_overlap", line, text=_clock(opening))
    return [[_clock(opening), _clock(closing)] for opening, closing in spans]


def hours_said(spans: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{opening.removeprefix('0')}–{closing.removeprefix('0')}" for opening, closing in spans)


def read_days(text: str) -> dict[str, Spans]:
    """Days that differ from the week: a date or two with a dash, then the hours; without hours nobody works."""
    found: dict[str, Spans] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        for day, hours in _line(line.strip(), number).items():
            if day in found:
                raise Unusable("twice", number, day=date.fromisoformat(day))
            found[day] = hours
        if len(found) > MOST_LINES:
            raise Unusable("days_many", number, days=MOST_LINES)
    return dict(sorted(found.items()))


def days_said(days: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """The days as they are typed, those that follow each other with the same hours in one line."""
    runs: list[tuple[date, date, str]] = []
    for text, spans in sorted(days.items()):
        day, hours = date.fromisoformat(text), hours_said(spans)
        if runs and runs[-1][1] + timedelta(days=1) == day and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    return "\n".join(_said(*run) for run in runs)


def week_said(week: Mapping[str, Sequence[Sequence[str]]]) -> list[tuple[int, int, str]]:
    """The week in runs of days with the same hours: (first, last, hours), Monday is 0."""
    runs: list[tuple[int, int, str]] = []
    for number, name in enumerate(WEEKDAYS):
        hours = hours_said(week.get(name, []))
        if runs and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], number, hours)
        else:
            runs.append((number, number, hours))
    return runs


def _span(text: str, line: int) -> tuple[int, int]:
    found = SPAN.fullmatch(text)
    if not found:
        raise Unusable("hours", line, text=text[:40])
    hours = [int(one or 0) for one in found.groups()]
    opening, closing = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if max(hours[1], hours[3]) > 59 or max(opening, closing) > MIDNIGHT:
        raise Unusable("hours", line, text=text[:40])
    if closing <= opening:
        raise Unusable("hours_order", line, text=text[:40])
    return opening, closing


def _line(line: str, number: int) -> dict[str, Spans]:
    found = LINE.fullmatch(line)
    if not found:
        raise Unusable("day_line", number, text=line[:60])
    first = _date(found.group(1, 2, 3), number)
    last = _date(found.group(4, 5, 6), number) if found[4] else first
    length = (last - first).days + 1
    if not 0 < length <= MOST_DAYS:
        raise Unusable("day_range", number, text=line[:60], days=MOST_DAYS)
    hours = read_hours(found[7] or "", number)
    return {(first + timedelta(days=day)).isoformat(): hours for day in range(length)}


def _date(parts: Sequence[str], number: int) -> date:
    day, month, year = (int(one) for one in parts)
    try:
        if FIRST <= year <= LAST:
            return date(year, month, day)
    except ValueError:
        pass
    raise Unusable("date", number, text=f"{day}.{month}", year=year)


def _said(first: date, last: date, hours: str) -> str:
    days = f"{first:%d.%m.%Y}" if first == last else f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"
    return f"{days} {hours}".strip()


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
