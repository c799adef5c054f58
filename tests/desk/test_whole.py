"""The talk shows what was newly written; all of the letter is one click away, for both sides."""

import pytest

from asmo_support.journal import errands
from asmo_support.tickets.models import Message, Ticket
from asmo_support.tickets.queries import timeline
from tests.parts.letters import letter
from tests.parts.mail import arrive

pytestmark = pytest.mark.mail
QUOTED = "Не помогло.\n\nOn Mon, 16 Nov 2026 10:15, support@vendor.example wrote:\n> Перезапустите службу.\n"


@pytest.fixture
def reply(cast):
    """The customer opens a ticket by a letter and answers ours with these words: the entry it becomes."""

    def said(text):
        arrive(letter(cast.customer.email, subject="Акт", text="Не печатается."))
        errands.drain()
        address = Ticket.objects.get().deliveries.get().reply_to
        arrive(letter(cast.customer.email, to=address, subject="Re: Акт", text=text))
        return Message.objects.get()

    return said


@pytest.fixture
def said(reply):
    return reply(QUOTED)


@pytest.mark.parametrize(("who", "side"), [("agent", "/desk"), ("customer", "")])
def test_a_cut_letter_is_whole_one_click_further(cast, said, sign_in, who, side):
    client, ticket = sign_in(getattr(cast, who)), f"{side}/tickets/{said.ticket.number}/"
    page, address = client.get(ticket).content.decode(), f"{ticket}messages/{said.pk}/whole/"
    whole = client.get(address).content.decode()

    assert ("Не помогло." in page, "Перезапустите службу." in page, address in page) == (True, False, True)
    assert ("Не помогло." in whole, "&gt; Перезапустите службу." in whole) == (True, True)


def test_links_that_decide_are_in_no_quote(reply):
    key = f"17-{'a' * 26}"
    said = reply(f"Да.\n\n> Принять: https://desk.example/links/{key}/accept/\n> Вернуть.\n")

    assert (said.text, said.is_cut, key in said.whole, "Вернуть" in said.whole) == ("Да.", True, False, True)


def test_a_letter_that_is_shown_whole_has_no_second_page(cast, reply, sign_in):
    said = reply("Совсем   не печатается.\n\nЖду.")

    assert (said.is_cut, said.whole) == (False, "")
    assert "/whole/" not in sign_in(cast.agent).get(f"/desk/tickets/{said.ticket.number}/").content.decode()


def test_the_talk_does_not_read_what_it_does_not_show(cast, said, django_assert_num_queries):
    shown = next(one.thing for one in timeline(said.ticket, for_=cast.agent) if one.kind == "message")
    with django_assert_num_queries(1):
        assert "Перезапустите" in shown.whole


LONG = "Не печатается акт. " * 8_000 + "Конец."


@pytest.mark.parametrize(("who", "side"), [("agent", "/desk"), ("customer", "")])
def test_a_letter_that_opens_a_ticket_and_is_too_long_for_its_page_is_whole_one_click_further(cast, sign_in, who, side):
    arrive(letter(cast.customer.email, subject="Акт", text=LONG))
    ticket = Ticket.objects.get()
    client, page = sign_in(getattr(cast, who)), f"{side}/tickets/{ticket.number}/"
    shown, whole = (client.get(address).content.decode() for address in (page, f"{page}first-letter/"))

    assert ("Конец." in shown, f"{page}first-letter/" in shown, ticket.is_cut) == (False, True, True)
    assert ("Конец." in whole, len(ticket.description)) == (True, 100_001)


def test_an_answer_that_is_too_long_for_its_page_is_whole_one_click_further(reply):
    said = reply(LONG)

    assert (said.is_cut, len(said.text), said.whole == LONG) == (True, 100_001, True)


def test_a_ticket_that_is_shown_whole_has_no_second_page(cast, sign_in):
    arrive(letter(cast.customer.email, subject="Акт", text="Не печатается."))
    page = f"/desk/tickets/{Ticket.objects.get().number}/"

    assert "first-letter" not in sign_in(cast.agent).get(page).content.decode()
    assert "Не печатается." in sign_in(cast.agent).get(f"{page}first-letter/").content.decode()


def test_a_stranger_finds_no_first_letter(cast, sign_in):
    arrive(letter(cast.customer.email, subject="Акт", text=LONG))
    address = f"/tickets/{Ticket.objects.get().number}/first-letter/"

    assert [sign_in(one).get(address).status_code for one in (cast.customer, cast.stranger)] == [200, 404]
