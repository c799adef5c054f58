"""The planned date on the desk's pages: offering it, one press to agree, consent by phone, the words in list and head."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from asmo_support.tickets.actions import dates, lifecycle
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import PlannedDate, Ticket
from asmo_support.tickets.states import Kind
from tests.cast import ticket_of


@pytest.fixture
def ticket(cast):
    return ticket_of(cast.customer, kind=Kind.CHANGE, at=datetime.now(UTC) - timedelta(minutes=10))


def at(ticket, rest=""):
    return f"/desk/tickets/{ticket.number}/{rest}"


def working(number):
    return table().working_day_after(timezone.localdate(), number)


def test_the_composer_offers_a_date_with_its_reason(cast, ticket, sign_in):
    client, day = sign_in(cast.agent), working(5)
    answer = client.post(at(ticket, "planned-dates/"), {"date": day.isoformat(), "text": "Войдёт в выпуск."})

    assert (answer.status_code, Ticket.objects.get().planned_at) == (302, day)
    assert "Войдёт в выпуск." in client.get(at(ticket)).content.decode()


def test_a_refused_date_keeps_what_was_typed(cast, ticket, sign_in):
    answer = sign_in(cast.agent).post(at(ticket, "planned-dates/"), {"date": "2020-01-01", "text": "Давно."})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert ('value="2020-01-01"' in page, "Давно." in page, "from today on" in page) == (True, True, True)


def test_a_day_off_is_said_with_the_day_it_falls_due(cast, ticket, sign_in):
    day = timezone.localdate() + timedelta(days=1)
    while table().calendar.hours(day):
        day += timedelta(days=1)
    answer = sign_in(cast.agent).post(at(ticket, "planned-dates/"), {"date": day.isoformat(), "text": "К выходным."})

    assert "is a day off" in str(*get_messages(answer.wsgi_request))


def test_one_press_agrees_to_the_customers_day(cast, ticket, sign_in):
    dates.offer(ticket, working(9), "Успеем.", by=cast.agent)
    dates.offer(ticket, working(5), "Нужно раньше.", by=cast.customer)
    client = sign_in(cast.lead)
    assert client.get(at(ticket)).content.decode().count(at(ticket, "planned-dates/2/acceptance/")) == 2

    client.post(at(ticket, "planned-dates/2/acceptance/"))

    assert (Ticket.objects.get().planned_at, Ticket.objects.get().planned_agreed) == (working(5), True)


def test_consent_by_phone_needs_the_name(cast, ticket, sign_in):
    dates.offer(ticket, working(9), "Успеем.", by=cast.agent)
    client, address = sign_in(cast.operator), at(ticket, "planned-dates/1/acceptance/")

    assert client.post(address).status_code == 422
    assert client.post(address, {"person": cast.stranger.pk}).status_code == 422
    assert client.post(address, {"person": cast.customer.pk}).status_code == 302
    found = PlannedDate.objects.get()
    assert (found.verdict, found.decided_by, found.recorded_by) == ("agreed", cast.customer, cast.operator)


def test_declining_needs_a_reason_and_keeps_the_date_in_force(cast, ticket, sign_in):
    dates.offer(ticket, working(9), "Успеем.", by=cast.agent)
    dates.offer(ticket, working(5), "Нужно раньше.", by=cast.customer)
    client, address = sign_in(cast.agent), at(ticket, "planned-dates/2/refusal/")

    assert (client.get(address).status_code, client.post(address, {"reason": ""}).status_code) == (200, 422)
    client.post(address, {"reason": "Не успеть."})
    found = PlannedDate.objects.get(n=2)
    assert (found.verdict, found.refusal, Ticket.objects.get().planned_at) == ("declined", "Не успеть.", working(9))


def test_an_offer_that_was_never_made_is_not_there(cast, ticket, sign_in):
    client = sign_in(cast.agent)

    assert [client.get(at(ticket, f"planned-dates/7/{one}/")).status_code for one in ("acceptance", "refusal")] == [
        404
    ] * 2


def test_a_ticket_with_a_norm_says_why_it_has_no_date(cast, sign_in):
    bug = ticket_of(cast.customer)
    client = sign_in(cast.agent)
    answer = client.post(at(bug, "planned-dates/"), {"date": working(5).isoformat(), "text": "Позже."})

    assert (answer.status_code, "A fixed norm applies" in answer.content.decode()) == (409, True)


def test_the_list_marks_what_is_not_agreed(cast, ticket, sign_in):
    dates.offer(ticket, working(9), "Успеем.", by=cast.agent)
    client = sign_in(cast.agent)
    assert ", not agreed" in client.get("/desk/?state=open").content.decode()

    dates.agree(ticket, 1, by=cast.customer)

    assert ", not agreed" not in client.get("/desk/?state=open").content.decode()


def test_why_this_date_tells_the_whole_negotiation(cast, ticket, sign_in):
    dates.offer(ticket, working(9), "Успеем.", by=cast.agent)
    dates.offer(ticket, working(5), "Нужно раньше.", by=cast.customer)
    page = sign_in(cast.release).get(at(ticket, "deadline/planned/")).content.decode()

    assert ("Успеем." in page, "Нужно раньше." in page, "although it is not agreed yet" in page) == (True, True, True)


def test_who_answers_when_the_ticket_is_over_keeps_the_words(cast, ticket, sign_in):
    dates.offer(ticket, working(5), "Сдаём отчёт.", by=cast.customer)
    lifecycle.cancel(ticket, by=cast.customer)
    client = sign_in(cast.agent)
    declined = client.post(at(ticket, "planned-dates/1/refusal/"), {"reason": "Не успеем."})
    offered = client.post(at(ticket, "planned-dates/"), {"date": working(9).isoformat(), "text": "Позже."})

    assert (declined.status_code, offered.status_code) == (409, 409)
    assert ("Не успеем." in declined.content.decode(), "Позже." in offered.content.decode()) == (True, True)


def test_the_dialog_of_a_date_names_its_calendar_and_can_be_printed(cast, ticket, sign_in):
    page = sign_in(cast.agent).get(at(ticket, "deadline/planned/")).content.decode()

    assert "Служба поддержки, 8:45–17:00 по Москве, version 1 of " in page
    assert "data-print" in page
