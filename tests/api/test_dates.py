"""Planned dates negotiated by programs alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.tickets.models import Ticket
from asmo_support.tickets.planned import is_working_day
from asmo_support.tickets.states import Kind
from tests.cast import ticket_of


@pytest.fixture
def ticket(cast) -> Ticket:
    return ticket_of(cast.customer, kind=Kind.CHANGE, at=None)


def day(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def noun(ticket, rest=""):
    return f"tickets/{ticket.number}/planned-dates{rest}"


def test_offer_counter_offer_agreed(cast, ticket, agent, customer):
    steps = [
        (agent, "", {"date": day(30), "reason": "Войдёт в выпуск."}),
        (customer, "", {"date": day(20), "reason": "Сдаём отчёт."}),
        (agent, "/2/acceptance", {}),
    ]
    seen = []
    for who, rest, body in steps:
        answer = who.post(noun(ticket, rest), body)
        seen.append((answer.status_code, answer.json()["n"], answer.json()["state"]))

    assert seen == [(201, 1, "offered"), (201, 2, "offered"), (201, 2, "agreed")]
    shown = customer.get(f"tickets/{ticket.number}").json()
    assert shown["planned_at"] == day(20)
    assert [one["state"] for one in shown["clocks"] if one["target"] == "planned"] == ["running"]
    found = customer.get(noun(ticket)).json()["items"]
    assert [(one["n"], one["side"], one["date"], one["state"]) for one in found] == [
        (1, "provider", day(30), "settled"), (2, "customer", day(20), "agreed"),
    ]  # fmt: skip


def test_what_is_refused(cast, ticket, agent, customer, stranger):
    agent.post(noun(ticket), {"date": day(30), "reason": "Войдёт в выпуск."})
    tries = [
        (agent, "", {"date": "2020-01-01", "reason": "Давно."}),
        (agent, "", {"date": day(20), "reason": " "}),
        (agent, "/1/acceptance", {}),
        (agent, "/1/refusal", {}),
        (customer, "/1/refusal", {}),
        (customer, "/1/acceptance", {"spoken_by": cast.customer.email}),
        (customer, "/9/acceptance", {}),
        (stranger, "/1/acceptance", {}),
        (stranger, "", {"date": day(20), "reason": "Чужое."}),
    ]

    assert [who.post(noun(ticket, rest), body).status_code for who, rest, body in tries] == [422] * 6 + [404] * 3


def test_consent_by_phone_and_a_second_answer(cast, ticket, agent, customer):
    agent.post(noun(ticket), {"date": day(30), "reason": "Войдёт в выпуск."})
    agreed = agent.post(noun(ticket, "/1/acceptance"), {"spoken_by": cast.customer.email})

    shown = agreed.json()
    assert (shown["decided_by"], shown["recorded_by"]) == (cast.customer.email, cast.agent.email)
    assert customer.post(noun(ticket, "/1/refusal"), {"reason": "Поздно."}).status_code == 409


def test_a_ticket_with_a_fixed_norm_has_no_planned_date(cast, agent):
    bug = ticket_of(cast.customer, at=None)
    answer = agent.post(noun(bug), {"date": day(30), "reason": "Не успеем."})

    assert (answer.status_code, "норматив" in answer.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"date": None, "reason": "Войдёт."}, "#/date"),
        ({"date": 5, "reason": "Войдёт."}, "#/date"),
        ({"date": [], "reason": "Войдёт."}, "#/date"),
        ({"date": "завтра", "reason": "Войдёт."}, "#/date"),
        ({"date": day(30), "reason": None}, "#/reason"),
        ({"date": day(30), "reason": {}}, "#/reason"),
        ({"date": day(30)}, "#/reason"),
        ([], "#"),
        ("завтра", "#"),
        (7, "#"),
    ],
)
def test_a_body_that_does_not_fit_is_told_in_russian_with_its_field(ticket, agent, body, field):
    answer = agent.post(noun(ticket), body)
    told = answer.json()

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [one["pointer"] for one in told["errors"]] == [field]
    words = [told["detail"], *(one["detail"] for one in told["errors"])]
    assert [one for one in words if not re.match("[А-ЯЁ]", one)] == []


@pytest.mark.parametrize("time", ["T10:00", "T00:00:00+03:00", " 10:00", "T10"])
def test_a_time_is_refused_and_never_cut_off_in_silence(ticket, agent, time):
    answer = agent.post(noun(ticket), {"date": day(30) + time, "reason": "Войдёт в выпуск."})

    assert (answer.status_code, Ticket.objects.get().planned_at) == (422, None)
    assert "день без времени, например 2026-12-04" in answer.content.decode()


def test_a_day_off_is_kept_with_a_hint_when_it_falls_due(ticket, agent):
    saturday = timezone.localdate() + timedelta(days=12 - timezone.localdate().weekday())
    friday = saturday - timedelta(days=1)
    asked = [
        agent.post(noun(ticket), {"date": one.isoformat(), "reason": "Выпуск."}).json() for one in (friday, saturday)
    ]

    assert [bool(one["hint"]) for one in asked] == [not is_working_day(ticket, one) for one in (friday, saturday)]
    assert "нерабочий день: срок истекает" in asked[1]["hint"]
