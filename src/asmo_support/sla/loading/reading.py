"""One door for all forms: recognise what was given, read it whole or refuse it with the line and the reason."""

import json

from asmo_support.sla.loading.days import Unusable, YearDays, checked_year
from asmo_support.sla.loading.decoding import decoded, garbled, legible
from asmo_support.sla.loading.decree import looks_like_decree, read_decree
from asmo_support.sla.loading.isdayoff import looks_like_digits, read_contribution, read_digits
from asmo_support.sla.loading.table import looks_like_table, read_table
from asmo_support.sla.loading.xmlcalendar import DUMP, read_months_json, read_xml

MOST = 1_000_000


def read(given: str | bytes, year: int | None = None) -> YearDays:
    """The year in a pasted text or an uploaded file. Raises Unusable; what comes back is whole."""
    if len(given) > MOST:
        raise Unusable("too_long")
    whole = given if isinstance(given, str) else decoded(given)
    whole = whole.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = whole.strip()
    if not text:
        raise Unusable("empty")
    try:
        return _read(text, checked_year(year) if year is not None else None)
    except Unusable as wrong:
        if wrong.line:
            wrong.line += whole[: whole.index(text)].count("\n")
        raise


def _read(text: str, year: int | None) -> YearDays:
    if text.startswith("<"):
        return read_xml(text, year)
    if text.startswith(("{", "[")):
        return _read_json(text, year)
    if looks_like_digits(text):
        return read_digits(text, year)
    if looks_like_table(text):
        return read_table(text, year)
    if looks_like_decree(text):
        return read_decree(text, year)
    raise _unknown(text)


def _unknown(text: str, code: str = "unknown") -> Unusable:
    if garbled(text):
        return Unusable("garbled", 1)
    first = text.split("\n", 1)[0][:60]
    return Unusable(code, 1, text=first) if legible(first) else Unusable("signs", 1)


def _read_json(text: str, year: int | None) -> YearDays:
    try:
        whole = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except json.JSONDecodeError as wrong:
        raise Unusable("json", wrong.lineno, reason=wrong.msg) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets
        raise Unusable("deep") from None
    if not isinstance(whole, dict):
        raise _unknown(text)
    if "months" in whole:
        return read_months_json(text, whole, year)
    if "dayoff" in whole:
        return read_contribution(text, whole, year)
    raise _unknown(text, "dump" if DUMP & set(whole) else "unknown")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    whole: dict[str, object] = {}
    for key, value in pairs:
        if key in whole:
            raise Unusable("key_twice", text=key[:40])
        whole[key] = value
    return whole


def _refuse(constant: str) -> None:
    raise Unusable("number", text=constant)
