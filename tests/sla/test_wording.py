"""What people type about hours and days is read back as they would type it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asmo_support.sla.loading import Unusable
from asmo_support.sla.wording import days_said, hours_said, read_days, read_hours, week_said

MINUTES = st.lists(st.integers(0, 1440), unique=True, max_size=6).map(sorted)


def spans_of(cuts):
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [[f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}"] for start, end in pairs]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8:45–17:00", [["08:45", "17:00"]]),
        ("08.45 - 17.00", [["08:45", "17:00"]]),
        ("13:00-18:00,9:00-13:00", [["09:00", "13:00"], ["13:00", "18:00"]]),
        ("0:00–24:00", [["00:00", "24:00"]]),
        ("9–18", [["09:00", "18:00"]]),
        ("9-13, 14-17.30", [["09:00", "13:00"], ["14:00", "17:30"]]),
        ("9:00–13:00 14:00–18:00", [["09:00", "13:00"], ["14:00", "18:00"]]),
        ("9 - 13; 14 - 18", [["09:00", "13:00"], ["14:00", "18:00"]]),
        ("с 9 до 13 и с 14:00 до 18", [["09:00", "13:00"], ["14:00", "18:00"]]),
        (" ", []),
    ],
)
def test_hours_are_read_as_people_type_them(typed, read):
    assert read_hours(typed) == read


def test_days_in_a_row_are_said_in_one_line():
    days = {"2026-06-01": [], "2026-06-02": [], "2026-06-03": [["10:00", "14:00"]], "2026-06-05": []}

    assert days_said(days) == "01.06.2026–02.06.2026\n03.06.2026 10:00–14:00\n05.06.2026"


def test_a_week_is_said_in_runs_of_days():
    week = {"mon": [["09:00", "18:00"]], "tue": [["09:00", "18:00"]], "wed": [["09:00", "13:00"]]}

    assert week_said(week) == [(0, 1, "9:00–18:00"), (2, 2, "9:00–13:00"), (3, 6, "")]


@settings(max_examples=200, deadline=None, database=None)
@given(st.lists(st.tuples(st.integers(0, 4000), MINUTES), max_size=20))
def test_what_is_said_is_read_back_the_same(chosen):
    first = date(2024, 1, 1)
    days = {(first + timedelta(days=day)).isoformat(): spans_of(cuts) for day, cuts in chosen}

    assert read_days(days_said(days)) == dict(sorted(days.items()))
    assert [read_hours(hours_said(spans)) for spans in days.values()] == list(days.values())


@settings(max_examples=300, deadline=None, database=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for reader in (read_hours, read_days):
        try:
            found = reader(text)
        except Unusable as wrong:
            found = wrong.code

        assert found is not None
