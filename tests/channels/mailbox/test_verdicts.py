"""Verdicts by letter: certain words of a believed participant in answer to the very letter that asked."""

import dataclasses

import pytest

from asmo_support.channels import links
from asmo_support.channels.email import judging
from asmo_support.channels.email.letter import Address, Auth, Letter
from asmo_support.channels.links import Voice
from asmo_support.channels.models import Delivery
from asmo_support.journal.models import Event
from asmo_support.tickets import events
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.assignment import assign
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Attachment, Message, Resolution
from asmo_support.tickets.states import Via
from tests.cast import ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, work

ACCEPT, RETURN = "Принимаю, спасибо!", "На доработку: итог удваивается."


@pytest.fixture
def ticket(cast):
    found = ticket_of(cast.customer)
    assign(found, [cast.agent], by=cast.agent)
    propose(found, cast)
    return found


def propose(ticket, cast, text="Исправили шаблон."):
    lifecycle.propose_resolution(ticket, Words(text=text), by=cast.agent)
    work()


def letter_about(ticket, kind=events.PROPOSED):
    return Delivery.objects.filter(ticket=ticket, kind=kind, internal=False).latest("id")


def reply(delivery, text, *, sender="", **headers):
    """An answer to a letter of ours, as a mail program writes it."""
    chain = {"In_Reply_To": f"<{delivery.message_id}>"} | headers
    raw = letter(
        sender or delivery.address, to=delivery.reply_to, subject=f"Re: {delivery.subject}", text=text, **chain
    )
    return arrive(raw)


def rounds(ticket):
    ticket.refresh_from_db()
    told = [(one.verdict, one.decided_by, one.reason) for one in ticket.resolutions.order_by("n")]
    return ticket.state, told


UNTOUCHED = ("resolution_review", [("proposed", None, "")])


@pytest.mark.case("EI-16")
def test_an_answer_that_begins_with_i_accept_closes_the_ticket(cast, ticket):
    arrival = reply(letter_about(ticket), ACCEPT)

    assert rounds(ticket) == ("closed", [("accepted", cast.customer, "")])
    assert (arrival.decision, arrival.entry.text) == ("reply", ACCEPT)
    assert Event.objects.get(kind=events.ACCEPTED).data["via"] == "letter"


@pytest.mark.case("EI-16")
def test_an_answer_that_returns_keeps_its_reason_and_its_files(cast, ticket):
    reply(letter_about(ticket), RETURN, files={"итог.xlsx": b"rows"})

    assert rounds(ticket) == ("in_work", [("returned", cast.customer, "итог удваивается.")])
    assert Attachment.objects.get().name == "итог.xlsx"


def test_who_decided_by_letter_is_told_so_and_the_agent_hears_of_it_once(cast, ticket):
    reply(letter_about(ticket), RETURN)
    work()

    told = Delivery.objects.exclude(kind__in=[events.REGISTERED, events.TAKEN, events.PROPOSED])
    assert sorted(told.values_list("kind", "address")) == [
        (events.RETURNED, cast.customer.email),
        (events.RETURNED, cast.agent.email),
    ]
    assert "своим письмом" in told.get(address=cast.customer.email).text


def test_an_answer_to_the_reminder_decides_as_well(cast, ticket):
    from asmo_support.tickets.actions.recording import record

    record(ticket, events.REMINDED, by=None)
    work()
    reply(letter_about(ticket, events.REMINDED), ACCEPT)

    assert rounds(ticket)[0] == "closed"


@pytest.mark.parametrize("text", ["Спасибо, всё хорошо", "Принимаю, но печать не работает", "На доработку."])
def test_other_words_are_a_message(cast, ticket, text):
    reply(letter_about(ticket), text)

    assert rounds(ticket) == UNTOUCHED
    assert [one.text for one in Message.objects.all()] == [text]


@pytest.mark.case("EI-14")
def test_a_program_decides_nothing(cast, ticket):
    reply(letter_about(ticket), ACCEPT, Auto_Submitted="auto-replied")

    assert rounds(ticket) == UNTOUCHED


@pytest.mark.case("EI-16")
def test_a_stranger_with_the_letter_in_hand_decides_nothing(cast, ticket):
    reply(letter_about(ticket), ACCEPT, sender=cast.stranger.email)

    assert rounds(ticket) == UNTOUCHED


@pytest.mark.case("EI-17")
def test_the_desk_decides_nothing_for_the_customer(cast, ticket):
    reply(letter_about(ticket), ACCEPT, sender=cast.agent.email)

    assert rounds(ticket) == UNTOUCHED


def test_a_colleague_who_may_not_see_the_ticket_only_speaks(cast, ticket):
    reply(letter_about(ticket), ACCEPT, sender=cast.colleague.email)
    assert (rounds(ticket), Message.objects.get().author) == (UNTOUCHED, cast.colleague)
    reply(letter_about(ticket), ACCEPT, sender=cast.coordinator.email)

    assert rounds(ticket) == ("closed", [("accepted", cast.coordinator, "")])


def test_an_answer_to_an_earlier_resolution_leaves_the_later_one_alone(cast, ticket):
    first = letter_about(ticket)
    lifecycle.send_back(ticket, by=cast.customer, reason="Не то.")
    propose(ticket, cast, "Теперь то.")
    second = letter_about(ticket)
    for older in (f"<{first.message_id}>", f"<{first.message_id}> <{second.message_id}>"):
        reply(first, ACCEPT, References=older)
        assert [one[0] for one in rounds(ticket)[1]] == ["returned", "proposed"]
    reply(second, ACCEPT, References=f"<{first.message_id}> <{second.message_id}>")

    assert [one[0] for one in rounds(ticket)[1]] == ["returned", "accepted"]


def test_an_answer_to_another_letter_of_the_ticket_decides_nothing(cast, ticket):
    conversation.reply(ticket, Words(text="Созвонимся завтра в десять?"), by=cast.agent)
    work()
    reply(letter_about(ticket, events.MESSAGE), "Принято.")

    assert rounds(ticket) == UNTOUCHED


def test_an_answer_that_names_no_letter_decides_about_the_only_resolution_and_no_other(cast, ticket):
    bare = letter(cast.customer.email, to=letter_about(ticket).reply_to, text=RETURN)
    arrive(bare)
    assert rounds(ticket)[0] == "in_work"
    propose(ticket, cast, "Теперь то.")
    arrive(letter(cast.customer.email, to=letter_about(ticket).reply_to, text=ACCEPT))

    assert [one[0] for one in rounds(ticket)[1]] == ["returned", "proposed"]


@pytest.mark.case("EI-18")
@pytest.mark.parametrize(("dmarc", "decided"), [("pass", True), ("", True), ("fail", False), ("conflict", False)])
def test_what_our_mail_server_found_forged_decides_nothing(cast, ticket, dmarc, decided):
    said = Letter(sender=Address(cast.customer.email), verified_syntax=True, visible_text=ACCEPT)
    said = dataclasses.replace(said, auth=Auth(dmarc=dmarc), in_reply_to=(letter_about(ticket).message_id,))

    assert judging.decide(said, ticket, Voice(cast.customer, Via.LETTER)) is decided
    assert (Resolution.objects.get().verdict == "accepted") is decided


def test_the_keys_of_a_quoted_letter_do_not_get_into_the_ticket(cast, ticket):
    delivery = letter_about(ticket)
    quoted = links.address(delivery.link, links.ACCEPT)
    reply(delivery, f"Что значит эта ссылка: {quoted} ?")

    assert Message.objects.get().text == "Что значит эта ссылка: http://localhost:8000/links/-/acceptance/ ?"
