"""The derived calendar equals what the government published."""

from datetime import date, timedelta

import holidays
import pytest

from asmo_support.sla.russia import RussianCalendar, known_year, russian_year


@pytest.mark.parametrize(
    ("year", "working", "hours", "weekends", "short"),
    [
        (2023, 247, 1973, "", "22.02 07.03 03.11"),
        (2024, 248, 1979, "27.04 02.11 28.12", "22.02 07.03 08.05 11.06 02.11"),
        (2025, 247, 1972, "01.11", "07.03 30.04 11.06 01.11"),
        (2026, 247, 1972, "", "30.04 08.05 11.06 03.11"),
        (2027, 247, 1972, "20.02", "20.02 30.04 11.06 03.11"),
    ],
)
def test_a_decreed_year_has_the_published_days_and_hours(year, working, hours, weekends, short):
    known = known_year(year)

    def dates(text):
        return {date(year, int(day[3:]), int(day[:2])) for day in text.split()}

    assert (len(known.working_days), known.working_weekends, known.short) == (working, dates(weekends), dates(short))
    assert 8 * len(known.working_days) - len(known.short) == hours
    assert not known.is_provisional


@pytest.mark.parametrize("year", range(2023, 2028))
def test_every_day_of_a_decreed_year_agrees_with_the_public_list(year):
    public, first = holidays.country_holidays("RU", years=[year]), date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]

    assert {day for day in days if known_year(year).works(day)} == {day for day in days if public.is_working_day(day)}


def test_a_year_without_a_decree_follows_from_the_law_and_is_provisional():
    year = known_year(2028)

    assert year.is_provisional
    assert [day for day in (date(2028, 1, 8), date(2028, 1, 10), date(2028, 6, 12)) if year.works(day)] == [
        date(2028, 1, 10)
    ]
    assert year.short == {date(2028, 2, 22), date(2028, 3, 7), date(2028, 5, 8), date(2028, 11, 3)}


def test_a_holiday_on_a_weekend_moves_to_the_next_working_day_unless_a_decree_says_otherwise():
    assert not known_year(2026).works(date(2026, 3, 9))
    assert not known_year(2026).works(date(2026, 5, 11))
    assert known_year(2025).works(date(2025, 3, 10))
    assert not russian_year(2025).works(date(2025, 3, 10))


def test_hours_and_shortening_are_settings():
    calendar = RussianCalendar(working_day=((9 * 3600, 12 * 3600), (13 * 3600, 18 * 3600)), shortening=2 * 3600)

    assert calendar.hours(date(2026, 4, 29)) == ((32_400, 43_200), (46_800, 64_800))
    assert calendar.hours(date(2026, 4, 30)) == ((32_400, 43_200), (46_800, 57_600))
    assert calendar.hours(date(2026, 5, 1)) == ()


def test_a_shortening_longer_than_the_last_part_of_the_day_leaves_the_earlier_parts():
    calendar = RussianCalendar(working_day=((9 * 3600, 12 * 3600), (13 * 3600, 14 * 3600)), shortening=3 * 3600)

    assert calendar.hours(date(2026, 4, 30)) == ((32_400, 39_600),)
