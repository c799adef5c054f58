"""What working time means at its edges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asmo_support.sla.calendar import parse_calendar
from asmo_support.sla.russia import RussianCalendar, russian_table
from asmo_support.sla.worktime import BeyondCalendar, Segment, WorkTable

HOUR = timedelta(hours=1)


def moscow(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+03:00")


def second(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def table_of(zone: str, week: dict, days: dict | None = None) -> WorkTable:
    return WorkTable(parse_calendar({"timezone": zone, "week": week, "days": days or {}}))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2024-04-26T16:00", 8, "2024-04-27T15:45"),
        ("2024-11-02T15:30", 2, "2024-11-05T10:15"),
        ("2024-12-28T16:00", 8, "2025-01-09T15:45"),
        ("2025-04-30T15:00", 2, "2025-05-05T09:45"),
        ("2026-01-01T03:00", 2, "2026-01-12T10:45"),
        ("2027-02-20T14:00", 8, "2027-02-24T14:45"),
    ],
)
def test_odd_days_of_the_russian_calendar_give_the_known_deadlines(start, hours, due):
    assert russian_table().due_at(moscow(start), hours * HOUR) == moscow(due)


def test_a_span_that_ends_at_closing_time_is_due_at_closing_time():
    assert russian_table().due_at(moscow("2026-11-20T15:00"), 2 * HOUR) == moscow("2026-11-20T17:00")


def test_a_second_more_than_the_day_is_due_a_second_after_the_next_opening():
    due = russian_table().due_at(moscow("2026-11-20T15:00"), 2 * HOUR + timedelta(seconds=1))

    assert due == moscow("2026-11-23T08:45:01")


def test_no_allowance_is_due_at_once_in_hours_and_at_the_opening_outside_them():
    table = russian_table()

    assert table.due_at(moscow("2026-11-20T15:00"), 0 * HOUR) == moscow("2026-11-20T15:00")
    assert table.due_at(moscow("2026-11-20T17:00"), 0 * HOUR) == moscow("2026-11-23T08:45")


def test_parts_of_a_second_are_kept_in_hours_and_dropped_outside_them():
    table, part = russian_table(), timedelta(microseconds=250_000)

    assert table.due_at(moscow("2026-11-20T15:00:00.500"), HOUR + part) == moscow("2026-11-20T16:00:00.750")
    assert table.due_at(moscow("2026-11-20T16:59:59.500"), 3 * part) == moscow("2026-11-23T08:45:00.250")
    assert table.due_at(moscow("2026-11-21T12:00:00.500"), part) == moscow("2026-11-23T08:45:00.250")
    assert table.elapsed_between(moscow("2026-11-20T16:59:59.250"), moscow("2026-11-21T10:00:00.9")) == 3 * part


def test_elapsed_backwards_is_the_negative_of_forwards():
    table, early, late = russian_table(), second("2026-04-30T12:00Z"), second("2026-05-05T06:00Z")

    assert (table.elapsed(early, late), table.elapsed(late, early)) == (34_200, -34_200)


def test_adding_backwards_may_end_on_an_opening_and_leaves_off_hours_by_the_last_closing():
    table = russian_table()

    assert table.add(second("2026-11-20T09:00Z"), -3 * 3600 - 900) == second("2026-11-20T05:45Z")
    assert table.add(second("2026-11-21T09:00Z"), -3600) == second("2026-11-20T13:00Z")
    assert WorkTable(RussianCalendar()).add(second("2026-01-12T05:45Z"), -400 * 29_700) < second("2025-01-01T00:00Z")


def test_a_negative_allowance_is_refused():
    with pytest.raises(ValueError, match="cannot be negative"):
        russian_table().due(0, -1)


def test_a_pause_moves_the_deadline_by_the_working_time_in_it():
    pause = (moscow("2026-11-20T16:00"), moscow("2026-11-23T09:45"))

    assert russian_table().due_at(moscow("2026-11-20T15:00"), 2 * HOUR, [pause]) == moscow("2026-11-23T10:45")


def test_a_pause_that_begins_when_the_norm_is_used_up_moves_nothing():
    pause = (moscow("2026-11-20T17:00"), moscow("2026-11-24T12:00"))

    assert russian_table().due_at(moscow("2026-11-20T15:00"), 2 * HOUR, [pause]) == moscow("2026-11-20T17:00")


def test_a_pause_counts_when_only_an_earlier_pause_brings_the_deadline_to_it():
    friday = (moscow("2026-11-20T16:00"), moscow("2026-11-20T17:00"))
    monday = (moscow("2026-11-23T09:00"), moscow("2026-11-23T10:00"))

    assert russian_table().due_at(moscow("2026-11-20T15:00"), 2 * HOUR, [monday, friday]) == moscow("2026-11-23T10:45")


def test_pauses_that_overlap_or_begin_before_the_start_count_once():
    pauses = [
        (moscow("2026-11-20T10:00"), moscow("2026-11-20T13:00")),
        (moscow("2026-11-20T12:30"), moscow("2026-11-20T14:00")),
    ]
    start, end = moscow("2026-11-20T12:00"), moscow("2026-11-20T16:00")

    assert russian_table().elapsed_between(start, end, pauses) == 2 * HOUR
    assert russian_table().due_at(start, HOUR, pauses) == moscow("2026-11-20T15:00")


def test_breaks_split_the_day_and_midnight_joins_two():
    table = table_of("UTC", {"mon": [["20:00", "24:00"], ["08:00", "12:00"]], "tue": [["00:00", "02:00"]]})

    assert table.due(second("2026-11-23T11:00Z"), 6 * 3600) == second("2026-11-24T01:00Z")
    assert not table.is_working(second("2026-11-23T12:00Z"))
    assert table.is_working(second("2026-11-24T00:00Z"))


def test_the_segments_of_a_span_name_each_day_in_the_zone_of_the_calendar():
    table = russian_table()
    start, end = second("2026-04-30T12:00Z"), second("2026-05-05T06:00Z")

    assert table.segments(start, end) == [
        Segment(date(2026, 4, 30), start, second("2026-04-30T13:00Z")),
        Segment(date(2026, 5, 4), second("2026-05-04T05:45Z"), second("2026-05-04T14:00Z")),
        Segment(date(2026, 5, 5), second("2026-05-05T05:45Z"), end),
    ]
    assert table.segments(end, start) == []


def test_a_planned_date_falls_due_at_the_closing_of_its_day_or_of_the_next_working_day():
    table = russian_table()
    days = [date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 1)]

    assert [table.closing(day) for day in days] == [
        second("2026-04-29T17:00+03:00"),
        second("2026-04-30T16:00+03:00"),
        second("2026-05-04T17:00+03:00"),
    ]


def test_working_days_are_counted_over_holidays():
    table = russian_table()

    assert table.working_day_after(date(2026, 4, 29), 3) == date(2026, 5, 5)
    assert table.working_day_after(date(2026, 4, 29), 0) == date(2026, 4, 29)


@pytest.mark.case("CT-01")
def test_an_opening_that_summer_time_skips_comes_at_the_change():
    table = table_of("Europe/Berlin", {"sun": [["02:30", "04:00"]]})

    assert table.opening_after(second("2025-03-29T12:00Z")) == second("2025-03-30T01:00Z")
    assert table.elapsed(second("2025-03-30T00:00Z"), second("2025-03-30T12:00Z")) == 3600


@pytest.mark.case("CT-01")
def test_hours_that_the_clock_repeats_are_worked_twice():
    table = table_of("Europe/Berlin", {"sun": [["02:00", "02:30"]]})

    assert [one.seconds for one in table.segments(second("2025-10-26T00:00Z"), second("2025-10-26T12:00Z"))] == [
        1800,
        1800,
    ]
    assert table.due(second("2025-10-26T00:00Z"), 2700) == second("2025-10-26T01:15Z")


@pytest.mark.case("CT-01")
def test_a_date_that_a_zone_left_out_has_no_hours():
    table = table_of("Pacific/Apia", {"fri": [["09:00", "17:00"]]})

    assert table.elapsed(second("2011-12-24T00:00-10:00"), second("2012-01-05T00:00+14:00")) == 0


@pytest.mark.case("CT-03")
def test_the_leap_day_and_the_turn_of_the_year_are_ordinary_days():
    table = russian_table()

    assert table.due_at(moscow("2024-02-29T16:00"), 2 * HOUR) == moscow("2024-03-01T09:45")
    assert table.due_at(moscow("2027-12-30T16:00"), 2 * HOUR).date() == date(2028, 1, 10)


def test_a_table_grows_in_both_directions_and_its_answers_stay_the_same():
    table, here = WorkTable(RussianCalendar()), second("2026-04-30T12:00Z")
    first = table.due(here, 28_800)

    assert table.elapsed(second("2019-02-01T00:00Z"), second("2039-02-01T00:00Z")) > 20 * 240 * 8 * 3600
    assert (table.due(here, 28_800), table.due(first, 20 * 245 * 29_700) > second("2045-01-01T00:00Z")) == (first, True)


def test_years_that_nobody_plans_in_are_refused_in_words():
    with pytest.raises(BeyondCalendar, match="only from 1900 to 2299"):
        russian_table().due(second("2450-01-01T00:00Z"), 60)
    with pytest.raises(BeyondCalendar, match="only from 1900 to 2299"):
        russian_table().opening_after(10**18)


def test_a_calendar_without_hours_answers_that_it_has_none():
    table = table_of("UTC", {}, {"2026-01-09": [["10:00", "11:00"]]})

    assert table.due(second("2026-01-01T00:00Z"), 3600) == second("2026-01-09T11:00Z")
    with pytest.raises(BeyondCalendar, match="too little working time"):
        table.opening_after(second("2026-01-10T00:00Z"))


def test_a_naive_datetime_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        russian_table().due_at(datetime(2026, 1, 1), HOUR)  # noqa: DTZ001


def test_the_answer_is_a_time_of_the_calendar_zone():
    due = russian_table().due_at(datetime(2026, 11, 20, 9, tzinfo=UTC), HOUR)

    assert due.isoformat() == "2026-11-20T13:00:00+03:00"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 - the zone follows
    st.timedeltas(timedelta(microseconds=1), timedelta(days=30)),
)
def test_going_back_and_counting_forwards_give_the_same_length(naive, length):
    table = russian_table()
    start = naive.replace(tzinfo=table.calendar.zone)

    back = table.added(start, -length)

    assert back < start
    assert table.elapsed_between(back, start) == length
