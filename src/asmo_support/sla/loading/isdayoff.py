"""isdayoff.ru: the answer of its API, one digit a day, and the file it takes contributions in.

The answer does not say its year, and its errors are three digits too, so only a whole year of digits is taken. The API
gives shortened days only when asked with `pre=1`.
"""

import re
from datetime import date

from asmo_support.sla.loading.days import SATURDAY, Unusable, YearDays, days_of, from_rest, month_day
from asmo_support.sla.loading.xmlcalendar import line_of, year_of

ERRORS = {"100": "isdayoff_date", "101": "isdayoff_nothing", "199": "isdayoff_server"}
DIGITS = re.compile(r"[0-9](?:[\s,;|]*[0-9])*", re.ASCII)
LISTS = ("dayoff", "predayoff", "workday", "covidday", "holiday", "dayoff6", "predayoff6")


def looks_like_digits(text: str) -> bool:
    return bool(DIGITS.fullmatch(text.strip()))


def read_digits(text: str, year: int | None) -> YearDays:
    """0 works, 1 and 8 rest, 2 is shortened, 4 works although the president freed others."""
    digits = re.sub(r"[\s,;|]", "", text)
    if digits in ERRORS:
        raise Unusable(ERRORS[digits], 1)
    if year is None:
        raise Unusable("year_unknown")
    days = list(days_of(year))
    if len(digits) != len(days):
        raise Unusable("isdayoff_length", 1, found=len(digits), days=len(days), year=year)
    marked = dict(zip(days, digits, strict=True))
    for day, digit in marked.items():
        if digit not in "01248":
            raise Unusable("isdayoff_digit", 1, text=digit, day=day)
    notes = (("no_short",) if "2" not in digits else ()) + (("covid",) if "4" in digits else ())
    rest = (day for day, digit in marked.items() if digit in "18")
    short = (day for day, digit in marked.items() if digit == "2")
    return from_rest(year, rest, short, form="isdayoff", notes=notes)


def read_contribution(text: str, whole: dict[str, object], asked: int | None) -> YearDays:
    """Days as “MMDD” over a plain week of five days; the lists for a week of six are not ours."""
    year = year_of(whole.get("year"), asked, line_of(text, '"year"'))
    country = whole.get("countrycode", "ru")
    if country != "ru":
        raise Unusable("country", line_of(text, '"countrycode"'), text=str(country)[:10])
    lists = {name: _days(text, whole.get(name, []), name, year) for name in LISTS}
    both = sorted(lists["dayoff"] & (lists["workday"] | lists["predayoff"]))
    if both:
        raise Unusable("twice", _line(text, both[0]), day=both[0])
    for day in sorted(lists["workday"]):
        if day.weekday() < SATURDAY:
            raise Unusable("works_anyway", _line(text, day), day=day)
    off = frozenset(day for day in lists["dayoff"] | lists["holiday"] if day.weekday() < SATURDAY)
    work, short = frozenset(lists["workday"]), frozenset(lists["predayoff"])
    return YearDays(year, off, work, short, "isdayoff-file", notes=("covid",) if lists["covidday"] else ())


def _days(text: str, given: object, name: str, year: int) -> set[date]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise Unusable("list", line_of(text, f'"{name}"'), text=name)
    found: set[date] = set()
    for one in given:
        day = month_day(one, year, line_of(text, f'"{one}"'))
        if day in found:
            raise Unusable("twice", line_of(text, f'"{one}"'), day=day)
        found.add(day)
    return found


def _line(text: str, day: date) -> int:
    return line_of(text, f'"{day:%m%d}"')
