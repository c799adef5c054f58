"""A calendar file is read exactly or refused with the place that is wrong."""

import json
from datetime import date

import pytest

from asmo_support.sla.calendar import CalendarError, parse_calendar, read_calendar

WEEK = {"mon": [["08:45", "12:00"], ["12:00", "24:00"]]}


def test_a_calendar_has_its_week_its_days_and_its_zone():
    text = json.dumps(
        {"timezone": "Europe/Moscow", "week": WEEK, "days": {"2026-01-12": [], "2026-01-13": [["10:00", "11:30"]]}}
    )

    calendar = read_calendar(text.encode("utf-8-sig"))

    assert calendar.zone.key == "Europe/Moscow"
    assert calendar.hours(date(2026, 1, 5)) == ((31_500, 43_200), (43_200, 86_400))
    assert calendar.hours(date(2026, 1, 6)) == ()
    assert calendar.hours(date(2026, 1, 12)) == ()
    assert calendar.hours(date(2026, 1, 13)) == ((36_000, 41_400),)


def test_intervals_may_come_in_any_order():
    calendar = parse_calendar({"timezone": "UTC", "week": {"mon": [["13:00", "17:00"], ["09:00", "12:00"]]}})

    assert calendar.week[0] == ((32_400, 43_200), (46_800, 61_200))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "The calendar must be an object."),
        ({"week": {}}, "The calendar has no “timezone”."),
        ({"timezone": "UTC"}, "The calendar has no “week”."),
        (
            {"timezone": "UTC", "week": {}, "hours": 1},
            "The calendar has an unknown key “hours”; known are timezone, week, days.",
        ),
        (
            {"timezone": "UTC", "week": {"monday": []}},
            "“week” has an unknown key “monday”; known are mon, tue, wed, thu, fri, sat, sun.",
        ),
        ({"timezone": "UTC", "week": {"mon": None}}, "“week”, mon: the hours must be a list of intervals."),
        (
            {"timezone": "UTC", "week": {"mon": [["09:00"]]}},
            "“week”, mon: an interval must be two times, like [“08:45”, “17:00”].",
        ),
        (
            {"timezone": "UTC", "week": {"mon": [["17:00", "09:00"]]}},
            "“week”, mon: the end 09:00 is not after the start 17:00.",
        ),
        (
            {"timezone": "UTC", "week": {"mon": [["09:00", "09:00"]]}},
            "“week”, mon: the end 09:00 is not after the start 09:00.",
        ),
        (
            {"timezone": "UTC", "week": {"mon": [["9:00", "10:00"]]}},
            '“week”, mon: "9:00" is not a time between 00:00 and 24:00.',
        ),
        (
            {"timezone": "UTC", "week": {"mon": [["09:00", "24:01"]]}},
            '“week”, mon: "24:01" is not a time between 00:00 and 24:00.',
        ),
        ({"timezone": "UTC", "week": {"mon": [[9, 10]]}}, "“week”, mon: 9 is not a time between 00:00 and 24:00."),
        (
            {"timezone": "UTC", "week": {"tue": [["09:00", "12:00"], ["11:30", "13:00"]]}},
            "“week”, tue: the intervals overlap at 11:30.",
        ),
        (
            {"timezone": "UTC", "week": {}, "days": {"2026-02-30": []}},
            "“days”: “2026-02-30” is not a date like 2026-01-09.",
        ),
        (
            {"timezone": "UTC", "week": {}, "days": {"20260109": []}},
            "“days”: “20260109” is not a date like 2026-01-09.",
        ),
        (
            {"timezone": "UTC", "week": {}, "days": {"2026-01-09": [["12:00", "10:00"]]}},
            "“days”, 2026-01-09: the end 10:00 is not after the start 12:00.",
        ),
        ({"timezone": 3, "week": {}}, "“timezone” must be the name of a time zone, like “Europe/Moscow”."),
    ],
)
def test_a_broken_calendar_is_refused_with_the_place(content, words):
    with pytest.raises(CalendarError) as refused:
        parse_calendar(content)

    assert str(refused.value) == words


@pytest.mark.case("CT-03")
@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "", "../../etc/passwd", "zone.tab", "\0", "Europe/Москва"])
def test_a_zone_that_is_unknown_or_was_deleted_is_refused(zone):
    with pytest.raises(CalendarError) as refused:
        parse_calendar({"timezone": zone, "week": {}})

    assert str(refused.value) == f"“{zone}” is not a known time zone."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"\xff", "The calendar is not UTF-8 text."),
        ('{\n"week": }', "The calendar is not JSON: line 2, Expecting value."),
        ('{"days": {"2026-01-09": [], "2026-01-09": []}}', "“2026-01-09” is there twice."),
        ("[" * 100_000, "The calendar is nested too deeply."),
    ],
)
def test_a_broken_document_is_refused_with_the_reason(text, words):
    with pytest.raises(CalendarError) as refused:
        read_calendar(text)

    assert str(refused.value) == words
