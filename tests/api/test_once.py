"""The same key: one effect, one answer."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from asmo_support.api.models import REMEMBERED, IdempotencyKey
from asmo_support.api.once import HEADER
from asmo_support.people.actions.tokens import create_token
from asmo_support.tickets.models import Message, Ticket
from tests.api.conftest import Program
from tests.cast import make_cast, ticket_of

BODY = {"subject": "Не печатается форма", "description": "Пустой лист.", "kind": "bug"}

pytestmark = pytest.mark.case("AP-05")


def test_a_repeated_request_gets_the_same_answer_and_does_nothing_more(customer):
    first = customer.post("tickets", BODY, key="k-1")
    again = customer.post("tickets", dict(reversed(BODY.items())), key="k-1")

    assert (again.status_code, again.content, again.headers["Content-Type"]) == (
        201, first.content, first.headers["Content-Type"],
    )  # fmt: skip
    assert Ticket.objects.count() == 1


def test_a_key_belongs_to_one_request(customer):
    first = customer.post("tickets", BODY, key="k-1").json()
    answers = [
        customer.post("tickets", {**BODY, "subject": "Другое"}, key="k-1"),
        customer.post(f"tickets/{first['number']}/messages", {"text": "Слово."}, key="k-1"),
    ]

    assert [one.status_code for one in answers] == [422, 422]
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 0)


def test_a_key_belongs_to_one_person(cast, customer, agent):
    customer.post("tickets", BODY, key="k-1")
    other = agent.post("tickets", {**BODY, "requester": cast.stranger.email}, key="k-1")

    assert (other.status_code, other.json()["organization"]) == (201, "Северная руда")


def test_a_refused_request_leaves_its_key_free(customer):
    refused = customer.post("tickets", {**BODY, "kind": "change", "critical": True}, key="k-1")

    assert (refused.status_code, customer.post("tickets", BODY, key="k-1").status_code) == (422, 201)


def test_a_deed_that_cannot_be_done_twice_is_answered_twice(cast, customer):
    number = ticket_of(cast.customer).number
    answers = [customer.post(f"tickets/{number}/cancellation", {}, key="k-1") for _ in range(2)]

    assert [(one.status_code, one.content == answers[0].content) for one in answers] == [(201, True)] * 2


def test_an_answer_is_not_repeated_to_who_may_no_longer_see_it(cast, customer):
    number = customer.post("tickets", BODY, key="k-1").json()["number"]
    customer.post(f"tickets/{number}/messages", {"text": "Слово."}, key="k-2")
    Ticket.objects.update(requester=cast.colleague, author=cast.colleague)

    assert customer.post(f"tickets/{number}/messages", {"text": "Слово."}, key="k-2").status_code == 404


def test_a_key_is_forgotten_in_the_end(customer):
    customer.post("tickets", BODY, key="k-1")
    IdempotencyKey.objects.update(at=timezone.now() - REMEMBERED)
    customer.post("tickets", BODY, key="k-1")

    assert (Ticket.objects.count(), IdempotencyKey.objects.count()) == (2, 1)


@pytest.mark.parametrize("key", ["x" * 256, "ключ"])
def test_a_key_that_is_none_is_unreadable(customer, key):
    answer = customer.client.post(
        "/api/v1/tickets", BODY, "application/json", headers={"Authorization": f"Bearer {customer.token}", HEADER: key}
    )

    assert (answer.status_code, Ticket.objects.count()) == (400, 0)


def test_two_at_once_have_one_effect(committed):
    cast = make_cast()
    token = create_token(cast.customer, by=None, name="two")
    answers, start = [], Barrier(2)

    def send():
        start.wait()
        answers.append(Program(token, Client()).post("tickets", BODY, key="k-1"))
        connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    first = next(one.content for one in answers if one.status_code == 201)
    assert [(one.status_code, one.content) for one in answers if one.status_code != 409] in (
        [(201, first)],
        [(201, first)] * 2,
    )
    assert (Ticket.objects.count(), IdempotencyKey.objects.count()) == (1, 1)


def test_a_twin_of_a_running_request_is_told_to_wait(committed):
    cast = make_cast()
    ticket = ticket_of(cast.customer)
    token = create_token(cast.customer, by=None, name="two")
    answers = []

    def send():
        answers.append(Program(token, Client()).post(f"tickets/{ticket.number}/messages", {"text": "Раз."}, key="k-1"))
        connection.close()

    with transaction.atomic():
        # The first request stops at the locked ticket; its twin comes meanwhile.
        Ticket.objects.select_for_update().get()
        first = Thread(target=send)
        first.start()
        _until_somebody_waits()
        twin = Thread(target=send)
        twin.start()
        twin.join()
    first.join()

    assert [one.status_code for one in answers] == [409, 201]
    assert Message.objects.count() == 1


def _until_somebody_waits():
    with connection.cursor() as cursor:
        for _ in range(100_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits for the ticket")
