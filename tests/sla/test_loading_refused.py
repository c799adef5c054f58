"""A broken source is refused with the line and the reason; nothing of it is taken."""

import json
import re

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from asmo_support.sla.loading import Unusable, YearDays, read
from asmo_support.sla.loading.words import refusal as in_words
from tests.sla import samples

XML, JSON, CSV = samples.xml(2026), samples.months_json(2026), samples.table(2025, 2026)
FILE, DECREE = samples.contribution(2026), samples.DECREES[2024]
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>\n'
OUTSIDE = '<!DOCTYPE a SYSTEM "file:///etc/passwd">\n'
OLD = json.dumps({"declaration": {}, "elements": [{"type": "element", "name": "calendar"}]})


def refusal(given, year=2026):
    with pytest.raises(Unusable) as refused:
        read(given, year)
    return refused.value.code, refused.value.line


@pytest.mark.parametrize(
    ("text", "year", "code", "line"),
    [
        ("", 2026, "empty", 0),
        ("  \n\t ", 2026, "empty", 0),
        ("x" * 1_000_001, 2026, "too_long", 0),
        ("Производственный календарь", 2026, "unknown", 1),
        ("[]", 2026, "unknown", 1),
        ("\n\n{}", 2026, "unknown", 3),
    ],
)
def test_what_is_no_calendar_is_refused(text, year, code, line):
    assert refusal(text, year) == (code, line)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("с субботы 27 апреля", "с воскресенья 27 апреля", "weekday", 9),
        ("на понедельник 29 апреля", "на 29 апреля", "move", 9),
        ("27 апреля", "31 апреля", "date", 9),
        ("28 декабря на понедельник 30", "27 апреля на понедельник 30", "twice", 11),
        ("субботы 28 декабря", "пятницы 27 декабря", "not_rest", 11),
        ("на понедельник 30 декабря", "на субботу 21 декабря", "not_work", 11),
        ("вторник 30 апреля", "среду 1 мая", "not_work", 10),
        ("10 мая;", "10 мая 2025 года;", "other_year", 7),
    ],
)
def test_a_decree_is_refused_in_the_line_that_is_wrong(old, new, code, line):
    assert refusal(DECREE.replace(old, new), 2024) == (code, line)


def test_the_decree_of_another_year_is_refused_by_its_year_and_by_its_weekdays():
    moves = DECREE.partition("дни:\n")[2]

    assert refusal(DECREE, 2025) == ("other_year", 2)
    assert refusal(moves, 2025) == ("weekday", 1)
    assert refusal(moves, None) == ("year_unknown", 0)
    assert refusal("О переносе выходных дней в 2026 году") == ("no_moves", 0)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("<calendar", f"{BOMB}<calendar", "doctype", 2),
        ("<calendar", f"{OUTSIDE}<calendar", "doctype", 2),
        ("</days>", "", "xml", 26),
        ("<calendar ", "<calender ", "root", 2),
        ('year="2026"', "", "no_year", 2),
        ('year="2026"', 'year="2025"', "other_year", 2),
        ('year="2026"', 'year="2026" country="kz"', "country", 2),
        ('d="02.23"', 'd="02.30"', "date", 14),
        ('d="02.23"', 'd="2.23"', "date", 14),
        ('d="02.23" t="1"', 'd="02.23" t="4"', "mark", 14),
        ('d="02.23" t="1"', 'd="02.24" t="3"', "works_anyway", 14),
        ('d="02.23"', 'd="01.09"', "twice", 14),
        ('d="02.23" t="1"', 'd="02.23" t="1" h="9"', "holiday", 14),
        ('f="01.03"', 'f="13.03"', "date", 13),
    ],
)
def test_an_xml_is_refused_in_the_line_that_is_wrong(old, new, code, line):
    assert refusal(XML.replace(old, new, 1)) == (code, line)


def test_an_xml_without_days_is_refused():
    assert refusal('<calendar year="2026"/>') == ("no_days", 0)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('"year": 2026', '"year": 2025', "other_year", 2),
        ('"year": 2026', '"year": true', "no_year", 2),
        ('"month": 2,', '"month": 1,', "month_twice", 10),
        ('"month": 12,', '"month": 13,', "month", 3),
        ("1,7,8,14", "1,7,7,14", "twice", 10),
        ("1,7,8,14", "1,7,8,30", "date", 10),
        ("1,7,8,14", "1,7,8-14", "cell", 10),
        ('"from": "01.03"', '"from": "03.01.2026"', "date", 53),
        ('"workdays": 247', '"workdays": "247"', "statistic", 63),
        ('"workdays": 247', '"workdays": NaN', "number", 0),
        ('"months"', '"year"', "key_twice", 0),
        ('"months": [', '"months": [1,', "list", 3),
        ('"months": [', '"months": ', "json", 8),
    ],
)
def test_a_json_is_refused_in_the_line_that_is_wrong(old, new, code, line):
    assert refusal(JSON.replace(old, new, 1)) == (code, line)


def test_a_json_with_a_month_missing_or_in_the_old_form_is_refused():
    whole = json.loads(JSON)
    whole["months"].pop(5)

    assert refusal(json.dumps(whole)) == ("months_missing", 1)
    assert refusal(OLD) == ("dump", 1)
    assert refusal("[" * 100_000) == ("deep", 0)
    assert refusal('{"year": ' + "9" * 5000 + "}") == ("deep", 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("100", "isdayoff_date"),
        ("101", "isdayoff_nothing"),
        ("199", "isdayoff_server"),
        ("0" * 31, "isdayoff_length"),
        (samples.digits(2024), "isdayoff_length"),
        (samples.digits(2026) * 2, "isdayoff_length"),
        ("3" + samples.digits(2026)[1:], "isdayoff_digit"),
    ],
)
def test_an_answer_of_digits_that_is_no_whole_year_is_refused(text, code):
    assert refusal(text) == (code, 1)


def test_an_answer_of_digits_needs_its_year():
    assert refusal(samples.digits(2026), None) == ("year_unknown", 0)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('"countrycode": "ru"', '"countrycode": "by"', "country", 3),
        ('"0223"', '"2302"', "date", 12),
        ('"0223"', '"0101"', "twice", 5),
        ('"workday": []', '"workday": ["0223"]', "twice", 12),
        ('"workday": []', '"workday": ["0224"]', "works_anyway", 28),
        ('"workday": []', '"workday": {}', "list", 28),
        ('"year": 2026', '"year": 2027', "other_year", 2),
    ],
)
def test_a_contribution_is_refused_in_the_line_that_is_wrong(old, new, code, line):
    assert refusal(FILE.replace(old, new, 1)) == (code, line)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("Март", "Mart", "header", 1),
        ("\n2026,", "\n2025,", "year_twice", 3),
        ("\n2026,", "\nдвадцать,", "no_year", 3),
        ("\n2026,", "\n2027,", "year_absent", 0),
        ("247,118,1972,1774.4,1181.6\n2026", "247,118,1972\n2026", "columns", 2),
        (",247,118,1972,", ",много,118,1972,", "number", 2),
        (",247,118,1972,", ",1e9,118,1972,", "number", 2),
    ],
)
def test_a_table_is_refused_in_the_line_that_is_wrong(old, new, code, line):
    asked = 2025 if line == 2 else 2026

    assert refusal(CSV.replace(old, new, 1), asked) == (code, line)


def test_a_table_of_several_years_asks_for_the_year():
    assert refusal(CSV, None) == ("which_year", 0)
    assert refusal(samples.HEADER) == ("no_days", 0)


PIECES = [XML, JSON, CSV, FILE, DECREE, samples.digits(2026), BOMB, OLD]


@settings(max_examples=400, deadline=None, database=None)
@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)), st.sampled_from([None, 2026]))
def test_any_text_and_any_bytes_are_read_whole_or_refused(anything, year):
    assert outcome(anything, year) in {"read", "refused"}


@settings(max_examples=600, deadline=None, database=None)
@given(st.sampled_from(PIECES), st.data())
def test_any_damage_to_a_true_file_is_read_whole_or_refused(text, data):
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, min(len(text), at + 40)))

    damaged = text[:at] + data.draw(st.text(max_size=12)) + text[until:]

    assert outcome(damaged, data.draw(st.sampled_from([None, 2024, 2026]))) in {"read", "refused"}


def outcome(given, year):
    try:
        found = read(given, year)
    except Unusable as wrong:
        return "refused" if str(wrong.facts).encode() else ""
    assert isinstance(found, YearDays)
    assert {day.year for day in found.off | found.work | found.short} <= {found.year}
    return "read"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (XML.replace("</days>", ""), "Строка 26. XML повреждён (тег закрыт другим тегом)."),
        (XML.replace("</days>", "").replace("</calendar>", ""), "обрывается раньше времени)."),
        (XML.replace("<days>", "<days & >"), "знак, которого здесь быть не может)."),
        (JSON.replace('"months": [', '"months": '), "Строка 8. JSON повреждён (не хватает имени в двойных кавычках)."),
        ('{"months": [}', "Строка 1. JSON повреждён (не хватает значения)."),
    ],
)
def test_the_reason_of_a_broken_file_is_russian(text, words):
    with pytest.raises(Unusable) as refused:
        read(text, 2026)

    with translation.override("ru"):
        said = in_words(refused.value)
    assert said.endswith(words)
    assert re.findall("[A-Za-z]{3,}", said.replace("XML", "").replace("JSON", "")) == []
