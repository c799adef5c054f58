"""A new ticket: little is asked, and before sending it is said when an answer is due and what the contract covers."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from asmo_support.catalog.models import Module, Product, RequestType
from asmo_support.contracts.models import Contract, ContractKind
from asmo_support.contracts.terms import OUTSIDE, coverage_of
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of

LOGIN = "/accounts/login/"
LEAST = {"kind": "bug", "subject": "Не печатается", "text": "Пустой лист.", "impact": "person", "urgency": "normal"}


def bought(cast, kind=ContractKind.SUPPORT, days=100):
    today = timezone.localdate()
    return Contract.objects.create(
        organization=cast.home, number="45-С/2026", kind=kind,
        starts_on=today - timedelta(days=400), ends_on=today + timedelta(days=days),
    )  # fmt: skip


def test_three_things_are_enough(cast, browser):
    answer = browser(cast.customer).post("/tickets/new/", LEAST)

    ticket = Ticket.objects.get()
    assert answer["Location"] == f"/tickets/{ticket.number}/"
    assert (ticket.requester, ticket.author, ticket.channel, ticket.critical) == (
        cast.customer, cast.customer, "web", False)  # fmt: skip


def test_a_form_that_is_sent_twice_leads_to_the_ticket_it_made(cast, browser):
    client = browser(cast.customer)
    twice = [client.post("/tickets/new/", LEAST)["Location"] for _ in range(2)]
    other = client.post("/tickets/new/", LEAST | {"text": "Пустой лист, снова."})["Location"]
    colleagues = browser(cast.colleague).post("/tickets/new/", LEAST)["Location"]

    assert twice[0] == twice[1]
    assert (len({*twice, other, colleagues}), Ticket.objects.count()) == (3, 3)


def test_a_form_that_comes_back_with_a_new_file_makes_a_ticket_of_its_own(cast, browser, files_root):
    client = browser(cast.customer)
    for sent in (LEAST, LEAST | {"files": SimpleUploadedFile("журнал.log", b"217")}):
        client.post("/tickets/new/", sent)

    assert Ticket.objects.count() == 2


def test_what_was_typed_comes_back_when_the_session_has_ended(cast):
    answer = Client().post("/tickets/new/", LEAST, headers={"Referer": "http://testserver/tickets/new/?after=1042"})

    assert (answer.status_code, answer.context["words"]) == (401, ["Не печатается", "Пустой лист."])
    assert answer.context["address"] == "/accounts/login/?next=%2Ftickets%2Fnew%2F%3Fafter%3D1042"
    assert Client().post("/tickets/new/", headers={"Referer": "http://evil.example/x/"})["Location"] == LOGIN


def test_everything_else_can_be_said_too(cast, browser):
    product = Product.objects.create(code="ecology", name="Экология")
    module = Module.objects.create(product=product, code="air", name="Воздух")
    day = timezone.localdate() + timedelta(days=9)

    browser(cast.customer).post("/tickets/new/", LEAST | {
        "critical": "on", "module": module.pk, "impact": "organization", "urgency": "high", "expected_at": f"{day}"})  # fmt: skip

    ticket = Ticket.objects.get()
    assert (ticket.critical, ticket.product, ticket.module, ticket.priority) == (True, product, module, 4)
    assert ticket.expected_at == day


def test_the_mark_of_a_critical_error_does_not_travel_with_a_question(cast, browser):
    browser(cast.customer).post("/tickets/new/", LEAST | {"kind": "consultation", "critical": "on"})

    assert Ticket.objects.values_list("kind", "critical").get() == ("consultation", False)


def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast, browser):
    answer = browser(cast.customer).post("/tickets/new/", LEAST | {"text": ""})

    assert (answer.status_code, Ticket.objects.count()) == (422, 0)
    assert sorted(answer.context["form"].errors) == ["text"]
    assert 'value="Не печатается"' in answer.content.decode()


def test_the_moments_of_answer_and_resolution_are_said_before_sending(cast, browser):
    before = timezone.now()
    bug, question, change = browser(cast.customer).get("/tickets/new/").context["promises"]

    assert table().elapsed_between(before, bug.reaction_at) <= timedelta(hours=2, seconds=30)
    assert table().elapsed_between(bug.reaction_at, bug.resolution_at) == timedelta(hours=6)
    assert (question.resolution_at, change.resolution_at) == (bug.resolution_at, None)


@pytest.mark.parametrize(
    ("kind", "covered"),
    [(ContractKind.LICENCE, [True, True, False]), (ContractKind.SUPPORT, [True, True, False]),
     (ContractKind.MAINTENANCE, [True, True, True]), (ContractKind.DEVELOPMENT, [True, True, True])],
)  # fmt: skip
def test_a_contract_covers_what_its_kind_says(cast, kind, covered):
    contract = bought(cast, kind)

    assert [coverage_of(contract, asked, None) != OUTSIDE for asked in ("bug", "consultation", "change")] == covered


def test_an_ended_contract_is_said_and_blocks_nothing(cast, browser):
    bought(cast, days=-3)
    client = browser(cast.customer)

    page = client.get("/tickets/new/")
    client.post("/tickets/new/", LEAST)

    assert page.context["ended"].number == "45-С/2026"
    assert "45-С/2026" in page.content.decode()
    assert Ticket.objects.count() == 1


def test_similar_tickets_one_may_see_are_shown_before_a_new_one(cast, browser):
    own = ticket_of(cast.customer, subject="Не печатается форма 2-ТП за квартал")
    ticket_of(cast.customer, subject="Не растут остатки на складе")
    ticket_of(cast.stranger, subject="Не печатается форма 2-ТП за год")

    answer = browser(cast.customer).get("/tickets/new/", {"subject": "не печатаются формы 2-ТП"})

    assert [one.number for one in answer.context["similar"]] == [own.number]
    assert 'value="не печатаются формы 2-ТП"' in answer.content.decode()


def test_staff_do_not_register_here(cast, browser):
    assert browser(cast.agent).post("/tickets/new/", LEAST).status_code == 404
    assert Ticket.objects.count() == 0


def test_a_usual_request_is_chosen_by_its_card_and_fills_the_form(cast, browser):
    product = Product.objects.create(code="ecology", name="Экология")
    RequestType.objects.create(
        code="report", name="Нужен отчёт", hint="Приложите образец.", kind="consultation", product=product,
        standard=False,
    )  # fmt: skip
    client = browser(cast.customer)
    page = client.get("/tickets/new/?type=report")
    text = page.content.decode()
    assert ("?type=report" in text, "Приложите образец." in text) == (True, True)
    assert page.context["form"]["kind"].value() == "consultation"
    assert [bool(promise.resolution_at) for promise in page.context["promises"]] == [True, False, False]

    client.post("/tickets/new/", LEAST | {"kind": "consultation", "type": "report"})
    assert Ticket.objects.values_list("kind", "standard", "product").get() == ("consultation", False, product.pk)


def test_a_module_knows_its_product_better_than_the_type_does(cast, browser):
    ecology, staff = (Product.objects.create(code=code, name=code) for code in ("ecology", "staff"))
    RequestType.objects.create(code="report", name="Нужен отчёт", kind="bug", product=ecology)
    module = Module.objects.create(product=staff, code="cards", name="Карточки")
    browser(cast.customer).post("/tickets/new/", LEAST | {"type": "report", "module": module.pk})

    assert Ticket.objects.values_list("product", "module").get() == (staff.pk, module.pk)
