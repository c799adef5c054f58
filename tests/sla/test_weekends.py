"""Calendars that work at weekends: their own hours of Saturday and Sunday hold, holidays close them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from asmo_support.sla.layers import read_layers
from asmo_support.sla.loading.keeping import year_as_worked
from asmo_support.sla.worktime import WorkTable

HOUR = 3600
FIVE = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
DECREE = {"title": "Постановление", "moves": [["2027-02-20", "2027-02-22"]]}
SIX = read_layers(
    {"zone": "Asia/Vladivostok", "week": {**FIVE, "sat": [["10:00", "14:00"]]}, "years": {"2027": DECREE}}
)
ALWAYS = read_layers({"zone": "Europe/Moscow", "week": {day: [["00:00", "24:00"]] for day in (*FIVE, "sat", "sun")}})


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-11-28", (10, 14)),  # a plain Saturday
        ("2027-02-20", (10, 13)),  # worked by decree instead of the eve of a holiday
        ("2026-11-29", None),  # a Sunday without hours
        ("2026-05-09", None),  # a Saturday that is a holiday
        ("2027-11-06", (10, 14)),  # after a holiday
        ("2027-05-08", (10, 13)),  # the eve of a holiday
        ("2027-02-22", None),  # a Monday off by decree
    ],
)
def test_saturdays_with_hours_are_worked_but_for_holidays(day, hours):
    assert SIX.hours(date.fromisoformat(day)) == (((hours[0] * HOUR, hours[1] * HOUR),) if hours else ())


def test_a_clock_of_a_service_that_never_sleeps_runs_over_the_weekend():
    friday = datetime(2026, 11, 27, 20, tzinfo=ZoneInfo("Europe/Moscow"))

    assert WorkTable(ALWAYS).due_at(friday, timedelta(hours=8)) == friday + timedelta(hours=8)


def test_the_year_as_worked_counts_the_saturdays():
    saturdays = [day for day in year_as_worked(SIX, 2027).work if day.weekday() == 5]

    # 52 Saturdays less the holidays among them: 2 January, 1 May, 12 June.
    assert len(saturdays) == 49
