"""Contracts as they are written down: periods, sums, contents, documents, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from asmo_support.catalog.models import Module, Product
from asmo_support.contracts.actions.keeping import add_contract, change_contract, year_from
from asmo_support.contracts.actions.papers import attach_papers, remove_paper
from asmo_support.contracts.content import Covered, Delivered, OwnNorm
from asmo_support.contracts.models import Contract, ContractFile
from asmo_support.contracts.sentences import sentence
from asmo_support.journal.models import Event
from asmo_support.lib.errors import Refused
from asmo_support.lib.files import Kept
from asmo_support.sla.models import Regulation
from asmo_support.wall.acting import PORTAL, acting_as
from tests.cast import person

FACTS = {"number": "45-С/2026", "kind": "support", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
NORM = OwnNorm(("bug", True, True), 60, 240)


def add(cast, **more):
    return add_contract(cast.home, FACTS | more, by=cast.operator)


def said():
    return [sentence(event) for event in Event.objects.filter(thing="contract").order_by("id")]


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 3, 15), date(2027, 3, 14)),
     (date(2028, 2, 29), date(2029, 2, 28))],
)  # fmt: skip
def test_a_licence_agreement_gives_a_year_unless_it_says_otherwise(cast, start, end):
    made = add(cast, kind="licence", starts_on=start, ends_on=None)
    other = add(cast, number="2", ends_on=None)

    assert (made.ends_on, year_from(start), other.ends_on) == (end, end, None)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"ends_on": date(2025, 12, 31)}, "ends_on"), ({"cost": Decimal(-1)}, "cost"),
     ({"budget_minutes": -60}, "budget_minutes"), ({"rounding_minutes": 0}, "rounding_minutes")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_the_deed_and_by_the_database(cast, more, field):
    with pytest.raises(Refused) as refusal:
        add(cast, **more)
    assert refusal.value.field == field

    made = add(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=made.pk).update(**more)


def test_several_contracts_run_at_once_but_a_number_is_given_once(cast):
    add(cast)
    add(cast, number="45-Р/2026", kind="maintenance")

    with pytest.raises(Refused):
        add(cast)
    assert Contract.objects.count() == 2


def test_what_stands_in_a_contract_is_replaced_and_history_keeps_both(cast):
    product = Product.objects.create(code="eco", name="Экология")
    module = Module.objects.create(product=product, code="air", name="Воздух")
    made = add(cast, scope=[Covered(product)], licences=[Delivered(product, 5, "базовая", "ТЗ-1")], norms=[NORM])
    change_contract(made, {"scope": [Covered(product, module)], "norms": [NORM], "cost": Decimal(100)}, by=cast.lead)

    assert list(made.scope.values_list("product__name", "module__name")) == [("Экология", "Воздух")]
    assert list(made.licences.values_list("count", "edition")) == [(5, "базовая")]
    assert said() == [
        "внесено: договор 45-С/2026",
        "изменено: стоимость: нет → 100\u00a0₽; продукты: Экология → Экология · Воздух",
    ]


@pytest.mark.parametrize(
    "norm", [OwnNorm(("bug", True, True), -1), OwnNorm(("bug", False, True), 60, -5), OwnNorm(
        ("change", False, True), 60, 480, planned=True)],
)  # fmt: skip
def test_a_norm_of_nothing_or_of_two_minds_is_refused(cast, norm):
    with pytest.raises(Refused):
        add(cast, norms=[norm])

    made = add(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.norms.create(
            organization=cast.home, kind="bug", reaction_minutes=-1, resolution_minutes=5, planned=norm.planned
        )


def test_history_says_periods_hours_and_norms_in_words(cast):
    made = add(cast)
    changes = {"ends_on": date(2027, 1, 31), "budget_minutes": 2430, "place": "site", "kind": "onsite", "norms": [NORM]}
    change_contract(made, changes, by=cast.lead)

    assert said()[1] == (
        "изменено: вид: техническая поддержка → обслуживание на площадке заказчика; окончание: 31 декабря 2026"
        " → 31 января 2027; место: дистанционно → с выездом; запас часов: нет → 40\u00a0ч\u00a030\u00a0мин; свои нормативы:"
        " нет → ошибка критическая: реакция 1\u00a0ч, решение 4\u00a0ч"
    )


def test_a_regulation_that_is_not_in_force_cannot_be_chosen(cast):
    draft = Regulation.objects.create(slug="vip", name="Особый")

    with pytest.raises(Refused) as refusal:
        add(cast, regulation=draft)
    assert refusal.value.field == "regulation"


def test_another_end_is_reminded_of_anew(cast):
    made = add(cast)
    Contract.objects.update(reminded_days=30)
    change_contract(made, {"ends_on": date(2027, 12, 31)}, by=cast.lead)

    made.refresh_from_db()
    assert (made.reminded_days, made.ends_on) == (None, date(2027, 12, 31))


def test_a_document_comes_and_goes_with_a_trace(cast):
    made = add(cast)
    (paper,) = attach_papers(made, [Kept("Договор.pdf", "application/pdf", 10, "a" * 64)], by=cast.operator)
    remove_paper(paper, by=cast.lead)

    assert said()[1:] == ["приложен файл Договор.pdf", "убран файл Договор.pdf"]
    last = Event.objects.filter(thing="contract").order_by("id").last()
    assert (ContractFile.objects.count(), last.data["sha256"], last.by) == (0, "a" * 64, cast.lead)


@pytest.mark.case("TI-02")
def test_a_branch_reads_the_head_offices_contract_and_no_document_of_it(cast):
    branch = type(cast.home).objects.create(name="Филиал", short_name="Филиал", parent=cast.home)
    worker = person("contact", "Ольга Белова", branch, email="branch")
    made = add(cast, norms=[NORM])
    attach_papers(made, [Kept("Договор.pdf", "application/pdf", 10, "a" * 64)], by=cast.operator)
    foreign = add_contract(cast.abroad, FACTS, by=cast.operator)

    with acting_as(PORTAL, [branch.pk]):
        seen = (list(Contract.objects.visible_to(worker)), list(Contract.objects.all()))
        inside = (made.norms.count(), ContractFile.objects.count())
    assert (seen, inside, foreign in seen[1]) == (([made], [made]), (1, 0), False)


def test_days_left_count_the_last_day(cast):
    today = timezone.localdate()
    made = add(cast, ends_on=today + timedelta(days=3))

    assert (made.days_left(today), made.days_left(made.ends_on), made.is_in_force(made.ends_on)) == (3, 0, True)
