"""A forwarded letter: the page of its ticket asks who the requester is, and one click says it."""

import pytest

from asmo_support.channels.models import Delivery, Mailbox
from asmo_support.journal import errands
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.queries import history
from asmo_support.tickets.sentences import sentence
from tests.parts.letters import SUPPORT, letter
from tests.parts.mail import arrive

pytestmark = pytest.mark.mail
HEAD = "Прошу разобраться.\n\n-------- Пересылаемое сообщение --------\nОт кого: {}\nТема: Акт\n\nНе печатается акт."


def forwarded(sender, author):
    arrive(letter(sender.email, subject="Fwd: Акт", text=HEAD.format(author)))
    return Ticket.objects.latest("id")


def asked(client, ticket):
    asker = client.get(f"/desk/tickets/{ticket.number}/").context["asker"]
    return (asker.name, asker.address, asker.person, asker.elsewhere) if asker else None


def test_a_colleague_becomes_the_requester_with_one_click_and_hears_of_it(cast, sign_in):
    ticket = forwarded(cast.customer, f"{cast.colleague.name} <{cast.colleague.email}>")
    client = sign_in(cast.agent)
    assert asked(client, ticket) == (cast.colleague.name, cast.colleague.email, cast.colleague, False)

    client.post(f"/desk/tickets/{ticket.number}/requester/", {"to": cast.colleague.pk})
    errands.drain()

    ticket.refresh_from_db()
    assert (ticket.requester, ticket.author, asked(client, ticket)) == (cast.colleague, cast.customer, None)
    assert Delivery.objects.filter(
        ticket=ticket, address=cast.colleague.email, kind="ticket.requester-changed"
    ).exists()
    assert ticket in Ticket.objects.visible_to(cast.customer)


def test_leaving_the_requester_ends_the_question_and_tells_nobody(cast, sign_in):
    ticket = forwarded(cast.customer, f"{cast.colleague.name} <{cast.colleague.email}>")
    client = sign_in(cast.agent)
    errands.drain()
    before = Delivery.objects.count()
    client.post(f"/desk/tickets/{ticket.number}/requester/", {"to": cast.customer.pk})
    errands.drain()

    ticket.refresh_from_db()
    assert (ticket.requester, asked(client, ticket), Delivery.objects.count()) == (cast.customer, None, before)
    assert not [one for one in history(ticket, for_=cast.customer) if "заявител" in sentence(one)]


def test_an_unknown_author_can_be_added_and_the_page_comes_back(cast, sign_in):
    ticket = forwarded(cast.customer, "Олег Новиков <oleg@home.example>")
    client = sign_in(cast.operator)
    assert asked(client, ticket) == ("Олег Новиков", "oleg@home.example", None, False)

    page = f"/desk/customers/{ticket.organization_id}/people/new/?ticket={ticket.number}"
    answer = client.post(page, {"name": "Олег Новиков", "email": "oleg@home.example", "role": "contact"})

    assert answer["Location"] == f"/desk/tickets/{ticket.number}/requester/"
    assert asked(client, ticket)[2].email == "oleg@home.example"


def test_somebody_of_another_customer_is_named_and_cannot_be_chosen(cast, sign_in):
    ticket = forwarded(cast.customer, f"{cast.stranger.name} <{cast.stranger.email}>")
    client = sign_in(cast.agent)
    assert asked(client, ticket) == (cast.stranger.name, cast.stranger.email, None, True)

    answer = client.post(f"/desk/tickets/{ticket.number}/requester/", {"to": cast.stranger.pk})

    ticket.refresh_from_db()
    assert (answer.status_code, ticket.requester) == (422, cast.customer)


@pytest.mark.parametrize("author", ["own", "agent", "sender"])
def test_our_own_words_and_the_senders_ask_nothing(cast, sign_in, author):
    address = {"own": SUPPORT, "agent": cast.agent.email, "sender": cast.customer.email}[author]
    Mailbox.objects.create(address=SUPPORT, host="mail.test.example", port=993)
    ticket = forwarded(cast.customer, f"Кто-то <{address}>")

    assert asked(sign_in(cast.agent), ticket) is None


def test_the_customer_never_reads_what_the_text_claims(cast, sign_in):
    ticket = forwarded(cast.customer, f"{cast.stranger.name} <{cast.stranger.email}>")

    page = sign_in(cast.customer).get(f"/tickets/{ticket.number}/").content.decode()

    assert "По тексту" not in page
    assert "пересл" not in page.replace("Пересылаемое", "")
