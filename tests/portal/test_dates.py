"""The planned date on the portal: what waits for the customer, one press to agree, another day, taking it back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from asmo_support.tickets.actions import dates, lifecycle, planning
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import PlannedDate, Ticket
from asmo_support.tickets.states import Kind
from asmo_support.tickets.waiting import waiting_for_customer
from tests.cast import ticket_of


@pytest.fixture
def ticket(cast):
    one = ticket_of(cast.customer, kind=Kind.CHANGE, at=datetime.now(UTC) - timedelta(minutes=10))
    dates.offer(one, working(9), "Войдёт в выпуск.", by=cast.agent)
    return one


def at(ticket, rest=""):
    return f"/tickets/{ticket.number}/{rest}"


def working(number):
    return table().working_day_after(timezone.localdate(), number)


def stands():
    return Ticket.objects.get().planned_at, list(PlannedDate.objects.order_by("n").values_list("side", "verdict"))


def test_an_offer_waits_on_the_start_page_and_one_press_agrees(cast, ticket, browser):
    client = browser(cast.customer)
    assert "Согласуйте срок" in client.get("/").content.decode()

    answer = client.post(at(ticket, "planned-dates/1/acceptance/"))

    assert (answer.status_code, Ticket.objects.get().planned_agreed) == (302, True)
    assert "Согласуйте срок" not in client.get("/").content.decode()


def test_another_day_needs_a_day_and_a_reason(cast, ticket, browser):
    client, day = browser(cast.customer), working(5).isoformat()
    wrong = [{"date": "", "reason": "Рано."}, {"date": day, "reason": " "}, {"date": "завтра", "reason": "Рано."}]

    assert [client.post(at(ticket, "planned-dates/"), one).status_code for one in wrong] == [422] * 3
    client.post(at(ticket, "planned-dates/"), {"date": day, "reason": "Сдаём отчёт."})
    assert stands() == (working(9), [("provider", "offered"), ("customer", "offered")])


def test_both_offers_are_on_the_page_until_one_is_agreed(cast, ticket, browser):
    dates.offer(ticket, working(5), "Сдаём отчёт.", by=cast.customer)
    page = browser(cast.customer).get(at(ticket)).content.decode()

    assert (page.count('class="offer-date"'), "Вы предложили" in page, "Предлагаем срок" in page) == (2, True, True)


def test_ones_own_offer_is_taken_back_with_one_press(cast, ticket, browser):
    dates.offer(ticket, working(5), "Сдаём отчёт.", by=cast.customer)
    browser(cast.customer).post(at(ticket, "planned-dates/2/refusal/"))

    assert stands() == (working(9), [("provider", "offered"), ("customer", "recalled")])


def test_declining_without_a_day_needs_the_reason(cast, ticket, browser):
    client = browser(cast.customer)

    assert client.post(at(ticket, "planned-dates/1/refusal/"), {"reason": ""}).status_code == 422
    client.post(at(ticket, "planned-dates/1/refusal/"), {"reason": "Поздно."})
    assert stands() == (working(9), [("provider", "declined")])


def test_a_stranger_finds_no_date(cast, ticket, browser):
    client = browser(cast.stranger)
    answers = [client.post(at(ticket, f"planned-dates/{one}")) for one in ("", "1/acceptance/", "1/refusal/")]

    assert [one.status_code for one in answers] == [404] * 3


def test_the_page_tells_how_the_date_came_about(cast, ticket, browser):
    page = browser(cast.customer).get(at(ticket, "deadline/planned/")).content.decode()

    assert ("Войдёт в выпуск." in page, "ещё не согласован" in page) == (True, True)


def test_a_ticket_that_got_a_fixed_norm_after_an_offer_can_still_be_read(cast, browser):
    ticket = ticket_of(cast.customer)
    planning.triage(ticket, {"standard": False}, by=cast.agent, reason="Нужна доработка.")
    dates.offer(ticket, timezone.localdate() + timedelta(days=14), "Две недели работы.", by=cast.agent)
    planning.triage(ticket, {"standard": True}, by=cast.agent, reason="Оказалось проще.")
    client = browser(cast.customer)

    assert client.get(f"/tickets/{ticket.number}/").status_code == 200
    assert client.get(f"/tickets/{ticket.number}/deadline/planned/").status_code == 404


@pytest.mark.parametrize("deed", ["", "1/acceptance/", "1/refusal/"])
def test_who_answers_when_the_ticket_is_over_keeps_the_words(cast, ticket, browser, deed):
    client = browser(cast.customer)
    lifecycle.refuse(ticket, by=cast.lead, reason="Не наш продукт.")
    answer = client.post(at(ticket, f"planned-dates/{deed}"), {"date": working(5).isoformat(), "reason": "Сдаём."})

    assert (answer.status_code, "Сдаём." in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("deed", ["planned-dates/", "planned-dates/1/acceptance/", "planned-dates/1/refusal/", "offer/",
                                  "offer/acceptance/", "offer/refusal/"])  # fmt: skip
def test_the_address_of_a_deed_leads_to_its_ticket(cast, ticket, browser, deed):
    answer = browser(cast.customer).get(at(ticket, deed))

    assert (answer.status_code, answer["Location"]) == (302, at(ticket))


def test_the_page_of_a_date_names_its_calendar_and_can_be_printed(cast, ticket, browser):
    page = browser(cast.customer).get(at(ticket, "deadline/planned/")).content.decode()

    assert "Служба поддержки, 8:45–17:00 по Москве, версия 1 от " in page
    assert f'href="{at(ticket, "deadline/planned/")}" data-print' in page


def test_who_offers_a_day_off_is_told_when_it_falls_due(cast, ticket, browser):
    saturday = timezone.localdate() + timedelta(days=12 - timezone.localdate().weekday())
    sent = {"date": saturday.isoformat(), "reason": "Сдаём отчёт."}
    page = browser(cast.customer).post(at(ticket, "planned-dates/"), sent, follow=True).content.decode()

    assert "срок истекает" in page


def test_after_a_counter_offer_the_move_is_the_desk_s_until_it_answers(cast, browser):
    ticket = ticket_of(cast.customer, at=None, kind=Kind.CHANGE)
    today = timezone.localdate()
    dates.offer(ticket, today + timedelta(days=30), "Нужна разработка.", by=cast.agent)
    client, shown = browser(cast.customer), []
    for by, days in ((None, 0), (cast.customer, 20), (cast.agent, 25)):
        if by:
            dates.offer(ticket, today + timedelta(days=days), "Так удобнее.", by=by)
        page = client.get(f"/tickets/{ticket.number}/").content.decode()
        shown.append(("ответьте о сроке" in page, bool(waiting_for_customer([ticket]))))

    assert shown == [(True, True), (False, False), (True, True)]
