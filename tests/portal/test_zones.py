"""«Почему такой срок?» is told in the zone of the calendar, which the page names, with the reader's own time beside it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from asmo_support.notifications.models import Preference
from asmo_support.tickets.actions import dates
from asmo_support.tickets.states import Kind
from tests.cast import ticket_of
from tests.parts.distant import distant


@pytest.fixture
def ticket(cast):
    return distant(cast.customer, cast.admin)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode().replace("\u00a0", " ")))


def why(ticket, target="resolution"):
    return f"/tickets/{ticket.number}/deadline/{target}/"


def live_in(person, zone):
    Preference.objects.create(person=person, organization=person.organization, zone=zone, daily_at="09:00")


def test_all_times_are_those_of_the_calendar_and_the_page_names_its_zone(cast, ticket, browser):
    page = text_of(browser(cast.customer).get(why(ticket)))

    assert "Время на этой странице: Новосибирск, UTC+7. В скобках — ваше время: Москва, UTC+3." in page
    assert "Начало отсчёта: 11 июня, 14:00 (10:00); первый рабочий момент: 11 июня, 14:00 (10:00)." in page
    assert "14:00–17:00" in page
    assert "до 14:00 (10:00)" in page
    assert "Asia/" not in page


def test_who_lives_by_the_calendars_clock_sees_one_time(cast, ticket, browser):
    live_in(cast.customer, "Asia/Krasnoyarsk")
    page = text_of(browser(cast.customer).get(why(ticket)))

    assert "Новосибирск, UTC+7. Норматив" in page
    assert "11 июня, 14:00; первый" in page


def test_another_day_in_the_readers_zone_is_said(cast, ticket, browser):
    live_in(cast.customer, "Asia/Kamchatka")
    ticket.clocks.update(started_at=datetime(2026, 6, 11, 13, 30, tzinfo=UTC))

    assert "11 июня, 20:30 (12 июня, 01:30)" in text_of(browser(cast.customer).get(why(ticket)))


def test_days_off_inside_the_count_are_said_by_name(cast, ticket, browser):
    answer = browser(cast.customer).get(why(ticket))

    assert "12–14 июня День России, выходные" in text_of(answer)
    assert [one.skipped for one in answer.context["told"].strips if hasattr(one, "skipped")] == [
        "День России, выходные"
    ]


def test_days_off_before_the_first_working_moment_are_said(cast, ticket, browser):
    ticket.clocks.update(started_at=datetime(2026, 6, 27, 3, tzinfo=UTC))

    assert "27–28 июня выходные" in text_of(browser(cast.customer).get(why(ticket)))


def test_new_years_days_and_days_of_the_decree_are_said_once(cast, ticket, browser):
    ticket.clocks.update(started_at=datetime(2026, 12, 30, 9, tzinfo=UTC))
    told = browser(cast.customer).get(why(ticket)).context["told"]

    assert [(one.first, one.last) for one in told.skipped] == [(date(2026, 12, 31), date(2027, 1, 10))]
    assert [one.skipped for one in told.strips if hasattr(one, "skipped")] == [
        "перенесённый выходной, новогодние каникулы и Рождество, выходные"
    ]


def test_the_page_of_a_planned_date_names_the_zone_too(cast, ticket, browser):
    change = ticket_of(cast.customer, kind=Kind.CHANGE, at=datetime.now(UTC))
    dates.offer(change, timezone.localdate() + timedelta(days=30), "Войдёт в выпуск.", by=cast.agent)
    change.clocks.update(calendar=ticket.clocks.first().calendar)
    page = text_of(browser(cast.customer).get(why(change, "planned")))

    assert "Время на этой странице: Новосибирск, UTC+7." in page
    assert re.search(r"до 1[78]:00 \(1[34]:00\)", page)
