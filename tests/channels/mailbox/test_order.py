"""Letters stand in a ticket in the order they came, with the time they came, whatever happened meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.channels.models import Delivery
from asmo_support.tickets import events
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.queries import history, timeline
from tests.cast import ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, work


@pytest.fixture
def ticket(cast):
    """Registered two hours ago; the desk has said its first word, and the customer has the letter about it."""
    ticket = ticket_of(cast.customer, at=timezone.now() - timedelta(hours=2))
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent, at=ticket.registered_at + timedelta(minutes=5))
    work()
    return ticket


def comes(ticket, text, at):
    sent = Delivery.objects.filter(ticket=ticket, address=ticket.requester.email).last()
    return arrive(letter(ticket.requester.email, to=sent.reply_to, subject=f"Re: {text}", text=text), at=at)


def said(ticket, reader):
    return [one.thing.text for one in timeline(ticket, for_=reader) if one.kind in {"message", "question"}]


def test_letters_of_one_second_stand_in_the_order_they_came(cast, ticket):
    second = timezone.now().replace(microsecond=0)
    for text in ("Первое", "Второе", "Третье"):
        comes(ticket, text, second)

    for reader in (cast.agent, cast.customer):
        assert said(ticket, reader) == ["Смотрим.", "Первое", "Второе", "Третье"]


def test_letters_that_waited_while_the_ticket_moved_stand_where_they_came_and_count_from_the_move(cast, ticket):
    now = timezone.now()
    lifecycle.ask(ticket, Words(text="Какая версия?"), by=cast.agent)
    came = [now - timedelta(minutes=minutes) for minutes in (50, 40, 30)]
    for number, at in enumerate(came, 1):
        comes(ticket, f"Письмо {number}", at)

    ticket.refresh_from_db()
    entries = [one for one in timeline(ticket, for_=cast.agent) if one.kind in {"message", "question"}]
    assert said(ticket, cast.agent) == ["Смотрим.", "Письмо 1", "Письмо 2", "Письмо 3", "Какая версия?"]
    assert [one.at for one in entries[1:4]] == came
    pause = ticket.pauses.get()
    assert (ticket.awaits, pause.ended_at) == ("provider", pause.started_at)
    counted = history(ticket, for_=cast.agent).get(kind=events.ANSWERED)
    assert counted.at == pause.ended_at == ticket.state_since


def test_a_letter_from_before_the_registration_stands_below_what_the_ticket_is_about(cast, ticket):
    came = ticket.registered_at - timedelta(hours=3)
    comes(ticket, "Пишу с утра", came)

    entries = timeline(ticket, for_=cast.customer)
    assert [(one.kind, one.at) for one in entries[:2]] == [("description", ticket.registered_at), ("message", came)]
