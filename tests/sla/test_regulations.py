"""Regulations in versions: a draft is a copy, publishing leaves no gap and no overlap, what was in force stays."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from asmo_support.contracts.models import Contract
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.sla.actions import regulations as deeds
from asmo_support.sla.models import Norm, Regulation, RegulationVersion
from asmo_support.sla.norms import Norms, norms_for
from asmo_support.sla.queries import rules_on
from asmo_support.sla.regulations import CASES, Terms, in_force, lines_of, matrix_of, published, regulation

ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def today():
    return timezone.localdate()


def own() -> Regulation:
    return Regulation.objects.get(slug="default")


def terms_of(version, **more):
    matrix = matrix_of(version) | more.pop("matrix", {})
    facts = {"calendar": version.calendar, "vulnerability_days": 3, "vulnerability_in_working_days": False}
    return Terms(matrix=matrix, **(facts | more))


def periods(one):
    return [(row.n, row.starts_on, row.ends_on) for row in published(regulation(one.pk))]


def test_the_vendors_own_is_installed_with_the_norms_of_its_document(db, today):
    version = in_force(regulation(own().pk), today)

    assert matrix_of(version) == {case: norms_for(case[0], critical=case[1], standard=case[2]) for case in CASES}


def test_a_draft_is_a_copy_of_what_is_in_force_and_there_is_one(cast):
    draft = deeds.begin_draft(own(), by=cast.admin)

    assert matrix_of(draft) == matrix_of(own().versions.get(n=1))
    assert (draft.n, draft.state, deeds.begin_draft(own(), by=cast.admin)) == (2, "draft", draft)


def test_a_published_draft_ends_the_one_before_the_day_before(cast, today):
    draft = deeds.begin_draft(own(), by=cast.admin)
    deeds.publish(draft, today + 10 * ONE_DAY, by=cast.admin)

    assert periods(own()) == [(2, today + 10 * ONE_DAY, None), (1, date(2000, 1, 1), today + 9 * ONE_DAY)]
    assert rules_on(None, today + 9 * ONE_DAY).version.n == 1
    assert rules_on(None, today + 10 * ONE_DAY).version.n == 2


def test_what_is_written_is_what_is_promised_from_that_day(cast, today):
    draft = deeds.begin_draft(own(), by=cast.admin)
    quick = Norms(30, 240, update_minutes=60)
    deeds.write_draft(draft, terms_of(draft, matrix={("bug", True, True): quick}), by=cast.admin)
    deeds.publish(draft, today, by=cast.admin)

    assert rules_on(None, today).norms("bug", critical=True, standard=True) == quick


def test_differences_name_the_column_that_changed(cast, today):
    draft = deeds.begin_draft(own(), by=cast.admin)
    more = {("bug", True, True): Norms(60, 480), ("bug", False, True): Norms(120, None, planned=True)}
    deeds.write_draft(draft, terms_of(draft, matrix=more), by=cast.admin)
    lines = lines_of(draft, own().versions.get(n=1), timezone.now())

    assert {line.case: set(line.changed) for line in lines if line.changed} == {
        ("bug", True, True): {"reaction_minutes"}, ("bug", False, True): {"resolution_minutes"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "Today or later"), (-40_000, "Check the year"), (-9_000, "in force from")]
)
def test_a_later_version_never_begins_in_the_past(cast, today, days, words):
    draft = deeds.begin_draft(own(), by=cast.admin)

    with pytest.raises(Refused, match=words):
        deeds.publish(draft, date(2000, 1, 1) if days == -9_000 else today + days * ONE_DAY, by=cast.admin)


def test_two_versions_never_begin_on_one_day(cast, today):
    deeds.publish(deeds.begin_draft(own(), by=cast.admin), today + ONE_DAY, by=cast.admin)
    draft = deeds.begin_draft(own(), by=cast.admin)

    with pytest.raises(Refused, match="the next one begins later"):
        deeds.publish(draft, today + ONE_DAY, by=cast.admin)


def test_a_first_version_may_begin_in_the_past_for_nothing_is_rewritten(cast, today):
    draft = deeds.found("Круглосуточная поддержка", by=cast.admin)
    deeds.publish(draft, today - 30 * ONE_DAY, by=cast.admin)

    assert periods(draft.regulation) == [(1, today - 30 * ONE_DAY, None)]


def test_until_it_begins_the_vendors_own_serves(cast, today):
    draft = deeds.found("Круглосуточная поддержка", by=cast.admin)
    deeds.publish(draft, today + ONE_DAY, by=cast.admin)

    found = [rules_on(draft.regulation_id, day).version for day in (today, today + ONE_DAY)]
    assert [version.regulation.slug for version in found] == ["default", draft.regulation.slug]


def test_a_published_version_is_never_rewritten(cast, today):
    version = own().versions.get(n=1)

    with pytest.raises(Conflict, match="stays as it is"):
        deeds.write_draft(version, terms_of(version), by=cast.admin)
    with pytest.raises(Conflict):
        deeds.publish(version, today, by=cast.admin)
    with pytest.raises(Conflict):
        deeds.drop_draft(version, by=cast.admin)


@pytest.mark.parametrize(
    "norms", [Norms(0, 480), Norms(-60, 480), Norms(120, -1), Norms(120, 480, update_minutes=0),
              Norms(120, 480, planned=True)]
)  # fmt: skip
def test_norms_of_nothing_and_both_promises_at_once_are_refused(cast, norms):
    draft = deeds.begin_draft(own(), by=cast.admin)

    with pytest.raises(Refused):
        deeds.write_draft(draft, terms_of(draft, matrix={("bug", True, True): norms}), by=cast.admin)


def test_a_version_that_promises_nothing_is_not_published(cast, today):
    draft = deeds.begin_draft(own(), by=cast.admin)
    nothing = dict.fromkeys(CASES, Norms(None, None))
    deeds.write_draft(draft, terms_of(draft, matrix=nothing), by=cast.admin)

    with pytest.raises(Refused, match="promises nothing"):
        deeds.publish(draft, today, by=cast.admin)


def test_a_version_that_has_not_begun_is_taken_back_and_is_a_draft_again(cast, today):
    draft = deeds.begin_draft(own(), by=cast.admin)
    deeds.write_draft(draft, terms_of(draft, matrix={("bug", True, True): Norms(30, 60)}), by=cast.admin)
    deeds.publish(draft, today + ONE_DAY, by=cast.admin)
    deeds.withdraw(draft, by=cast.admin)

    again = own().versions.get(state="draft")
    assert (periods(own()), matrix_of(again)["bug", True, True]) == ([(1, date(2000, 1, 1), None)], Norms(30, 60))


def test_what_is_in_force_cannot_be_taken_back(cast, today):
    draft = deeds.begin_draft(own(), by=cast.admin)
    deeds.publish(draft, today, by=cast.admin)

    with pytest.raises(Refused, match="in force already"):
        deeds.withdraw(draft, by=cast.admin)


def test_a_dropped_first_draft_leaves_no_regulation_behind(cast):
    draft = deeds.found("Круглосуточная поддержка", by=cast.admin)
    deeds.drop_draft(draft, by=cast.admin)

    assert list(Regulation.objects.values_list("slug", flat=True)) == ["default"]


def test_a_first_draft_that_a_contract_names_already_is_not_dropped(cast, today):
    draft = deeds.found("Круглосуточная поддержка", by=cast.admin)
    Contract.objects.create(
        organization=cast.home, number="45-С", kind="support", starts_on=today, regulation=draft.regulation
    )
    with pytest.raises(Refused, match="45-С"):
        deeds.drop_draft(draft, by=cast.admin)


def test_one_that_a_contract_names_is_not_retired(cast, today):
    one = deeds.found("Круглосуточная поддержка", by=cast.admin).regulation
    contract = Contract.objects.create(
        organization=cast.home, number="45-С", kind="support", starts_on=today, regulation=one
    )
    with pytest.raises(Refused, match="45-С"):
        deeds.change_regulation(one, by=cast.admin, name=one.name, retired=True)
    contract.delete()
    deeds.change_regulation(one, by=cast.admin, name=one.name, retired=True)
    assert Regulation.objects.get(pk=one.pk).retired is True


def test_the_vendors_own_is_never_retired(cast):
    with pytest.raises(Refused, match="serves everybody"):
        deeds.change_regulation(own(), by=cast.admin, name="Регламент", retired=True)


def test_no_two_regulations_have_one_name(cast):
    deeds.found("Круглосуточная", by=cast.admin)

    with pytest.raises(Refused, match="already"):
        deeds.found("круглосуточная", by=cast.admin)


def put(**facts):
    """A published version, past every action."""
    first = own().versions.get(n=1)
    return RegulationVersion.objects.create(
        regulation=first.regulation, n=2, state="published", calendar=first.calendar, published_at=timezone.now(),
        **facts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "starts", "name"),
    [
        (date(2026, 12, 31), date(2026, 12, 31), "one_regulation_version_in_force"),
        (None, date(2027, 1, 1), "one_regulation_version_in_force"),
        (date(2026, 12, 31), date(2027, 1, 2), "regulation_without_gaps"),
        (date(2026, 12, 31), None, "regulation_without_gaps"),
        (date(1999, 12, 31), None, "regulation_ends_after_start"),
    ],
)
def test_the_database_keeps_overlaps_gaps_and_ends_before_starts_out(db, ends, starts, name):
    def rewrite():
        with transaction.atomic():
            RegulationVersion.objects.filter(n=1).update(ends_on=ends)
            put(starts_on=starts) if starts else None
            connection.check_constraints()

    with pytest.raises(IntegrityError, match=name):
        rewrite()


def test_the_database_lets_versions_follow_each_other_day_by_day(db):
    RegulationVersion.objects.filter(n=1).update(ends_on=date(2026, 12, 31))
    put(starts_on=date(2027, 1, 1))
    connection.check_constraints()

    assert rules_on(None, date(2027, 1, 1)).version.n == 2


@pytest.mark.parametrize("field", ["reaction_minutes", "resolution_minutes", "update_minutes"])
@pytest.mark.parametrize("minutes", [0, -60])
def test_the_database_keeps_norms_of_nothing_out(db, field, minutes):
    with pytest.raises(IntegrityError, match="norm_is_positive"), transaction.atomic():
        Norm.objects.filter(kind="bug", critical=True, standard=True).update(**{field: minutes})


def test_the_database_keeps_a_vulnerability_norm_of_no_days_out(db):
    with pytest.raises(IntegrityError, match="vulnerability_norm_is_positive"), transaction.atomic():
        RegulationVersion.objects.update(vulnerability_days=0)
