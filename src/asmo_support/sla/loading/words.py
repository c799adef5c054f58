"""Why a source was refused and what the audit found, in the reader's language."""

import re
from datetime import date

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asmo_support.sla.loading.audit import Finding, Severity
from asmo_support.sla.loading.days import Unusable

SHOWN = 8
REFUSALS = {
    "empty": gettext_lazy("There is nothing to read: paste the text or choose a file."),
    "too_long": gettext_lazy("The file is longer than a megabyte; a year takes a few kilobytes."),
    "encoding": gettext_lazy("It cannot be told in which encoding the file is. Save it as text in UTF-8."),
    "document": gettext_lazy("This is a document: %(kind)s, not plain text. Open it, copy its text and paste it."),
    "garbled": gettext_lazy(
        "The text was copied from a window that showed it in a wrong encoding. Choose the file itself instead."
    ),
    "signs": gettext_lazy("It begins with signs of which no known form has any. Save the file as text in UTF-8."),
    "unknown": gettext_lazy(
        "“%(text)s” begins none of the known forms: a decree’s text, xmlcalendar, isdayoff, data.gov.ru."
    ),
    "year_range": gettext_lazy("Only years from %(first)s to %(last)s can be loaded."),
    "year_unknown": gettext_lazy("The text does not say for which year it is: choose the year."),
    "no_year": gettext_lazy("The year is missing or is no number of four digits."),
    "other_year": gettext_lazy("This is for %(found)s, and %(year)s was chosen."),
    "date": gettext_lazy("There is no day “%(text)s” in %(year)s."),
    "twice": gettext_lazy("%(day)s is there twice."),
    "no_days": gettext_lazy("There is not a single day in it."),
    "country": gettext_lazy("This is the calendar of the country “%(text)s”, not of Russia."),
    "list": gettext_lazy("“%(text)s” is not the list it has to be."),
    "move": gettext_lazy(
        "“%(text)s…” begins like a move of a day, but has to read like “с субботы 27 апреля на понедельник 29 апреля”."
    ),
    "stray": gettext_lazy(
        "“%(text)s” belongs to no move that could be read. Is a word misspelt, parted or missing? "
        "It has to read like “с субботы 27 апреля на понедельник 29 апреля”."
    ),
    "no_moves": gettext_lazy("No day is moved in this text."),
    "weekday": gettext_lazy("“%(word)s” does not fit: %(day)s is a %(weekday)s. Is it the decree of another year?"),
    "not_rest": gettext_lazy("%(day)s is no day of rest, so no rest can be moved from it."),
    "not_work": gettext_lazy("%(day)s is a day of rest already, so no rest can be moved onto it."),
    "xml": gettext_lazy("The XML is broken (%(reason)s)."),
    "doctype": gettext_lazy("The file declares a document type; such files are not read, for safety."),
    "root": gettext_lazy("The XML begins with “%(text)s” and not with “calendar”."),
    "mark": gettext_lazy("%(day)s: the mark t=“%(text)s” is none of 1, 2, 3."),
    "works_anyway": gettext_lazy("%(day)s is said to be a working weekend day, but it is a %(weekday)s."),
    "holiday": gettext_lazy("%(day)s: there is no holiday number “%(text)s” in the list of holidays."),
    "json": gettext_lazy("The JSON is broken (%(reason)s)."),
    "deep": gettext_lazy("The JSON is nested too deeply or has a number that is too long."),
    "dump": gettext_lazy(
        "This is the old JSON of xmlcalendar, the XML turned inside out. Take calendar.json with “months”, or the XML."
    ),
    "key_twice": gettext_lazy("“%(text)s” is there twice."),
    "month": gettext_lazy("%(text)s is no month with its days."),
    "month_twice": gettext_lazy("Month %(month)s is there twice."),
    "months_missing": gettext_lazy("These months are missing: %(months)s."),
    "cell": gettext_lazy("Month %(month)s: “%(text)s” is not a day like 7, 22* or 29+."),
    "statistic": gettext_lazy("The sums under “statistic” are no numbers."),
    "number": gettext_lazy("“%(text)s” is no number."),
    "csv": gettext_lazy("The CSV is broken (%(reason)s)."),
    "header": gettext_lazy("The first row has to name the twelve months; it says “%(text)s”."),
    "which_year": gettext_lazy("The file has the years %(years)s: choose one."),
    "year_twice": gettext_lazy("The year %(year)s is there twice."),
    "year_absent": gettext_lazy("There is no row for %(year)s; the file has the years %(years)s."),
    "columns": gettext_lazy("The row has %(found)s columns, the heading has %(columns)s."),
    "hours": gettext_lazy("“%(text)s” is not a time from and to, like 8:45–17:00."),
    "hours_order": gettext_lazy("“%(text)s” ends before it begins."),
    "hours_overlap": gettext_lazy("The hours overlap at %(text)s."),
    "day_line": gettext_lazy("“%(text)s” is not a day like 30.08.2026 or 05.09.2026 10:00–14:00."),
    "day_range": gettext_lazy("“%(text)s” ends before it begins or is longer than %(days)s days."),
    "days_many": gettext_lazy("There are more than %(days)s days; the rest belongs into another calendar."),
    "isdayoff_date": gettext_lazy("“100” is the answer of isdayoff to a wrong date, not a calendar."),
    "isdayoff_nothing": gettext_lazy("“101” is the answer of isdayoff when it has no such year."),
    "isdayoff_server": gettext_lazy("“199” is the answer of isdayoff when its server fails. Ask it later."),
    "isdayoff_length": gettext_lazy(
        "There are %(found)s digits, but %(year)s has %(days)s days. Ask for a whole year."
    ),
    "isdayoff_digit": gettext_lazy("%(day)s: the digit “%(text)s” means nothing."),
}
FINDINGS = {
    "holidays": (
        gettext_lazy("Nobody works on holidays (art. 112)."),
        gettext_lazy("Holidays are working days: %(days)s."),
    ),
    "weekends": (
        gettext_lazy("Few weekend days are worked."),
        gettext_lazy("%(count)s weekend days are working days. These are the days of another year: %(days)s."),
    ),
    "working_days": (
        gettext_lazy("%(found)s working days, as a year has."),
        gettext_lazy("%(found)s working days; a year has %(expected)s."),
    ),
    "sums": (gettext_lazy("The sums in the file fit its days."), ""),
    "sum_work": ("", gettext_lazy("The file says %(expected)s working days, its days make %(found)s.")),
    "sum_rest": ("", gettext_lazy("The file says %(expected)s days of rest, its days make %(found)s.")),
    "sum_hours40": ("", gettext_lazy("The file says %(expected)s hours for a week of 40, its days make %(found)s.")),
    "sum_hours36": ("", gettext_lazy("The file says %(expected)s hours for a week of 36, its days make %(found)s.")),
    "sum_hours24": ("", gettext_lazy("The file says %(expected)s hours for a week of 24, its days make %(found)s.")),
    "moves": (
        gettext_lazy("Days that were moved rest and work as the moves say (%(found)s)."),
        gettext_lazy("The moves and the days contradict each other: %(days)s."),
    ),
    "weekday_words": (gettext_lazy("All %(found)s weekdays in the text fit the year."), ""),
    "short": (
        gettext_lazy("Days before holidays are shortened (art. 95): %(found)s."),
        gettext_lazy("Shortened days differ from art. 95: %(days)s."),
    ),
    "short_rest": ("", gettext_lazy("Days of rest are marked as shortened: %(days)s.")),
    "derivation": (
        gettext_lazy("The days are those that follow from the law and the decree."),
        gettext_lazy("Different from what follows from the law and the decree: %(days)s."),
    ),
    "law": (
        gettext_lazy("The days are those of the law alone: nothing is moved."),
        gettext_lazy("Moved against the law alone, as a decree does: %(days)s. Compare them with the decree."),
    ),
    "no_short": (
        "",
        gettext_lazy("There is no shortened day: isdayoff has to be asked with pre=1."),
    ),
    "covid": ("", gettext_lazy("Some days work only because the president’s decree did not free everybody.")),
    "before_decree": (
        "",
        gettext_lazy("data.gov.ru published rows before the decree and never mended them: compare it with the decree."),
    ),
}  # fmt: skip


# What the readers of Python say of a broken file; of anything else only the line is named.
BROKEN = {
    "Expecting value": gettext_lazy("a value is missing"),
    "Expecting property name enclosed in double quotes": gettext_lazy("a name in double quotes is missing"),
    "Expecting ',' delimiter": gettext_lazy("a comma is missing"),
    "Expecting ':' delimiter": gettext_lazy("a colon is missing"),
    "Unterminated string starting at": gettext_lazy("a quotation mark is not closed"),
    "Extra data": gettext_lazy("something follows the end"),
    "Invalid control character at": gettext_lazy("a text runs over the end of its line"),
    "Illegal trailing comma before end of object": gettext_lazy("a comma too many"),
    "Illegal trailing comma before end of array": gettext_lazy("a comma too many"),
    "mismatched tag": gettext_lazy("a tag is closed by another one"),
    "not well-formed (invalid token)": gettext_lazy("there is a sign that cannot stand here"),
    "no element found": gettext_lazy("it ends too early"),
    "unclosed token": gettext_lazy("a tag is not closed"),
    "duplicate attribute": gettext_lazy("an attribute is there twice"),
    "undefined entity": gettext_lazy("an unknown “&…;”"),
    "junk after document element": gettext_lazy("something follows the end"),
    "unexpected end of data": gettext_lazy("a quotation mark is not closed"),
}


def refusal(wrong: Unusable) -> str:
    """The line and the reason."""
    facts = {name: _said(value) for name, value in wrong.facts.items()}
    day = wrong.facts.get("day")
    facts["weekday"] = date_format(day, "l").lower() if isinstance(day, date) else ""
    if "reason" in facts:
        facts["reason"] = str(BROKEN.get(facts["reason"]) or _("its form is not right"))
    reason = str(REFUSALS[wrong.code]) % facts
    return _("Line %(line)s. %(reason)s") % {"line": wrong.line, "reason": reason} if wrong.line else reason


def finding(one: Finding) -> str:
    """What one look found; the first days by name, the rest by number."""
    good, bad = FINDINGS[one.code]
    facts = {
        "found": _decimal(one.found),
        "expected": _decimal(one.expected),
        "count": len(one.days),
        "days": days(one.days),
    }
    return str(good if one.severity == Severity.FINE else bad) % facts


def _decimal(number: str) -> str:
    """1774,4 for a Russian reader."""
    return re.sub(r"(?<=\d)\.(?=\d)", str(get_format("DECIMAL_SEPARATOR")), number)


def days(given: tuple[date, ...]) -> str:
    named = ", ".join(f"{day:%d.%m}" for day in given[:SHOWN])
    more = len(given) - SHOWN
    return _("%(days)s and %(more)s more") % {"days": named, "more": more} if more > 0 else named


def _said(value: object) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
