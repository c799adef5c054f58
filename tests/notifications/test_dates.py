"""Letters about planned dates: the reader's next step is the first line."""

from datetime import date, datetime, timedelta

import pytest

from asmo_support.channels.models import Delivery
from asmo_support.journal import errands
from asmo_support.tickets import jobs
from asmo_support.tickets.actions import assignment, conversation, dates
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.states import Channel, Kind, Via
from tests.cast import NOW, ticket_of

FRIDAY, SATURDAY, NEXT = date(2026, 11, 27), date(2026, 11, 28), date(2026, 12, 4)


@pytest.fixture
def ticket(cast):
    one = ticket_of(cast.customer, kind=Kind.CHANGE)
    assignment.assign(one, [cast.agent], by=cast.agent, at=NOW)
    letters()
    return one


def letters():
    """Whom was written what first since the last call."""
    errands.drain()
    rows = list(Delivery.objects.order_by("id").values_list("address", "subject", "text"))
    Delivery.objects.all().delete()
    return [(to.partition("@")[0], subject.partition("] ")[2].partition(":")[0], text.partition("\n")[0])
            for to, subject, text in rows]  # fmt: skip


def test_an_offer_asks_the_customer_first(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)

    assert letters() == [
        ("customer", "Согласуйте срок", ("Согласитесь на срок 27 ноября или предложите другой. Срок уже действует, ваше "
         "согласие закрепит его.")),
    ]  # fmt: skip


def test_a_day_off_and_an_agreed_date_are_told_in_the_letter(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    dates.agree(ticket, 1, by=cast.customer, at=NOW)
    letters()
    dates.offer(ticket, SATURDAY, "К выходным.", by=cast.agent, at=NOW)

    first = letters()[0][2]
    assert ("действует согласованный срок 27 ноября" in first, "истекает 30 ноября, 17:00" in first) == (True, True)


def test_a_counter_offer_goes_to_the_specialist_and_its_end_to_the_customer(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    letters()
    dates.offer(ticket, NEXT, "Нам не к спеху.", by=cast.customer, at=NOW)
    assert letters() == [
        ("engineer", "Заказчик предлагает 4 декабря", ("Заказчик предлагает 4 декабря: согласитесь или предложите другой "
         "срок.")),
    ]  # fmt: skip
    dates.decline(ticket, 2, "Выпуск раньше.", by=cast.agent, at=NOW)
    assert letters() == [
        ("customer", "Срок не подходит", ("Обещать 4 декабря мы не можем: прочтите почему. Можно предложить другой срок. "
         "Действует срок 27 ноября.")),
    ]  # fmt: skip


def test_consent_by_phone_is_told_to_the_customer_with_the_name(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    letters()
    dates.agree(ticket, 1, by=cast.agent, spoken_by=cast.customer, at=NOW)

    assert letters() == [
        ("customer", "Срок согласован", ("Срок согласован: 27 ноября. Сейчас от вас ничего не требуется. Согласие по "
         "телефону: Марина Ковалёва.")),
    ]  # fmt: skip


def test_a_reminder_asks_once_more(cast, ticket):
    dates.offer(ticket, NEXT, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    letters()
    jobs.remind(datetime.fromisoformat("2026-11-20T10:00+03:00") + timedelta(hours=1))

    assert [one[2].partition(":")[0] for one in letters()] == ["Всё ещё ждём вашего слова о сроке 4 декабря"]


def test_consent_by_letter_is_one_letter_to_each_side(cast, ticket):
    """Its author hears of it too: letters get into other hands."""
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    letters()
    conversation.reply(ticket, Words(text="Согласны.", channel=Channel.EMAIL), by=cast.customer, at=NOW)
    dates.agree(ticket, 1, by=cast.customer, at=NOW, via=Via.LETTER)

    assert letters() == [
        ("customer", "Срок согласован", ("Срок согласован: 27 ноября. Сейчас от вас ничего не требуется. Вы решили это "
         "своим письмом. Если вы имели в виду другое, ответьте на это письмо.")),
        ("engineer", "Срок согласован", ("Срок 27 ноября согласован и действует, пока заказчик не примет другой.")),
    ]  # fmt: skip


def test_another_day_by_the_link_is_confirmed_to_who_offered_it(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    letters()
    dates.offer(ticket, NEXT, "Нам не к спеху.", by=cast.customer, at=NOW, via=Via.LINK)

    told = {who: words for who, _subject, words in letters()}
    assert told["customer"].startswith("Вы предложили срок 4 декабря. Сейчас от вас ничего не требуется. ")
    assert sorted(told) == ["customer", "engineer"]
