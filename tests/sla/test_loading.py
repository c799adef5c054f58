"""A year is read exactly from each form it is published in."""

import csv
import io
from datetime import date

import pytest

from asmo_support.sla.loading import Unusable, YearDays, derived, read
from asmo_support.sla.russia import DECREES
from tests.sla import samples

FORMS = {
    "decree": samples.decree,
    "xmlcalendar-xml": samples.xml,
    "xmlcalendar-json": samples.months_json,
    "isdayoff": samples.digits,
    "isdayoff-file": samples.contribution,
    "data.gov.ru": samples.table,
}
YEARS = range(2023, 2028)


def kinds(days: YearDays) -> dict[date, str]:
    return {day: days.kind(day) for day in days.days}


def semicolons(text: str) -> str:
    """As a spreadsheet of this country saves it."""
    out = io.StringIO()
    rows = [
        [cell.replace(".", ",") if row else cell for cell in line]
        for row, line in enumerate(csv.reader([*text.splitlines()]))
    ]
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("year", YEARS)
def test_our_own_derivation_equals_the_published_year_day_by_day(year):
    assert kinds(derived(year, DECREES[year])) == samples.kinds(year)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_published_year_day_by_day(form, year):
    found = read(FORMS[form](year), year)

    assert kinds(found) == samples.kinds(year)
    assert (found.year, found.form) == (year, form)
    assert (found.working_days, int(found.norm())) == samples.SUMS[year]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "isdayoff"])
def test_a_form_that_says_its_year_needs_no_year_from_outside(form):
    assert read(FORMS[form](2027)).year == 2027


def test_the_odd_days_of_2024_and_2027_come_out_right():
    found = {year: read(samples.months_json(year)) for year in (2024, 2027)}

    odd = {day: found[day.year].kind(day) for day in (date(2024, 4, 27), date(2024, 11, 2), date(2024, 12, 28))}
    assert list(odd.values()) == ["work", "short", "work"]
    assert [found[2024].kind(date(2024, *day)) for day in ((4, 29), (5, 10), (12, 30), (12, 31))] == ["off"] * 4
    assert [found[2027].kind(date(2027, *day)) for day in ((2, 20), (2, 22), (11, 5), (12, 31))] == [
        "short",
        *["off"] * 3,
    ]


def test_a_decree_brings_its_name_and_its_moves():
    found = read(samples.DECREES[2024], 2024)

    assert found.title == "Постановление № 1314 от 10.08.2023"
    assert found.moves == DECREES[2024].moves


def test_bytes_of_a_file_are_read_with_a_mark_in_utf_16_and_in_the_windows_encoding():
    text = samples.table(2023, 2024)

    found = [read(text.encode(encoding), 2024) for encoding in ("utf-8-sig", "utf-16", "cp1251")]

    assert [kinds(one) for one in found] == [samples.kinds(2024)] * 3


def test_a_table_of_several_years_gives_the_year_that_was_chosen():
    whole = samples.table(2023, 2024, 2025)

    assert kinds(read(whole, 2024)) == samples.kinds(2024)
    assert kinds(read(whole, 2025)) == samples.kinds(2025)
    assert kinds(read(semicolons(whole), 2023)) == samples.kinds(2023)


def test_an_xml_with_the_namespace_of_its_schema_and_a_country_is_read():
    text = samples.xml(2027).replace("<calendar ", '<calendar xmlns="http://xmlcalendar.ru/calendar" country="ru" ')

    assert kinds(read(text)) == samples.kinds(2027)


@pytest.mark.parametrize("separator", ["\n", ",", " ", ";", "\r\n"])
def test_an_answer_of_digits_may_be_separated(separator):
    assert kinds(read(separator.join(samples.digits(2026)), 2026)) == samples.kinds(2026)


def test_holidays_marked_by_eight_rest_and_covid_days_work():
    digits = "8" + samples.digits(2026)[1:-2] + "4" + samples.digits(2026)[-1]

    found = read(digits, 2026)

    assert kinds(found) == samples.kinds(2026)
    assert found.notes == ("covid",)


def test_a_year_that_cannot_be_counted_is_refused():
    with pytest.raises(Unusable) as refused:
        read(samples.digits(2026), 9999)

    assert refused.value.code == "year_range"


def test_a_decree_dated_in_figures_is_called_by_its_number():
    text = (
        "Постановление Правительства от 10.09.2027 № 1500. Перенести с субботы 1 января на понедельник 13 марта 2028 г."
    )

    assert read(text, 2028).title == "Постановление № 1500 от 10.09.2027"
