"""Who is told what: each reader once, the next step first, and never a word that is not his to read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from asmo_support.channels.models import Delivery
from asmo_support.channels.queries import letters_of
from asmo_support.journal import errands
from asmo_support.journal.models import Event
from asmo_support.notifications.telling import tell
from asmo_support.tickets import events
from asmo_support.tickets.actions import assignment, conversation, dates, lifecycle, planning
from asmo_support.tickets.actions.conversation import Words
from asmo_support.wall.acting import PORTAL, acting_as
from tests.cast import ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, work


def told():
    """Who has been told what since the last call."""
    errands.drain()
    rows = list(Delivery.objects.order_by("id").values_list("kind", "address"))
    Delivery.objects.all().delete()
    return [(kind, address.partition("@")[0]) for kind, address in rows]


def test_the_life_of_a_ticket_in_letters(cast):
    ticket = ticket_of(cast.customer)
    assert told() == [(events.REGISTERED, "customer")]
    assignment.assign(ticket, [cast.agent], by=cast.lead)
    assert told() == [(events.ASSIGNED, "engineer"), (events.TAKEN, "customer")]
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent)
    assert told() == [(events.ASKED, "customer")]
    conversation.reply(ticket, Words(text="С первого."), by=cast.customer)
    assert told() == [(events.ANSWERED, "engineer")]
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent)
    assert told() == [(events.PROPOSED, "customer")]
    lifecycle.send_back(ticket, by=cast.colleague, reason="Не то.")
    assert told() == [(events.RETURNED, "customer"), (events.RETURNED, "engineer")]
    lifecycle.propose_resolution(ticket, Words(text="Теперь то."), by=cast.agent)
    lifecycle.accept(ticket, by=cast.customer)
    assert told() == [(events.PROPOSED, "customer"), (events.ACCEPTED, "engineer")]


def test_without_a_specialist_the_operators_hear_the_customer(cast):
    ticket = ticket_of(cast.customer)
    told()
    conversation.reply(ticket, Words(text="Есть новости?"), by=cast.customer)

    assert told() == [(events.MESSAGE, "operator")]


@pytest.mark.parametrize("speak", [
    lambda ticket, by: lifecycle.ask(ticket, Words(text="С какого числа?"), by=by),
    lambda ticket, by: conversation.reply(ticket, Words(text="Смотрим."), by=by),
    lambda ticket, by: lifecycle.propose_resolution(ticket, Words(text="Готово."), by=by),
    lambda ticket, by: dates.offer(ticket, timezone.localdate() + timedelta(days=9), "Войдёт в выпуск.", by=by),
], ids=["question", "message", "resolution", "date"])  # fmt: skip
def test_the_answer_goes_to_who_spoke_when_nobody_is_assigned(cast, speak):
    ticket = ticket_of(cast.customer, kind="change", at=None)
    speak(ticket, cast.agent)
    told()
    conversation.reply(ticket, Words(text="С первого."), by=cast.customer)

    assert [who for _kind, who in told()] == ["engineer"]


def test_another_norm_is_told_and_another_module_is_not(cast):
    ticket = ticket_of(cast.customer)
    told()
    planning.triage(ticket, {"urgency": "high"}, by=cast.agent)
    assert told() == []
    planning.triage(ticket, {"standard": False}, by=cast.agent, reason="Нужна доработка.")
    assert told() == [(events.TRIAGED, "customer")]


def test_the_same_event_told_twice_is_one_letter(cast):
    ticket_of(cast.customer)
    errands.drain()
    tell(Event.objects.get(kind=events.REGISTERED))

    assert Delivery.objects.count() == 1


def test_the_first_line_says_what_to_do_and_the_last_letters_are_one_thread(cast):
    ticket = ticket_of(cast.customer, subject="Не суммируются часы")
    lifecycle.propose_resolution(ticket, Words(text="Исправили запрос."), by=cast.agent)
    errands.drain()
    first, second = Delivery.objects.order_by("id")

    assert second.subject == f"[№ {ticket.number}] Проверьте решение: Не суммируются часы"
    assert second.text.splitlines()[0] == "Проверьте решение № 1 и ответьте. Пока вы проверяете, срок стоит."
    assert "Исправили запрос." in second.text
    assert f"http://localhost:8000/tickets/{ticket.number}/" in second.text
    assert (first.references, second.references) == ("", first.message_id)
    assert f"+t{ticket.number}." in second.reply_to


def test_each_reads_in_his_own_language(cast):
    cast.customer.language = "en"
    cast.customer.save()
    lifecycle.ask(ticket_of(cast.customer), Words(text="Since when?"), by=cast.agent)
    errands.drain()

    assert Delivery.objects.get(kind=events.ASKED).text.startswith("Answer the question.")


@pytest.mark.case("EO-03")
def test_a_note_is_in_no_letter_whatever_happens_after_it(cast):
    ticket = ticket_of(cast.customer)
    conversation.note(ticket, Words(text="КАНАРЕЙКА"), by=cast.agent)
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent)
    lifecycle.ask(ticket, Words(text="Где?"), by=cast.agent)
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent)
    work()

    assert Delivery.objects.count() == 4
    assert not Delivery.objects.filter(text__contains="КАНАРЕЙКА").exists()
    assert not Delivery.objects.filter(html__contains="КАНАРЕЙКА").exists()


@pytest.mark.case("EO-03")
def test_a_customer_sees_the_fate_of_letters_to_its_own_people_only(cast):
    ticket, foreign = ticket_of(cast.customer), ticket_of(cast.stranger)
    conversation.reply(ticket, Words(text="Есть новости?"), by=cast.customer)
    errands.drain()

    assert [row.address for row in letters_of(ticket, cast.customer)] == [cast.customer.email]
    assert [row.address for row in letters_of(ticket, cast.agent)] == [cast.customer.email, cast.operator.email]
    assert list(letters_of(foreign, cast.customer)) == []
    with acting_as(PORTAL, [cast.home.pk]), connection.cursor() as cursor:
        cursor.execute("SELECT address FROM channels_delivery")
        assert cursor.fetchall() == [(cast.customer.email,)]


@pytest.mark.case("EO-04")
def test_a_flood_under_somebodys_name_brings_him_ten_letters_without_its_words(cast):
    for number in range(13):
        arrive(letter(cast.customer.email, subject=f"Тема {number}", text=f"ЯД {number}"))
    work()

    sent = Delivery.objects.filter(address=cast.customer.email)
    assert sent.count() == 10
    assert not sent.filter(text__contains="ЯД").exists()


@pytest.mark.case("EO-05")
def test_markup_of_a_customer_stays_text_in_the_letter(cast):
    ticket = ticket_of(cast.customer, subject="<img src=x onerror=alert(1)>")
    conversation.reply(ticket, Words(text='<script>alert(1)</script><a href="javascript:1">x</a>'), by=cast.customer)
    errands.drain()

    html = Delivery.objects.get(kind=events.MESSAGE).html
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_each_side_reads_whose_move_it_is_in_its_own_words(cast):
    ticket = ticket_of(cast.customer)
    assignment.take(ticket, by=cast.agent)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent)
    errands.drain()
    asked = Delivery.objects.get(kind=events.ASKED).text

    assert ("ход за вами" in asked, "ход за заказчиком" in asked) == (True, False)
