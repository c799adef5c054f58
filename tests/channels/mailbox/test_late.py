"""Who answers a ticket that is over by letter hears, once, that it is over and what can be done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.channels.models import Delivery
from asmo_support.journal.models import Event
from asmo_support.tickets import events
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, work


@pytest.fixture
def ticket(cast):
    found = ticket_of(cast.customer)
    lifecycle.propose_resolution(found, Words(text="Исправили шаблон."), by=cast.agent)
    lifecycle.accept(found, by=cast.customer)
    work()
    return found


def answer(ticket, text, **headers):
    ours = Delivery.objects.filter(ticket=ticket, internal=False).exclude(kind=events.MESSAGE).latest("id")
    chain = {"In_Reply_To": f"<{ours.message_id}>"} | headers
    arrive(letter(ours.address, to=ours.reply_to, subject=f"Re: {ours.subject}", text=text, **chain))
    work()


def told(ticket):
    found = Delivery.objects.filter(ticket=ticket, kind=events.MESSAGE).order_by("id")
    return [(one.address.partition("@")[0], one.automatic) for one in found]


def text_to(ticket, name):
    return Delivery.objects.filter(ticket=ticket, kind=events.MESSAGE, address__startswith=name).latest("id").text


def test_the_customer_hears_that_it_is_closed_and_how_to_reopen_it_once(cast, ticket):
    answer(ticket, "Опять пусто.")
    answer(ticket, "И ещё вот что.")

    assert told(ticket) == [("customer", True), ("engineer", False), ("engineer", False)]
    text = text_to(ticket, "customer")
    assert text.startswith("Обращение закрыто. Если вопрос не решён, откройте обращение и возобновите его.")
    assert f"/tickets/{ticket.number}/" in text
    assert "Это можно сделать до" in text
    ticket.refresh_from_db()
    assert (ticket.state, ticket.messages.count()) == ("closed", 2)


def test_after_the_next_closing_it_is_said_once_more(cast, ticket):
    answer(ticket, "Опять пусто.")
    lifecycle.reopen(ticket, by=cast.customer, reason="Опять.")
    lifecycle.propose_resolution(ticket, Words(text="Теперь точно."), by=cast.agent)
    lifecycle.accept(ticket, by=cast.customer)
    work()
    answer(ticket, "И снова пусто.")

    assert [name for name, _automatic in told(ticket)].count("customer") == 2


def test_what_cannot_be_reopened_any_more_is_registered_anew(cast, ticket):
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timedelta(days=15))
    answer(ticket, "Опять пусто.")

    assert "зарегистрируйте новое" in text_to(ticket, "customer").splitlines()[0]


def test_a_program_hears_nothing(cast, ticket):
    answer(ticket, "Я в отпуске.", Auto_Submitted="auto-replied")

    assert told(ticket) == []


def test_an_answer_to_an_open_ticket_and_words_on_the_page_are_not_late(cast, ticket):
    conversation.reply(ticket, Words(text="Опять."), by=cast.customer)
    other = ticket_of(cast.customer)
    work()
    answer(other, "Дополнение.")

    assert [event.data.get("late") for event in Event.objects.filter(kind=events.MESSAGE)] == [None, None]
