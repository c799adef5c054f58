"""Deadlines equal a count of every minute, in zones that change their clocks by night."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asmo_support.sla.calendar import WeekCalendar, zone_named
from asmo_support.sla.russia import russian_table
from asmo_support.sla.worktime import WorkTable
from tests.sla.oracle import MinuteOracle, week_hours

NIGHTS = [(0, 90), (100, 150), (165, 210), (540, 1050), (1320, 1440)]
CASES = 1300  # in each of eight windows: more than 10,000


def _table(zone: str, week, days=()) -> WorkTable:
    def seconds(hours):
        return tuple((start * 60, end * 60) for start, end in hours)

    return WorkTable(
        WeekCalendar(
            zone_named(zone),
            tuple(seconds(week.get(number, [])) for number in range(7)),
            {day: seconds(hours) for day, hours in dict(days).items()},
        )
    )


def _agree(table: WorkTable, oracle: MinuteOracle, cases: int, seed: int) -> None:
    pick = random.Random(seed)
    for _ in range(cases):
        start = pick.randrange(oracle.since + 3000, oracle.until - 20 * 1440) * 60
        end = start + pick.randrange(-3000, 15 * 1440) * 60
        length = pick.choice([0, 60, 7200, 28800, pick.randrange(3000) * 60])
        assert table.due(start, length) == oracle.due(start, length), (start, length)
        assert table.elapsed(*sorted([start, end])) == oracle.elapsed(*sorted([start, end])), (start, end)
        first = start + pick.randrange(-200, 3000) * 60
        second = first + pick.randrange(4000) * 60
        pauses = [(second, second + pick.randrange(1, 2000) * 60), (first, first + pick.randrange(1, 2000) * 60)]
        assert table.elapsed(start, end, pauses) == (end > start) * oracle.elapsed(start, end, pauses) - (
            end < start
        ) * oracle.elapsed(end, start, pauses)
        if length:
            assert table.due(start, length, pauses) == oracle.due(start, length, pauses), (start, length, pauses)


@pytest.mark.case("CT-01")
@pytest.mark.parametrize(
    ("zone", "since", "until"),
    [
        ("Europe/Berlin", "2025-03-16T00:00Z", "2025-05-20T00:00Z"),
        ("Europe/Berlin", "2025-10-12T00:00Z", "2025-12-14T00:00Z"),
        ("America/New_York", "2026-02-22T00:00Z", "2026-05-01T00:00Z"),
        ("America/New_York", "2026-10-18T00:00Z", "2026-12-24T00:00Z"),
        ("Australia/Lord_Howe", "2025-09-21T00:00Z", "2025-11-24T00:00Z"),
        ("Australia/Lord_Howe", "2026-03-22T00:00Z", "2026-05-27T00:00Z"),
        ("Europe/Moscow", "2014-10-12T00:00Z", "2014-12-14T00:00Z"),
    ],
)
def test_every_minute_of_a_changed_clock_is_counted_as_the_wall_shows_it(zone, since, until):
    days = {date(2025, 3, 31): [], date(2026, 3, 30): [(600, 660)], date(2025, 10, 5): [(0, 1440)]}
    week = dict.fromkeys((0, 2, 5, 6), NIGHTS)

    _agree(_table(zone, week, days), MinuteOracle(zone, week_hours(week, days), since, until), CASES, seed=7)


@pytest.mark.case("CT-03")
def test_moscow_hours_over_the_new_year_and_the_leap_day_equal_a_count_of_minutes():
    whole, short, off = [(525, 1020)], [(525, 960)], []
    odd = {date(2023, 12, 29): whole, date(2024, 2, 22): short, date(2024, 2, 23): off}
    odd |= {date(2024, 1, day): off for day in range(1, 9)}
    week = dict.fromkeys(range(5), whole)

    oracle = MinuteOracle("Europe/Moscow", week_hours(week, odd), "2023-12-10T00:00Z", "2024-03-06T00:00Z")

    _agree(russian_table(), oracle, CASES, seed=11)


@settings(max_examples=60, deadline=None, database=None)
@given(
    zone=st.sampled_from(["Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    hours=st.lists(
        st.lists(st.integers(0, 1440), unique=True, max_size=6)
        .map(sorted)
        .map(lambda cuts: list(zip(cuts[::2], cuts[1::2], strict=False))),
        min_size=7,
        max_size=7,
    ),
    data=st.data(),
)
def test_any_week_anywhere_equals_a_count_of_minutes(zone, hours, data):
    week = {**dict(enumerate(hours)), 2: [(600, 601)]}  # at least one working minute a week
    oracle = MinuteOracle(zone, week_hours(week, {}), "2026-03-26T00:00Z", "2026-04-25T00:00Z")
    table = _table(zone, week)
    minute = st.integers(oracle.since, oracle.since + 14 * 1440)

    start, end = sorted([data.draw(minute) * 60, data.draw(minute) * 60])
    passed = table.elapsed(start, end)

    assert passed == oracle.elapsed(start, end)
    assert table.due(start, passed) == oracle.due(start, passed)
    assert table.elapsed(start, table.due(start, passed)) == passed
    assert sum(one.seconds for one in table.segments(start, end)) == passed
