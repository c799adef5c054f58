"""data.gov.ru: a CSV of many years, a row each, with its own sums at the end.

Rows of coming years were published before the decree and never mended, so the audit wants to see the decree.
"""

import csv
import io
import re
from decimal import Decimal

from asmo_support.sla.loading.days import Unusable, YearDays, checked_year
from asmo_support.sla.loading.marks import read_months

MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
CLAIMS = {
    "всего рабочих дней": "work",
    "всего праздничных и выходных дней": "rest",
    "количество рабочих часов при 40-часовой рабочей неделе": "hours40",
    "количество рабочих часов при 36-часовой рабочей неделе": "hours36",
    "количество рабочих часов при 24-часовой рабочей неделе": "hours24",
}
NUMBER = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,3})?", re.ASCII)
Row = tuple[int, list[str]]


def looks_like_table(text: str) -> bool:
    return bool(re.match(r'\s*"?\s*год\s*/?\s*месяц', text, re.IGNORECASE))


def read_table(text: str, asked: int | None) -> YearDays:
    """The row of one year; a file with several needs the year to be chosen."""
    header, rows = _rows(text)
    names = [name.strip().lower() for name in header]
    if tuple(names[1:13]) != MONTHS:
        raise Unusable("header", 1, text=", ".join(header[1:13])[:80])
    years = _years(rows)
    if not years:
        raise Unusable("no_days")
    if asked is None and len(years) > 1:
        raise Unusable("which_year", years=_span(years))
    year = asked if asked is not None else next(iter(years))
    if year not in years:
        raise Unusable("year_absent", year=year, years=_span(years))
    line, row = years[year]
    if len(row) != len(header):
        raise Unusable("columns", line, found=len(row), columns=len(header))
    claims = tuple((CLAIMS[name], _number(cell, line)) for name, cell in zip(names, row, strict=True) if name in CLAIMS)
    return read_months(
        year, row[1:13], lambda _month: line, form="data.gov.ru", claims=claims, notes=("before_decree",)
    )


def _rows(text: str) -> tuple[list[str], list[Row]]:
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as wrong:
        raise Unusable("csv", reader.line_num, reason=str(wrong)) from None
    return rows[0][1], rows[1:]


def _years(rows: list[Row]) -> dict[int, Row]:
    years: dict[int, Row] = {}
    for line, row in rows:
        text = row[0].strip()
        if not re.fullmatch(r"[0-9]{4}", text, re.ASCII):
            raise Unusable("no_year", line)
        checked_year(int(text), line)
        if int(text) in years:
            raise Unusable("year_twice", line, year=int(text))
        years[int(text)] = (line, row)
    return years


def _span(years: dict[int, Row]) -> str:
    return f"{min(years)}–{max(years)}"


def _number(cell: str, line: int) -> Decimal:
    text = cell.strip().replace(",", ".")
    if not NUMBER.fullmatch(text):
        raise Unusable("number", line, text=text[:40])
    return Decimal(text)
