"""xmlcalendar.ru: the XML of a year and the JSON made from it.

The schema has a namespace and the published files have none, `country` came late: both are optional. The parser is
told to stop at a document type, so that nothing in a file can expand or fetch.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.parsers import expat

from asmo_support.sla.loading.days import SATURDAY, Move, Unusable, YearDays, checked_year, month_day
from asmo_support.sla.loading.marks import read_months

CLAIMS = {"workdays": "work", "holidays": "rest", "hours40": "hours40", "hours36": "hours36", "hours24": "hours24"}
MONTHS = range(1, 13)
DUMP = {"declaration", "elements", "_declaration", "calendar", "_attributes"}


@dataclass
class _Reading:
    """What has been read so far."""

    asked: int | None
    parser: expat.XMLParserType
    path: list[str] = field(default_factory=list)
    year: int = 0
    marks: dict[date, str] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    holidays: set[str] = field(default_factory=set)

    def fail(self, code: str, **facts: object) -> Unusable:
        return Unusable(code, self.parser.CurrentLineNumber, **facts)

    def start(self, name: str, given: dict[str, str]) -> None:
        name = name.rpartition("}")[2]
        given = {key.rpartition("}")[2]: value for key, value in given.items()}
        self.path.append(name)
        if len(self.path) == 1:
            self._calendar(name, given)
        elif name == "holiday":
            self.holidays.add(given.get("id", ""))
        elif self.path[-2:] == ["days", "day"]:
            self._day(given)

    def end(self, _name: str) -> None:
        self.path.pop()

    def doctype(self, *_given: object) -> None:
        raise self.fail("doctype")

    def _calendar(self, name: str, given: Mapping[str, str]) -> None:
        if name != "calendar":
            raise self.fail("root", text=name[:40])
        self.year = year_of(given.get("year"), self.asked, self.parser.CurrentLineNumber)
        if given.get("country", "ru").lower() != "ru":
            raise self.fail("country", text=given["country"][:10])

    def _day(self, given: Mapping[str, str]) -> None:
        day = month_day(given.get("d", ""), self.year, self.parser.CurrentLineNumber)
        mark = given.get("t", "")
        if mark not in {"1", "2", "3"}:
            raise self.fail("mark", text=mark[:20], day=day)
        if day in self.marks:
            raise self.fail("twice", day=day)
        if mark == "3" and day.weekday() < SATURDAY:
            raise self.fail("works_anyway", day=day)
        if given.get("h") is not None and given["h"] not in self.holidays:
            raise self.fail("holiday", text=given["h"][:20], day=day)
        self.marks[day] = mark
        if given.get("f"):
            self.moves.append((month_day(given["f"], self.year, self.parser.CurrentLineNumber), day))


def read_xml(text: str, year: int | None) -> YearDays:
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator="}")
    reading = _Reading(year, parser)
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.StartDoctypeDeclHandler = reading.doctype
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as wrong:
        raise Unusable("xml", wrong.lineno, reason=expat.ErrorString(wrong.code)) from None
    marks = reading.marks
    if not marks:
        raise Unusable("no_days")
    off = frozenset(day for day, mark in marks.items() if mark == "1" and day.weekday() < SATURDAY)
    work = frozenset(day for day, mark in marks.items() if mark != "1" and day.weekday() >= SATURDAY)
    short = frozenset(day for day, mark in marks.items() if mark == "2")
    return YearDays(reading.year, off, work, short, "xmlcalendar-xml", moves=tuple(reading.moves))


def read_months_json(text: str, whole: dict[str, object], asked: int | None) -> YearDays:
    """`{"year":…, "months":[{"month":1,"days":"1,2,…"}], "transitions":[…], "statistic":{…}}`."""
    year = year_of(whole.get("year"), asked, line_of(text, '"year"'))
    cells: dict[int, str] = {}
    for one in _list(whole.get("months"), "months", text):
        month, days = one.get("month"), one.get("days")
        if not isinstance(month, int) or month is True or month not in MONTHS or not isinstance(days, str):
            raise Unusable("month", line_of(text, '"months"'), text=json.dumps(one, ensure_ascii=False)[:60])
        if month in cells:
            raise Unusable("month_twice", _month_line(text, days), month=month)
        cells[month] = days
    missing = [month for month in MONTHS if month not in cells]
    if missing:
        raise Unusable("months_missing", line_of(text, '"months"'), months=", ".join(map(str, missing)))
    place = line_of(text, '"transitions"')
    moves = tuple(
        (month_day(str(one.get("from")), year, place), month_day(str(one.get("to")), year, place))
        for one in _list(whole.get("transitions", []), "transitions", text)
    )
    ordered = [cells[month] for month in MONTHS]
    claims = _claims(whole.get("statistic"), text)
    return read_months(
        year,
        ordered,
        lambda month: _month_line(text, cells[month]),
        form="xmlcalendar-json",
        moves=moves,
        claims=claims,
    )


def year_of(said: object, asked: int | None, line: int = 0) -> int:
    """The year a source says it is for; another one than asked for is refused."""
    text = str(said).strip() if isinstance(said, str | int) and not isinstance(said, bool) else ""
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise Unusable("no_year", line)
    if asked not in {None, int(text)}:
        raise Unusable("other_year", line, found=int(text), year=asked)
    return checked_year(int(text), line)


def line_of(text: str, part: str) -> int:
    """The line in which a part stands first; 0 when it is nowhere."""
    at = text.find(part)
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def _month_line(text: str, days: str) -> int:
    return line_of(text, f'"{days}"')


def _list(given: object, name: str, text: str) -> list[dict[str, object]]:
    if isinstance(given, list) and all(isinstance(one, dict) for one in given):
        return given
    raise Unusable("list", line_of(text, f'"{name}"'), text=name)


def _claims(statistic: object, text: str) -> tuple[tuple[str, Decimal], ...]:
    if statistic is None:
        return ()
    given = statistic if isinstance(statistic, dict) else {}
    found = {name: given.get(key) for key, name in CLAIMS.items() if key in given}
    if not given or any(isinstance(one, bool) or not isinstance(one, int | float) for one in found.values()):
        raise Unusable("statistic", line_of(text, '"statistic"'))
    return tuple((name, Decimal(str(value))) for name, value in found.items())
