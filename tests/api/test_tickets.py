"""Registering, showing and triage of tickets by a program."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.catalog.models import Module, Product, Service
from asmo_support.tickets.actions import planning
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of

BODY = {"subject": "Не печатается форма 2-ТП", "description": "Печать даёт пустой лист.", "kind": "bug"}


@pytest.fixture
def catalogue(db) -> None:
    reports = Product.objects.create(code="asmo-reports", name="АСМО-отчёты")
    portal = Product.objects.create(code="asmo-portal", name="АСМО-портал")
    Module.objects.create(product=reports, code="forms", name="Формы")
    Module.objects.create(product=reports, code="users", name="Пользователи")
    Module.objects.create(product=portal, code="users", name="Пользователи")
    Service.objects.create(code="fixing", name="Исправление ошибок")
    Service.objects.create(code="training", name="Обучение", retired=True)


def test_three_fields_are_enough_and_the_rest_is_told(cast, customer):
    answer = customer.post("tickets", BODY)
    told = answer.json()

    ticket = Ticket.objects.get()
    clocks = told.pop("clocks")
    assert answer.status_code == 201
    assert told.pop("registered_at") == told_time(ticket.registered_at)
    assert told == {
        **BODY, "number": ticket.number, "state": "registered", "awaits": "provider", "critical": False,
        "standard": True, "impact": "person", "urgency": "normal", "priority": "normal", "service": None,
        "product": None, "module": None, "organization": "Кама-Металл", "requester": "customer@test.example",
        "author": "customer@test.example", "assignees": [], "channel": "api", "expected_at": None,
        "planned_at": None, "closed_at": None, "closing_reason": "", "contract": None, "coverage": "outside",
    }  # fmt: skip
    assert [(one["target"], one["state"]) for one in clocks] == [("reaction", "running"), ("resolution", "running")]


def told_time(at):
    return timezone.localtime(at).isoformat(timespec="milliseconds")


def test_every_field_of_a_new_ticket_is_kept(cast, customer, catalogue):
    answer = customer.post(
        "tickets",
        {**BODY, "critical": True, "impact": "department", "urgency": "high", "service": "fixing",
         "product": "asmo-reports", "module": "forms", "expected_at": "2026-12-01", "requester": cast.customer.email},
    )  # fmt: skip

    told = answer.json()
    assert [told[name] for name in ("critical", "impact", "urgency", "priority", "service", "product", "module")] == [
        True, "department", "high", "critical", "fixing", "asmo-reports", "forms",
    ]  # fmt: skip
    assert told["expected_at"] == "2026-12-01"


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"subject": ""}, "#/subject"),
        ({"subject": "\u0000"}, "#/subject"),
        ({"subject": "   "}, "#/subject"),
        ({"kind": "wish"}, "#/kind"),
        ({"critical": "yes"}, "#/critical"),
        ({"kind": "consultation", "critical": True}, "#/critical"),
        ({"service": "training"}, "#/service"),
        ({"product": "unknown"}, "#/product"),
        ({"module": "users"}, "#/product"),
        ({"product": "asmo-portal", "module": "forms"}, "#/module"),
        ({"expected_at": "soon"}, "#/expected_at"),
        ({"expected_at": 7}, "#/expected_at"),
    ],
)
def test_what_does_not_fit_is_refused_and_pointed_at(customer, catalogue, more, pointer):
    answer = customer.post("tickets", {**BODY, **more})

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert Ticket.objects.count() == 0


@pytest.mark.case("AP-01")
@pytest.mark.parametrize("field", ["number", "state", "organization", "author", "priority", "standard", "is_staff"])
def test_a_field_that_is_not_named_is_refused(customer, field):
    answer = customer.post("tickets", {**BODY, field: 1})

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [f"#/{field}"])
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"subject": NaN}', b'{"subject": "\\ud800"}', b"[" * 100_000])
def test_what_is_not_json_is_unreadable(customer, body):
    answer = customer.post("tickets", body)

    assert (answer.status_code, answer.json()["title"]) == (400, "Bad Request")


def test_a_body_over_a_megabyte_is_not_read(customer):
    answer = customer.post("tickets", {**BODY, "description": "а" * (1 << 20)})

    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")


def test_the_desk_registers_for_the_person_it_names(cast, agent):
    answer = agent.post("tickets", {**BODY, "requester": "Customer@test.example"})

    told = answer.json()
    assert (answer.status_code, told["requester"], told["author"], told["organization"]) == (
        201, cast.customer.email, cast.agent.email, "Кама-Металл",
    )  # fmt: skip


def test_the_desk_must_name_a_person_of_a_customer(cast, agent):
    bodies = [BODY, {**BODY, "requester": None}, {**BODY, "requester": cast.lead.email}, {**BODY, "requester": "x"}]
    answers = [agent.post("tickets", body) for body in bodies]

    assert [(one.status_code, one.json()["errors"][0]["pointer"]) for one in answers] == [(422, "#/requester")] * 4


@pytest.mark.case("AP-02")
def test_only_a_coordinator_registers_for_a_colleague_and_nobody_for_a_stranger(cast, program):
    told = [
        program(by).post("tickets", {**BODY, "requester": other.email}).status_code
        for by, other in [
            (cast.coordinator, cast.colleague), (cast.coordinator, cast.stranger), (cast.customer, cast.colleague),
            (cast.customer, cast.stranger), (cast.customer, cast.customer),
        ]
    ]  # fmt: skip

    assert told == [201, 422, 422, 422, 201]


def test_triage_changes_what_is_sent_and_nothing_else(cast, agent, catalogue):
    ticket = ticket_of(cast.customer, at=None)
    answer = agent.patch(
        f"tickets/{ticket.number}", {"kind": "consultation", "standard": False, "module": "forms", "reason": "Вопрос."}
    )

    told = answer.json()
    assert answer.status_code == 200
    assert [told[name] for name in ("kind", "standard", "product", "module", "urgency")] == [
        "consultation", False, "asmo-reports", "forms", "normal",
    ]  # fmt: skip
    assert [(one["target"], one["state"]) for one in told["clocks"]] == [
        ("reaction", "running"),
        ("resolution", "cancelled"),
    ]


def test_a_critical_bug_that_is_something_else_is_critical_no_more(cast, agent):
    ticket = ticket_of(cast.customer, critical=True)
    path = f"tickets/{ticket.number}"
    refused = agent.patch(path, {"kind": "change", "critical": True, "reason": "Новая графа."})
    told = agent.patch(path, {"kind": "change", "reason": "Новая графа."}).json()

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "#/critical")
    assert (told["kind"], told["critical"]) == ("change", False)


def test_triage_that_moves_a_norm_needs_a_reason(cast, agent):
    ticket = ticket_of(cast.customer)
    answer = agent.patch(f"tickets/{ticket.number}", {"standard": False})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/reason")


def test_a_clock_tells_what_is_left(cast, agent):
    # Registered a week ago: late by now, whatever the hour this test runs at.
    ticket = ticket_of(cast.customer, at=timezone.now() - timedelta(days=14))
    reaction, resolution = agent.get(f"tickets/{ticket.number}").json()["clocks"]

    assert (reaction["target"], reaction["breached_at"]) == ("reaction", reaction["due_at"])
    assert (reaction["remaining_minutes"] < 0, resolution["remaining_minutes"] < 0) == (True, True)


def test_a_clock_that_waits_has_no_due_time_and_a_met_one_nothing_left(cast, agent):
    ticket = ticket_of(cast.customer, at=timezone.now())
    agent.post(f"tickets/{ticket.number}/information-requests", {"text": "С какого числа?"})
    reaction, resolution = agent.get(f"tickets/{ticket.number}").json()["clocks"]

    assert (reaction["state"], reaction["remaining_minutes"]) == ("met", None)
    assert (resolution["state"], resolution["due_at"], resolution["remaining_minutes"] in {479, 480}) == (
        "paused", None, True,
    )  # fmt: skip


def test_a_module_goes_with_its_product(cast, agent):
    ecology, _staff = (Product.objects.create(code=code, name=code) for code in ("ecology", "staff"))
    ticket = ticket_of(cast.customer)
    planning.triage(
        ticket, {"product": ecology, "module": ecology.modules.create(code="air", name="air")}, by=cast.agent
    )

    moved = agent.patch(f"tickets/{ticket.number}", {"product": "staff"}).json()
    emptied = agent.patch(f"tickets/{ticket.number}", {"product": None}).json()

    assert [(one["product"], one["module"]) for one in (moved, emptied)] == [("staff", None), (None, None)]


def test_what_is_wrong_with_a_value_is_said_in_russian(customer):
    said = {"subject": "Х" * 5000, "description": "Текст", "kind": "complaint", "expected_at": "завтра"}
    errors = {one["pointer"]: one["detail"] for one in customer.post("tickets", said).json()["errors"]}

    assert errors == {
        "#/subject": "Это слишком длинно.",
        "#/kind": "Здесь допустимо одно из: 'bug', 'change', 'consultation'.",
        "#/expected_at": "Здесь нужна дата, например 2026-04-30.",
    }
