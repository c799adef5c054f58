"""A ticket lived from registration to reopening by programs alone, and what is refused on the way."""

import pytest

from asmo_support.tickets.actions import lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of


@pytest.fixture
def ticket(cast) -> Ticket:
    return ticket_of(cast.customer, at=None)


@pytest.fixture
def reviewed(cast, ticket) -> Ticket:
    lifecycle.propose_resolution(ticket, Words(text="Исправили шаблон."), by=cast.agent)
    return ticket


def state(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


def test_a_whole_life(cast, ticket, agent, customer):
    steps = [
        (agent, "work", {}),
        (agent, "information-requests", {"text": "С какого числа?"}),
        (customer, "messages", {"text": "С первого."}),
        (agent, "resolutions", {"text": "Исправили шаблон."}),
        (customer, "resolutions/1/return", {"reason": "Итог удваивается."}),
        (agent, "resolutions", {"text": "Исправили и запрос."}),
        (customer, "resolutions/2/acceptance", {}),
        (customer, "reopening", {"reason": "Вернулось."}),
        (customer, "cancellation", {"reason": None}),
    ]
    seen = []
    for who, noun, body in steps:
        answer = who.post(f"tickets/{ticket.number}/{noun}", body)
        seen.append((answer.status_code, state(ticket)))

    assert seen == [
        (201, "in_work"), (201, "waiting_information"), (201, "in_work"), (201, "resolution_review"),
        (201, "in_work"), (201, "resolution_review"), (201, "closed"), (201, "in_work"), (201, "cancelled"),
    ]  # fmt: skip


def test_history_tells_each_step_to_both_sides_and_notes_to_one(cast, ticket, agent, customer):
    agent.post(f"tickets/{ticket.number}/messages", {"text": "Для своих.", "internal": True})
    agent.post(f"tickets/{ticket.number}/work")
    kinds = [
        [one["kind"] for one in who.get(f"tickets/{ticket.number}/history").json()["items"]]
        for who in (agent, customer)
    ]

    assert kinds == [
        ["ticket.registered", "ticket.note-added", "ticket.assigned", "ticket.taken"],
        ["ticket.registered", "ticket.assigned", "ticket.taken"],
    ]


def test_a_question_names_its_answer(cast, ticket, agent, customer):
    asked = agent.post(f"tickets/{ticket.number}/information-requests", {"text": "С какого числа?"}).json()
    customer.post(f"tickets/{ticket.number}/messages", {"text": "С первого."})
    (told,) = customer.get(f"tickets/{ticket.number}/information-requests").json()["items"]

    assert (asked["n"], asked["state"], told["state"], told["answer"]) == (1, "open", "answered", "С первого.")


def test_resolutions_keep_each_round(cast, reviewed, agent, customer):
    customer.post(f"tickets/{reviewed.number}/resolutions/1/return", {"reason": "Итог удваивается."})
    agent.post(f"tickets/{reviewed.number}/resolutions", {"text": "Исправили и запрос."})
    told = customer.get(f"tickets/{reviewed.number}/resolutions").json()["items"]

    assert [(one["n"], one["state"], one["reason"], one["decided_by"]) for one in told] == [
        (1, "returned", "Итог удваивается.", cast.customer.email),
        (2, "proposed", "", None),
    ]


def test_an_answer_of_the_desk_takes_a_registered_ticket_to_work(ticket, agent):
    agent.post(f"tickets/{ticket.number}/messages", {"text": "Смотрим."})

    assert state(ticket) == "in_work"


@pytest.mark.parametrize("body", [{"assignee": "lead@test.example"}, {"assignees": ["lead@test.example"]}])
def test_assignment_names_who_works_on_it(ticket, agent, customer, body):
    answer = agent.post(f"tickets/{ticket.number}/assignment", body)

    assert (answer.status_code, answer.json()["assignees"], answer.json()["state"]) == (
        201, ["lead@test.example"], "in_work",
    )  # fmt: skip
    assert customer.get(f"tickets/{ticket.number}/assignment").json() == {"assignees": ["lead@test.example"]}


@pytest.mark.parametrize(
    "body",
    [
        {}, {"assignee": "lead@test.example", "assignees": []}, {"assignee": "customer@test.example"},
        {"assignee": "nobody@test.example"}, {"assignees": ["lead@test.example", "LEAD@test.example"]},
        {"assignee": "admin@test.example"},
    ],
)  # fmt: skip
def test_only_people_who_work_on_tickets_are_assigned(ticket, agent, body):
    answer = agent.post(f"tickets/{ticket.number}/assignment", body)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/assignees")


@pytest.mark.parametrize("noun", ["resolutions/1/return", "refusal", "reopening"])
def test_a_reason_is_required(cast, program, customer, reviewed, noun):
    if noun == "reopening":
        lifecycle.accept(reviewed, by=cast.customer)
    if noun == "refusal":
        lifecycle.send_back(reviewed, by=cast.customer, reason="Нет.")
    who = program(cast.lead) if noun == "refusal" else customer
    answers = [who.post(f"tickets/{reviewed.number}/{noun}", body) for body in ({}, {"reason": " "})]

    assert [(one.status_code, one.json()["errors"][0]["pointer"]) for one in answers] == [(422, "#/reason")] * 2


def test_an_acceptance_by_phone_names_the_speaker(cast, reviewed, agent):
    refused = [
        agent.post(f"tickets/{reviewed.number}/resolutions/1/acceptance", body).status_code
        for body in ({}, {"spoken_by": cast.stranger.email}, {"spoken_by": cast.agent.email})
    ]
    agent.post(f"tickets/{reviewed.number}/resolutions/1/acceptance", {"spoken_by": cast.customer.email})
    (told,) = agent.get(f"tickets/{reviewed.number}/resolutions").json()["items"]

    assert refused == [422, 422, 422]
    assert (told["state"], told["decided_by"], told["recorded_by"]) == (
        "accepted", cast.customer.email, cast.agent.email,
    )  # fmt: skip


def test_what_the_ticket_cannot_take_now_is_a_conflict(cast, reviewed, agent, customer, program):
    steps = [
        (agent, "resolutions", {"text": "Ещё раз."}),
        (agent, "information-requests", {"text": "?"}),
        (agent, "work", {}),
        (customer, "reopening", {"reason": "Рано."}),
        (program(cast.lead), "refusal", {"reason": "Нет."}),
    ]
    answers = [who.post(f"tickets/{reviewed.number}/{noun}", body) for who, noun, body in steps]

    assert [(one.status_code, one.json()["title"], bool(one.json()["detail"])) for one in answers] == [
        (409, "Conflict", True)
    ] * 5


def test_a_resolution_is_answered_once(reviewed, customer):
    answers = [customer.post(f"tickets/{reviewed.number}/resolutions/1/acceptance") for _ in range(2)]

    assert [one.status_code for one in answers] == [201, 409]


def test_refusal_ends_a_ticket_with_words_the_customer_reads(cast, ticket, program, customer):
    answer = program(cast.operator).post(f"tickets/{ticket.number}/refusal", {"reason": "Не наш продукт."})

    assert (answer.status_code, customer.get(f"tickets/{ticket.number}").json()["closing_reason"]) == (
        201, "Не наш продукт.",
    )  # fmt: skip
