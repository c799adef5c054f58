"""A year or other hours are prepared, looked at, published; what was in force stays readable and comes back as new."""

from copy import deepcopy
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import translation

from asmo_support.journal.models import Event
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.sla import calendars
from asmo_support.sla.actions.calendars import (
    change_hours,
    drop,
    go_back,
    load_year,
    open_calendar,
    publish,
    rename,
    retire,
)
from asmo_support.sla.loading import derived, read
from asmo_support.sla.loading.keeping import packed, unpacked, year_as_worked, year_of_country
from asmo_support.sla.models import CalendarDraft, CalendarVersion, WorkCalendar
from asmo_support.sla.queries import current_key, table_of
from asmo_support.wall.acting import DESK, acting_as
from tests.sla import samples

TEXT_2028 = (
    "О переносе выходных дней в 2028 году\n"
    "с субботы 1 января на понедельник 13 марта;\nс воскресенья 2 января на пятницу 3 ноября"
)
WEEK = {"mon": [["09:00", "18:00"]], "tue": [["09:00", "13:00"], ["14:00", "18:00"]]}
OWN = {"zone": "Asia/Yekaterinburg", "week": WEEK, "production": True, "shortening": 60, "years": {}, "days": {}}


@pytest.fixture(autouse=True)
def _english():
    """Tests read the words as they stand in the code."""
    with translation.override("en"):
        yield


def base():
    return WorkCalendar.objects.get(slug="default")


def load(cast, text=TEXT_2028, year=2028, title="Постановление № 900"):
    return load_year(base(), read(text, year), by=cast.admin, title=title)


def kinds():
    return list(Event.objects.filter(thing="calendar").order_by("id").values_list("kind", flat=True))


def test_a_loaded_year_is_in_force_only_after_it_is_published(cast):
    before = calendars.in_force().year(2028)
    draft = load(cast)

    assert (before.is_provisional, calendars.in_force().year(2028)) == (True, before)
    assert (draft.base, calendars.loaded_year(draft)) == (1, read(TEXT_2028))
    version = publish(base(), by=cast.admin, source="pravo.gov.ru", note="Пришло в сентябре")

    year = calendars.in_force().year(2028)
    assert (year.decree, year.works(date(2028, 3, 13)), year.works(date(2028, 11, 3))) == (
        "Постановление № 900",
        False,
        False,
    )
    assert (version.n, version.author, version.source, version.note) == (
        2,
        cast.admin,
        "pravo.gov.ru",
        "Пришло в сентябре",
    )
    assert (current_key(), CalendarDraft.objects.count()) == ("default@2", 0)
    assert kinds() == ["calendar.drafted", "calendar.published"]


@pytest.mark.parametrize("form", [samples.decree, samples.xml, samples.digits])
def test_a_published_year_counts_as_it_was_published_whatever_its_form(cast, form):
    load_year(base(), derived(2024), by=cast.admin, title="По закону")
    publish(base(), by=cast.admin, source="ТК")
    load_year(base(), read(form(2024), 2024), by=cast.admin, title="Постановление № 1314")
    publish(base(), by=cast.admin, source="pravo.gov.ru")

    year = year_of_country(calendars.in_force(), 2024)
    assert {day: year.kind(day) for day in year.days} == samples.kinds(2024)
    assert year == year_as_worked(calendars.in_force(), 2024).__class__(
        **{name: getattr(year, name) for name in year.__slots__}
    )


def test_a_year_goes_into_a_draft_and_comes_back_whole():
    for form in (samples.decree, samples.months_json, samples.table, samples.xml):
        assert unpacked(packed(read(form(2024), 2024))) == read(form(2024), 2024)


def test_a_year_with_mistakes_is_not_published(cast):
    load_year(base(), read(samples.digits(2026), 2027), by=cast.admin, title="isdayoff")

    with pytest.raises(Refused, match="audit"):
        publish(base(), by=cast.admin, source="isdayoff.ru")
    assert (current_key(), CalendarDraft.objects.count()) == ("default@1", 1)


def test_a_version_without_a_source_is_refused(cast):
    load(cast)

    with pytest.raises(Refused) as refused:
        publish(base(), by=cast.admin, source="  ")
    assert refused.value.field == "source"


def test_publishing_twice_and_over_another_one_is_refused(cast):
    load(cast)
    draft = deepcopy(CalendarDraft.objects.values("base", "content", "author_id").get())
    publish(base(), by=cast.admin, source="pravo.gov.ru")
    with pytest.raises(Conflict, match="nothing to publish"):
        publish(base(), by=cast.admin, source="pravo.gov.ru")

    CalendarDraft.objects.create(calendar=base(), **draft)
    with pytest.raises(Conflict, match="another version"):
        publish(base(), by=cast.admin, source="pravo.gov.ru")


def test_an_earlier_version_comes_back_as_a_new_one(cast):
    first = base().versions.get(n=1)
    load(cast)
    publish(base(), by=cast.admin, source="pravo.gov.ru")
    go_back(first, by=cast.admin)
    again = publish(base(), by=cast.admin, source="Ошиблись годом")

    assert (again.n, again.content) == (3, first.content)
    assert [one.n for one in calendars.versions(base())] == [3, 2, 1]
    assert table_of("default@3").calendar.hours(date(2028, 3, 13)) == table_of("default@1").calendar.hours(
        date(2028, 3, 13)
    )
    with pytest.raises(Refused, match="Nothing is different"):
        go_back(again, by=cast.admin)


def test_a_draft_is_thrown_away_and_leaves_what_is_in_force(cast):
    load(cast)
    drop(base(), by=cast.admin)
    drop(base(), by=cast.admin)

    assert (CalendarDraft.objects.count(), current_key()) == (0, "default@1")
    assert kinds() == ["calendar.drafted", "calendar.draft-dropped"]


def test_a_calendar_of_its_own_follows_the_country_in_its_own_hours(cast):
    row = open_calendar("Уральский филиал", OWN, by=cast.admin)
    load(cast)
    publish(base(), by=cast.admin, source="pravo.gov.ru")

    calendar = calendars.in_force(row.slug)
    assert current_key(row.slug) == f"{row.slug}@2"
    assert (calendar.zone.key, calendar.hours(date(2028, 3, 13))) == ("Asia/Yekaterinburg", ())
    assert calendar.hours(date(2028, 3, 14)) == ((32_400, 46_800), (50_400, 64_800))


def test_a_draft_of_a_calendar_that_follows_keeps_its_own_changes(cast):
    row = open_calendar("Уральский филиал", OWN, by=cast.admin)
    change_hours(row, {"shortening": 30}, by=cast.admin)
    load(cast)
    publish(base(), by=cast.admin, source="pravo.gov.ru")
    publish(row, by=cast.admin, source="Приказ филиала")

    calendar = calendars.in_force(row.slug)
    assert (calendar.shortening, calendar.year(2028).decree) == (1800, "Постановление № 900")
    assert current_key(row.slug) == f"{row.slug}@3"


def test_a_calendar_without_the_country_is_left_alone(cast):
    row = open_calendar("Круглосуточно", {**OWN, "production": False}, by=cast.admin)
    load(cast)
    publish(base(), by=cast.admin, source="pravo.gov.ru")

    assert current_key(row.slug) == f"{row.slug}@1"
    with pytest.raises(Refused, match="follow"):
        load_year(row, read(TEXT_2028), by=cast.admin, title="—")


def test_a_calendar_in_which_nobody_works_is_refused_by_the_deed_and_by_the_database(cast):
    with pytest.raises(Refused, match="clocks would never end"):
        open_calendar("Пусто", {**OWN, "week": {}}, by=cast.admin)
    with pytest.raises(Refused, match="clocks would never end"):
        change_hours(base(), {"week": {"mon": []}}, by=cast.admin)
    with pytest.raises(IntegrityError, match="calendar_version_has_hours"), transaction.atomic():
        CalendarVersion.objects.create(calendar=base(), n=7, content={**OWN, "week": {}})


def test_a_calendar_gets_another_name_once(cast):
    rename(base(), "Служба поддержки", by=cast.admin)
    rename(base(), "Служба поддержки", by=cast.admin)

    assert (base().name, kinds()) == ("Служба поддержки", ["calendar.renamed"])


@pytest.mark.parametrize(
    ("today", "wanted"), [(date(2027, 11, 30), None), (date(2027, 12, 1), 2028), (date(2026, 12, 31), None)]
)
def test_from_december_the_next_year_is_wanted_when_it_has_no_decree(db, today, wanted):
    assert calendars.wanted_year(calendars.in_force(), today) == wanted


def test_years_say_their_decree_or_that_they_are_provisional(db):
    found = {
        one.year: (one.is_provisional, one.working_days)
        for one in calendars.years_of(calendars.in_force(), date(2026, 11, 22))
    }

    assert found == {
        2023: (False, 247), 2024: (False, 248), 2025: (False, 247), 2026: (False, 247), 2027: (False, 247), 2028: (True, 249),
    }  # fmt: skip


def test_a_calendar_that_is_no_longer_offered_still_follows_the_country(cast):
    row = open_calendar("Уральский филиал", OWN, by=cast.admin)
    retire(row, by=cast.admin)
    retire(row, by=cast.admin)
    load(cast)
    publish(base(), by=cast.admin, source="pravo.gov.ru")

    row.refresh_from_db()
    assert (row.retired, row.current, calendars.in_force(row.slug).year(2028).decree) == (
        True,
        2,
        "Постановление № 900",
    )
    assert kinds().count("calendar.retired") == 1
    with pytest.raises(Refused, match="always needed"):
        retire(base(), by=cast.admin)


def test_the_desk_may_add_versions_and_never_change_or_remove_one(cast):
    with acting_as(DESK):
        for deed in (lambda rows: rows.update(source="иначе"), lambda rows: rows.delete()):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                deed(CalendarVersion.objects.filter(n=1))
        load(cast)
        assert publish(base(), by=cast.admin, source="pravo.gov.ru").n == 2


def test_two_calendars_never_have_one_name(cast):
    first = open_calendar("Уральский филиал", OWN, by=cast.admin)
    second = open_calendar("Сибирский филиал", OWN, by=cast.admin)
    retire(first, by=cast.admin)

    for deed in (
        lambda: open_calendar(" уральский  филиал", OWN, by=cast.admin),
        lambda: rename(second, "УРАЛЬСКИЙ ФИЛИАЛ", by=cast.admin),
    ):
        with pytest.raises(Refused, match="There is a calendar with this name already"):
            deed()
    rename(second, "Сибирский Филиал", by=cast.admin)
    assert sorted(WorkCalendar.objects.exclude(slug="default").values_list("name", flat=True)) == [
        "Сибирский Филиал", "Уральский филиал",
    ]  # fmt: skip


def test_a_calendar_without_a_name_is_refused(cast):
    with pytest.raises(Refused, match="needs a name"):
        open_calendar(" ", OWN, by=cast.admin)
