"""Many letters within the hour: a person's are heard or wait with a reason, a program's are put aside in plain sight."""

from itertools import count

import pytest

from asmo_support.channels import actions
from asmo_support.channels.email import route
from asmo_support.channels.models import Arrival, Delivery
from asmo_support.channels.queries import counts
from asmo_support.tickets import events
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Message, Ticket
from asmo_support.tickets.queries import history
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.states import State
from tests.cast import ticket_of
from tests.letters.robots import RECEIPT
from tests.parts.letters import letter
from tests.parts.mail import arrive, work

TRUSTED = "mx.vendor.example"
STRANGER = "someone@elsewhere.example"
BURST = route.TICKET_PER_HOUR + 3


@pytest.fixture
def ticket(cast):
    ticket = ticket_of(cast.customer)
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent)
    work()
    return ticket


@pytest.fixture
def burst(cast, ticket):
    """The customer answers our last letter again and again; the server vouches for it, or nobody does."""
    mark, numbers = Delivery.objects.filter(address=cast.customer.email).last().reply_to, count(1)

    def write(times, **headers):
        return [arrive(letter(cast.customer.email, to=mark, text=f"Слово {next(numbers)}", **headers),
                       authserv_id=TRUSTED) for _ in range(times)]  # fmt: skip

    return write


def proof(address):
    return {"Authentication_Results": f"{TRUSTED}; dmarc=pass header.from={address.rpartition('@')[2]}"}


def told(ticket, reader):
    return [sentence(one) for one in history(ticket, for_=reader) if one.kind == events.LOOP_STOPPED]


@pytest.mark.case("EI-15")
def test_every_word_of_a_proven_person_is_heard(cast, ticket, burst):
    burst(BURST, **proof(cast.customer.email))

    said = Message.objects.filter(ticket=ticket, author=cast.customer).order_by("id")
    assert [one.text for one in said] == [f"Слово {number}" for number in range(1, BURST + 1)]
    assert (told(ticket, cast.agent), counts()["held"]) == ([], 0)


@pytest.mark.case("EI-15")
def test_what_nobody_vouches_for_waits_with_its_reason_and_a_person_joins_it(cast, ticket, burst):
    waiting = burst(BURST)[route.TICKET_PER_HOUR :]

    assert [(one.state, one.reason, one.ticket) for one in waiting] == [("held", "too-many-in-ticket", ticket)] * 3
    assert counts()["held"] == 3
    assert told(ticket, cast.agent) == [f"письма от {cast.customer.email} похожи на петлю и ждут решения"]
    assert told(ticket, cast.customer) == []
    actions.join_held(waiting[0], ticket, by=cast.operator)
    assert Message.objects.filter(arrival_id=waiting[0].pk, author=cast.customer).exists()


@pytest.mark.case("EI-19")
def test_a_letter_of_nobody_behind_a_burst_waits_as_what_it_is(cast):
    for number in range(route.SENDER_PER_HOUR + 1):
        last = arrive(letter(STRANGER, subject=f"Заявка {number}"))
    nameless = arrive(letter(STRANGER).replace(f"<{STRANGER}>".encode(), b""))
    twofold = arrive(f"From: <{STRANGER}>\r\n".encode() + letter(STRANGER))

    assert (last.state, last.reason) == ("held", "too-many-from-sender")
    assert [(one.state, one.reason) for one in (nameless, twofold)] == [
        ("held", "no-sender"), ("held", "ambiguous-sender")]  # fmt: skip


@pytest.mark.case("EI-15")
def test_what_is_no_persons_is_put_aside_with_a_reason_and_can_still_be_taken_in(cast):
    ours = arrive(letter("support+t1.aaaaaaaaaaaaaaaa@localhost"))
    assert (ours.state, ours.decision, bool(ours.why)) == ("ignored", "loop", True)
    assert actions.register_held(ours, cast.customer, by=cast.operator).requester == cast.customer


@pytest.mark.case("EI-14")
@pytest.mark.parametrize(
    ("headers", "decision"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto-reply"),
        ({"subject": "Прочтено: Не печатается форма", "In_Reply_To": "<one@vendor.example>"}, "auto-reply"),
        ({"Auto_Submitted": "auto-generated", "subject": "Диск заполнен"}, "new"),
    ],
)
def test_an_answer_of_a_program_opens_no_ticket_and_an_alarm_does(cast, headers, decision):
    arrived = arrive(letter(cast.customer.email, **headers))

    assert (arrived.decision, Ticket.objects.count()) == (decision, int(decision == "new"))
    assert arrived.can_be_decided is (decision != "new")


@pytest.mark.case("EI-14")
@pytest.mark.parametrize(
    "subject", ["Автоответ: не настроить в модуле почты", "Прочтено: инструкция, но вопрос остался"]
)
def test_what_only_its_subject_calls_automatic_waits_for_a_person(cast, subject):
    arrived = arrive(letter(cast.customer.email, subject=subject))
    assert (arrived.state, arrived.reason, arrived.can_be_decided) == ("held", "maybe-automatic", True)

    ticket = actions.register_held(arrived, cast.customer, by=cast.operator)
    assert (ticket.requester, ticket.subject) == (cast.customer, subject)


@pytest.mark.case("EI-14")
def test_of_a_blocked_sender_it_waits_for_nobody(cast):
    actions.block(arrive(letter(STRANGER)), by=cast.operator)
    again = arrive(letter(STRANGER, subject="Автоответ: заявка"))

    assert (again.state, again.reason) == ("ignored", "blocked")


@pytest.mark.case("EI-14")
def test_an_absence_told_right_after_our_letter_waits_for_nobody(cast):
    arrive(letter(cast.customer.email, subject="Не печатается"))
    work()
    away = arrive(letter(cast.customer.email, subject="Нет на месте: Не печатается"))

    assert (away.state, away.reason) == ("ignored", "automatic-reply")


@pytest.mark.case("EI-14")
def test_a_receipt_opens_no_ticket(cast):
    arrived = arrive(RECEIPT.replace(b"anna@kama.example", cast.customer.email.encode()))

    assert (arrived.state, arrived.decision, arrived.reason) == ("ignored", "auto-reply", "automatic-reply")
    assert Ticket.objects.count() == 0


@pytest.mark.case("EI-16")
@pytest.mark.parametrize("who", ["customer", "colleague", "stranger"])
@pytest.mark.parametrize("is_proven", [True, False])
def test_a_fresh_letter_that_names_a_ticket_joins_it_for_its_own_people_alone(cast, ticket, who, is_proven):
    cast.home.visibility = "all"
    cast.home.save()
    writer = getattr(cast, who)
    headers = proof(writer.email) if is_proven else {}
    arrived = arrive(letter(writer.email, subject=f"[№ {ticket.number}] Ещё деталь", **headers), authserv_id=TRUSTED)

    joins = is_proven and who != "stranger"
    assert (arrived.decision, arrived.ticket == ticket) == (("reply", True) if joins else ("claims", False))


@pytest.mark.case("EI-16")
def test_a_subject_alone_decides_nothing_and_opens_no_closed_ticket(cast, ticket):
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent)
    fresh = {"subject": f"[№ {ticket.number}] Ответ", **proof(cast.customer.email)}
    arrive(letter(cast.customer.email, text="Принято, спасибо.", **fresh), authserv_id=TRUSTED)
    ticket.refresh_from_db()
    assert ticket.state == State.REVIEW

    lifecycle.cancel(ticket, by=cast.customer)
    assert arrive(letter(cast.customer.email, **fresh), authserv_id=TRUSTED).decision == "claims"
    assert Arrival.objects.filter(ticket=ticket).count() == 1
