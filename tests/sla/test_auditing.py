"""Before a year goes into force each doubt is named."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from asmo_support.sla.loading import Difference, Severity, audit, compare, derived, read
from asmo_support.sla.loading.compare import months
from asmo_support.sla.loading.words import finding
from asmo_support.sla.russia import DECREES
from tests.sla import samples


def troubles(days):
    return {one.code: one for one in audit(days) if one.severity != Severity.FINE}


@pytest.mark.parametrize("year", range(2023, 2028))
def test_a_published_year_passes_every_look(year):
    for form in (samples.decree, samples.xml, samples.months_json, samples.digits, samples.contribution):
        assert troubles(read(form(year), year)) == {}


def test_an_audit_names_what_was_looked_at_and_found_well():
    found = {one.code: one.found for one in audit(read(samples.months_json(2024)))}

    assert found == {
        "holidays": "", "weekends": "", "working_days": "248", "sums": "5", "moves": "5", "short": "5", "derivation": "",
    }  # fmt: skip
    assert {one.code: one.found for one in audit(read(samples.decree(2024)))}["weekday_words"] == "10"


def test_a_holiday_that_is_worked_is_wrong():
    found = troubles(read(samples.digits(2026)[:53] + "0" + samples.digits(2026)[54:], 2026))

    assert (found["holidays"].severity, found["holidays"].days) == (Severity.WRONG, (date(2026, 2, 23),))
    assert found["derivation"].days == (date(2026, 2, 23),)


def test_the_digits_of_another_year_are_found_by_their_weekends():
    found = troubles(read(samples.digits(2026), 2027))

    assert found["weekends"].severity == Severity.WRONG
    assert found["weekends"].days[0] == date(2027, 1, 16)


def test_sums_that_do_not_fit_the_days_are_wrong():
    found = troubles(read(samples.months_json(2026).replace('"workdays": 247', '"workdays": 249')))

    assert {code: (one.severity, one.found, one.expected) for code, one in found.items()} == {
        "sum_work": (Severity.WRONG, "247", "249")
    }


def test_a_rest_day_that_was_moved_but_is_not_worked_is_wrong():
    found = troubles(read(samples.xml(2024).replace('        <day d="04.27" t="3"/>\n', "")))

    assert (found["moves"].severity, found["moves"].days) == (Severity.WRONG, (date(2024, 4, 27),))


def test_a_row_published_before_the_decree_is_doubted():
    plain = derived(2024)
    whole = samples.table(2024)

    found = troubles(read(whole.replace('"6,7,13,14,20,21,28,29+,30+"', '"6,7,13,14,20,21,27,28,30*"'), 2024))

    assert whole != samples.table(2023)
    assert found["before_decree"].severity == Severity.DOUBT
    assert found["derivation"].days == (date(2024, 4, 27), date(2024, 4, 29), date(2024, 4, 30))
    assert found["sum_hours40"].expected == "1979"
    assert plain.kind(date(2024, 4, 30)) == "short"


def test_an_answer_asked_without_shortened_days_is_doubted():
    found = troubles(read(samples.digits(2026).replace("2", "0"), 2026))

    assert found["no_short"].severity == Severity.DOUBT
    assert found["short"].days == (date(2026, 4, 30), date(2026, 5, 8), date(2026, 6, 11), date(2026, 11, 3))


def test_a_year_with_too_few_working_days_is_doubted():
    freed = samples.digits(2026)[:90] + "1" * 30 + samples.digits(2026)[120:]

    assert troubles(read(freed, 2026))["working_days"] == next(
        one for one in audit(read(freed, 2026)) if (one.found, one.expected) == ("225", "240–255")
    )


def test_a_year_whose_decree_is_new_to_us_only_notes_what_it_moves():
    text = (
        "Перенести в 2028 году: с субботы 1 января на понедельник 13 марта; с воскресенья 2 января на пятницу 3 ноября"
    )
    days = read(text)
    other = read("".join("012"[("work", "off", "short").index(days.kind(day))] for day in days.days), 2028)

    assert troubles(days) == {}
    assert [(one.severity, one.days) for one in troubles(other).values()] == [
        (Severity.NOTE, (date(2028, 3, 13), date(2028, 11, 3)))
    ]


def test_the_gravest_finding_comes_first():
    order = [one.severity for one in audit(read(samples.digits(2026), 2027))]

    assert order[0] == Severity.WRONG
    assert order == sorted(order, key=list(Severity).index, reverse=True)


def test_two_versions_of_a_year_differ_in_days_that_are_named():
    before, after = derived(2024), derived(2024, DECREES[2024])

    assert compare(after, after) == []
    assert compare(before, after) == [
        Difference(date(2024, 4, 27), "off", "work"),
        Difference(date(2024, 4, 29), "work", "off"),
        Difference(date(2024, 4, 30), "short", "off"),
        Difference(date(2024, 5, 10), "work", "off"),
        Difference(date(2024, 11, 2), "off", "short"),
        Difference(date(2024, 12, 28), "off", "work"),
        Difference(date(2024, 12, 30), "work", "off"),
        Difference(date(2024, 12, 31), "short", "off"),
    ]
    with pytest.raises(ValueError, match="2023 and 2024 are different years"):
        compare(derived(2023), before)


def test_twelve_sheets_show_every_day_once_and_what_it_was():
    sheets = months(derived(2024, DECREES[2024]), derived(2024))
    cells = [cell for sheet in sheets for week in sheet.weeks for cell in week if cell.day]

    assert {cell.day: cell.kind for cell in cells} == samples.kinds(2024)
    assert [cell.day for cell in cells if cell.was] == [
        one.day for one in compare(derived(2024), derived(2024, DECREES[2024]))
    ]
    assert all(len(week) == 7 for sheet in sheets for week in sheet.weeks)
    assert sum(sheet.working_days for sheet in sheets) == 248


def test_the_norms_of_hours_are_those_of_the_order():
    year = derived(2026, DECREES[2026])

    assert [year.norm(week) for week in (40, 36, 24)] == [Decimal(1972), Decimal("1774.4"), Decimal("1181.6")]


def test_a_number_with_a_part_is_said_with_a_comma_in_russian():
    broken = samples.months_json(2026).replace("1774.4", "1700.4")
    with translation.override("ru"):
        said = [finding(one) for one in audit(read(broken, 2026))]

    assert [one for one in said if "1700,4" in one and "1774,4" in one]
    assert re.findall(r"\d\.\d\b(?!\d)", " ".join(said)) == []
