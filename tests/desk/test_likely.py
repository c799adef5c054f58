"""What the customer's words look like: a hint on the page of the ticket, and one click that writes it down."""

import pytest

from asmo_support.channels.models import Delivery
from asmo_support.journal import errands
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Resolution
from tests.cast import ticket_of


@pytest.fixture
def ticket(cast):
    found = ticket_of(cast.customer)
    lifecycle.propose_resolution(found, Words(text="Исправили шаблон."), by=cast.agent)
    return found


def hint(client, ticket):
    likely = client.get(f"/desk/tickets/{ticket.number}/").context["likely"]
    return (likely.person, likely.accepts) if likely else None


@pytest.mark.parametrize(
    ("words", "accepts"),
    [("Спасибо, всё хорошо", True), ("Принимаю", True), ("На доработку.", False), ("Где скачать?", None)],
)
def test_the_last_words_of_the_customer_are_read(cast, ticket, sign_in, words, accepts):
    conversation.reply(ticket, Words(text="Всё равно не работает."), by=cast.colleague)
    conversation.reply(ticket, Words(text=words), by=cast.colleague)

    assert hint(sign_in(cast.agent), ticket) == (None if accepts is None else (cast.colleague, accepts))


def test_words_from_before_the_resolution_and_words_of_ours_are_no_hint(cast, sign_in):
    early = ticket_of(cast.customer)
    conversation.reply(early, Words(text="Спасибо, всё хорошо"), by=cast.customer)
    assert hint(sign_in(cast.agent), early) is None
    lifecycle.propose_resolution(early, Words(text="Исправили."), by=cast.agent)
    conversation.reply(early, Words(text="Всё работает?"), by=cast.customer)
    conversation.reply(early, Words(text="Всё работает, проверьте."), by=cast.agent)

    assert hint(sign_in(cast.agent), early) is None


def test_one_click_writes_the_acceptance_down_and_the_customer_is_told_how(cast, ticket, sign_in):
    conversation.reply(ticket, Words(text="Спасибо, всё хорошо"), by=cast.customer)
    client = sign_in(cast.agent)
    client.post(
        f"/desk/tickets/{ticket.number}/resolutions/1/acceptance/", {"person": cast.customer.pk, "via": "letter"}
    )
    errands.drain()

    resolution = Resolution.objects.get()
    told = Delivery.objects.get(kind="ticket.resolution-accepted", address=cast.customer.email)
    assert (resolution.verdict, resolution.decided_by, resolution.recorded_by) == (
        "accepted",
        cast.customer,
        cast.agent,
    )
    assert ("письмом" in told.text, "по телефону" in told.text, hint(client, ticket)) == (True, False, None)


def test_who_only_reads_sees_the_hint_without_the_button(cast, ticket, sign_in):
    conversation.reply(ticket, Words(text="Спасибо, всё хорошо"), by=cast.customer)
    page = sign_in(cast.release).get(f"/desk/tickets/{ticket.number}/").content.decode()

    assert ("It looks as if Марина Ковалёва accepts" in page, 'name="via"' in page) == (True, False)
