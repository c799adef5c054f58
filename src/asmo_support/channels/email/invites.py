"""A calendar invitation as a person would tell it (RFC 5545, RFC 5546): what, when, where, who, and what became of it.

In Russian when the event is, else in English. A time in UTC is told in Moscow time; any other as the sender wrote it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

_LONGEST = 200_000
_MOST_PEOPLE = 10
_FOLD = re.compile(r"\n[ \t]")
_LINE = re.compile(r"([A-Za-z-]{1,40})((?:;(?:\"[^\"\n]*\"|[^\":\n])*+)?):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";([A-Za-z-]{1,40})=(?:\"([^\"\n]{0,500})\"|([^\";:\n]{0,500}))")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$")
_DURATION = re.compile(r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,3})M)?)?")
_ESCAPED = re.compile(r"\\([nN,;\\])")
_MAILTO = re.compile(r"(?i)^mailto:")
_RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
# Google frames its own words in a description by these.
_FENCE = re.compile(r"-?::[~:]{5,}-?")
_MOSCOW = timezone(timedelta(hours=3))
_MOSCOW_NAMES = {"europe/moscow", "russian standard time", "moscow standard time", "russia tz 2 standard time"}
_MONTHS = {
    "ru": ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
           "декабря"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"],
}  # fmt: skip
_WORDS = {
    "ru": {
        "request": "Приглашение", "update": "Приглашение изменено", "cancel": "Встреча отменена",
        "counter": "Предложено другое время", "accepted": "Приглашение принято", "declined": "Приглашение отклонено",
        "tentative": "Приглашение принято предварительно", "reply": "Ответ на приглашение", "event": "Событие",
        "when": "Когда", "where": "Где", "organizer": "Приглашает", "who": "Участники", "answered": "Ответ от",
        "repeats": "Повторяется", "all-day": "весь день", "moscow": "московское время", "more": "и ещё {}",
        "daily": "по дням", "weekly": "по неделям", "monthly": "по месяцам", "yearly": "по годам",
    },
    "en": {
        "request": "Invitation", "update": "Invitation changed", "cancel": "Meeting cancelled",
        "counter": "Another time proposed", "accepted": "Invitation accepted", "declined": "Invitation declined",
        "tentative": "Invitation accepted tentatively", "reply": "Answer to an invitation", "event": "Event",
        "when": "When", "where": "Where", "organizer": "Organizer", "who": "Participants", "answered": "Answer from",
        "repeats": "Repeats", "all-day": "all day", "moscow": "Moscow time", "more": "and {} more",
        "daily": "daily", "weekly": "weekly", "monthly": "monthly", "yearly": "yearly",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Value:
    """One property: its parameters by upper-case name, its text as it came."""

    parameters: dict[str, str]
    raw: str

    @property
    def text(self) -> str:
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.raw).strip()

    @property
    def line(self) -> str:
        return " ".join(self.text.split())

    @property
    def person(self) -> str:
        address, name = _MAILTO.sub("", self.raw).strip(), self.parameters.get("CN", "").strip()
        return f"{name} <{address}>" if name and "@" in address and name != address else name or address


@dataclass(slots=True)
class _Event:
    """The first event of a calendar. `method` is what its sender does with it."""

    method: str = ""
    values: dict[str, _Value] = field(default_factory=dict)
    people: list[_Value] = field(default_factory=list)

    def get(self, name: str) -> _Value:
        return self.values.get(name, _Value({}, ""))

    @property
    def language(self) -> str:
        said = [self.get(name).raw for name in ("SUMMARY", "DESCRIPTION", "LOCATION")]
        return "ru" if _RUSSIAN.search(" ".join([*said, *(one.person for one in self.people[:50])])) else "en"


def summary(text: str, method: str = "") -> str:
    """The first event in a few lines; empty when there is none. `method` is what the part calls itself."""
    event = _read(text[:_LONGEST])
    if event is None:
        return ""
    event.method = event.method or method.upper()
    words = _WORDS[event.language]
    lines = [_said(words[_kind(event)], event.get("SUMMARY").line), *_facts(event, words)]
    more = "\n".join(line for line in event.get("DESCRIPTION").text.split("\n") if not _FENCE.fullmatch(line.strip()))
    return "\n".join(line for line in lines if line) + (f"\n\n{more.strip()}" if more.strip() else "")


def _read(text: str) -> _Event | None:
    """What stands in an event itself: reminders inside it have words of their own."""
    event, inside, has_begun = _Event(), ["VCALENDAR"], False
    for name, value in _lines(text):
        if name == "BEGIN":
            inside.append(value.raw.strip().upper())
            has_begun = has_begun or inside[-1] == "VEVENT"
        elif name == "END":
            if inside.pop() == "VEVENT" or not inside:
                break
        elif name == "METHOD":
            event.method = event.method or value.raw.strip().upper()
        elif inside[-1] == "VEVENT" and name == "ATTENDEE":
            event.people.append(value)
        elif inside[-1] == "VEVENT":
            event.values.setdefault(name, value)
    return event if has_begun else None


def _lines(text: str) -> Iterator[tuple[str, _Value]]:
    for line in _FOLD.sub("", text).split("\n"):
        if found := _LINE.match(line):
            parameters = {one[1].upper(): one[2] or one[3] or "" for one in _PARAMETER.finditer(found[2])}
            yield found[1].upper(), _Value(parameters, found[3].strip())


def _kind(event: _Event) -> str:
    if event.method == "REPLY":
        answer = event.people[0].parameters.get("PARTSTAT", "").lower() if event.people else ""
        return answer if answer in {"accepted", "declined", "tentative"} else "reply"
    if event.method == "CANCEL" or event.get("STATUS").raw.upper() == "CANCELLED":
        return "cancel"
    if event.method in {"COUNTER", "PUBLISH"}:
        return "counter" if event.method == "COUNTER" else "event"
    return "update" if event.get("SEQUENCE").raw.strip("0") else "request"


def _facts(event: _Event, words: dict[str, str]) -> Iterator[str]:
    yield _said(words["when"], _when(event, words))
    rule = re.search(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)", event.get("RRULE").raw.upper())
    yield _said(words["repeats"], words[rule[1].lower()]) if rule else ""
    yield _said(words["where"], event.get("LOCATION").line)
    yield _said(words["organizer"], event.get("ORGANIZER").person)
    named = [one.person for one in event.people if one.person]
    left = len(named) - _MOST_PEOPLE
    shown = ", ".join(named[:_MOST_PEOPLE]) + (f" {words['more'].format(left)}" if left > 0 else "")
    yield _said(words["answered" if event.method == "REPLY" else "who"], shown)


def _said(label: str, value: str) -> str:
    return f"{label}: {value}" if value else ""


def _when(event: _Event, words: dict[str, str]) -> str:
    first = event.get("DTSTART")
    start, end = _moment(first.raw), _moment(event.get("DTEND").raw)
    if start is None:
        return first.line
    if end is None and (lasts := _DURATION.fullmatch(event.get("DURATION").raw)):
        weeks, days, hours, minutes = (int(one or 0) for one in lasts.groups())
        end = start + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    months = _MONTHS[event.language]
    if not isinstance(start, datetime):
        last = end - timedelta(days=1) if end and type(end) is date else start
        until = f" – {_day(last, months)}" if last > start else ""
        return f"{_day(start, months)}{until}, {words['all-day']}"
    return f"{_day(start, months)}, {start:%H:%M}{_until(start, end, months)}{_zone(start, first, words)}"


def _moment(raw: str) -> date | None:
    """A day, or a moment; what a calendar cannot hold is no moment."""
    found = _STAMP.match(raw.strip())
    try:
        if not found or not found[4]:
            return date(int(found[1]), int(found[2]), int(found[3])) if found else None
        at = datetime(*(int(one) for one in found.groups()[:5]))  # type: ignore[arg-type]  # noqa: DTZ001 - the sender's
        return (at + timedelta(hours=3)).replace(tzinfo=_MOSCOW) if found[6] else at
    except (ValueError, OverflowError):
        return None


def _until(start: datetime, end: date | None, months: list[str]) -> str:
    if not isinstance(end, datetime) or (start.tzinfo is None) != (end.tzinfo is None) or end <= start:
        return ""
    return f"–{end:%H:%M}" if end.date() == start.date() else f" – {_day(end, months)}, {end:%H:%M}"


def _day(day: date, months: list[str]) -> str:
    year = " г." if months is _MONTHS["ru"] else ""
    return f"{day.day} {months[day.month - 1]} {day.year}{year}"


def _zone(start: datetime, value: _Value, words: dict[str, str]) -> str:
    name = " ".join(value.parameters.get("TZID", "").split())[:60]
    if start.tzinfo or name.lower() in _MOSCOW_NAMES:
        return f", {words['moscow']}"
    return f" ({name})" if name else ""
