"""A deadline of a ticket that ended without a resolution is lifted: nothing says that it is still ahead."""

import re
from datetime import timedelta

import pytest

from asmo_support.tickets.actions import conversation, dates, lifecycle, planning
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Kind
from tests.cast import NOW, ticket_of

HOUR = timedelta(hours=1)
LATER = NOW + HOUR


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode().replace("\u00a0", " ")))


def refuse(ticket, cast):
    lifecycle.refuse(ticket, by=cast.lead, reason="Не наш продукт.", at=LATER)


def cancel(ticket, cast):
    lifecycle.cancel(ticket, by=cast.customer, at=LATER)


@pytest.mark.parametrize("end", [refuse, cancel])
@pytest.mark.parametrize("target", ["reaction", "resolution"])
def test_the_arithmetic_ends_where_the_deadline_was_lifted(cast, browser, end, target):
    ticket = ticket_of(cast.customer, at=NOW)
    end(ticket, cast)
    if (end, target) == (refuse, "reaction"):
        return  # a refusal is a reaction: that deadline is kept
    answer = browser(cast.customer).get(f"/tickets/{ticket.number}/deadline/{target}/")
    story = answer.context["told"].story

    assert "Срок снят: 17 ноября, 11:00. Больше ничего не обещано." in text_of(answer)
    assert (story.due, story.days[-1].stretches[-1].end) == (None, LATER)
    assert [word for word in ("впереди", "Осталось", " до ") if word in text_of(answer).partition("Норматив")[2]] == []
    assert 'class="next"' not in answer.content.decode()


def test_the_ticket_itself_says_when_its_deadlines_were_lifted(cast, browser):
    ticket = ticket_of(cast.customer, at=NOW)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=NOW + HOUR / 2)
    cancel(ticket, cast)
    page = text_of(browser(cast.customer).get(f"/tickets/{ticket.number}/"))

    assert "Решение за 8 ч снят 17 ноября, 11:00" in page
    assert "останется" not in page


def test_a_deadline_that_triage_lifted_is_not_said_to_be_left(cast, browser):
    ticket = ticket_of(cast.customer, at=NOW)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=NOW + HOUR / 2)
    planning.triage(ticket, {"standard": False}, by=cast.agent, reason="Нужна доработка.", at=LATER)

    assert "останется" not in text_of(browser(cast.customer).get(f"/tickets/{ticket.number}/"))


def test_a_norm_that_moved_before_does_not_hide_when_it_was_lifted(cast, browser):
    ticket = ticket_of(cast.customer, at=NOW)
    planning.triage(ticket, {"standard": False}, by=cast.agent, reason="Нужна доработка.", at=NOW + HOUR / 4)
    planning.triage(Ticket.objects.get(), {"standard": True}, by=cast.agent, reason="Нет.", at=NOW + HOUR / 2)
    cancel(Ticket.objects.get(), cast)

    assert "Срок снят: 17 ноября, 11:00" in text_of(
        browser(cast.customer).get(f"/tickets/{ticket.number}/deadline/resolution/")
    )


def test_a_planned_date_is_lifted_too(cast, browser):
    ticket = ticket_of(cast.customer, kind=Kind.CHANGE, at=NOW)
    dates.offer(ticket, (NOW + timedelta(days=30)).date(), "Войдёт в выпуск.", by=cast.agent, at=NOW)
    cancel(ticket, cast)
    client = browser(cast.customer)
    why = text_of(client.get(f"/tickets/{ticket.number}/deadline/planned/"))

    assert "Плановый срок снят: 17 ноября, 11:00. Больше ничего не обещано." in why
    assert "действует" not in why.partition("Больше")[0]
    assert "17 декабря, снят" in text_of(client.get(f"/tickets/{ticket.number}/"))


def test_what_a_kept_deadline_left_over_is_not_said_to_be_ahead(cast, browser):
    ticket = ticket_of(cast.customer, at=NOW)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=NOW + HOUR / 2)
    answer = browser(cast.customer).get(f"/tickets/{ticket.number}/deadline/reaction/")

    assert "не понадобилось" in text_of(answer)
    assert "впереди" not in answer.content.decode()


def test_hours_that_touch_are_told_as_one(cast, browser):
    ticket = ticket_of(cast.customer, at=NOW)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=NOW + HOUR / 2)
    page = text_of(browser(cast.customer).get(f"/tickets/{ticket.number}/deadline/reaction/"))

    assert "10:00–12:00" in page
    assert "10:00–10:30, 10:30–12:00" not in page


def test_minutes_of_the_days_add_up_whatever_the_seconds(cast, browser):
    begun = NOW + timedelta(hours=5, seconds=25)
    ticket = ticket_of(cast.customer, at=begun)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=begun + timedelta(minutes=30, seconds=15))
    conversation.reply(ticket, Words(text="С первого."), by=cast.customer, at=begun + timedelta(minutes=50, seconds=50))
    page = browser(cast.customer).get(f"/tickets/{ticket.number}/deadline/resolution/").context["told"].strips

    assert (sum(strip.counted for strip in page), page[-1].total) == (480, 480)
    assert [strip.hours for strip in page] == ["15:00–15:30, 15:51–17:00", "8:45–15:06"]


def test_time_while_the_ticket_was_closed_is_nobody_s_move(cast, browser):
    ticket = ticket_of(cast.customer, at=NOW)
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent, at=NOW + HOUR)
    lifecycle.accept(ticket, by=cast.customer, at=NOW + 2 * HOUR)
    lifecycle.reopen(ticket, by=cast.customer, reason="Снова.", at=NOW + timedelta(days=6))
    page = text_of(browser(cast.customer).get(f"/tickets/{ticket.number}/deadline/resolution/"))

    assert "пока ход был у заказчика или обращение было закрыто" in page
    assert "рабочих дня, " in page.partition("обращение было закрыто")[2]
    assert "ваш ход, не считается" not in page
