"""What time does to planned dates: the warning, the breach, reminders, and the cadence of news."""

from datetime import UTC, date, datetime, timedelta

import pytest

from asmo_support.insight.dates import dates_between
from asmo_support.insight.lists import Filter, page
from asmo_support.journal.models import Event
from asmo_support.tickets import events, jobs
from asmo_support.tickets.actions import conversation, dates, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.planned import date_at_risk, working_days_left
from asmo_support.tickets.states import Kind
from tests.cast import NOW, ticket_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
# 8:45 and 17:00 in Moscow.
OPENING, CLOSING = timedelta(hours=5, minutes=45), timedelta(hours=14)


@pytest.fixture
def ticket(cast):
    return ticket_of(cast.customer, kind=Kind.CHANGE)


def moment(day, hours):
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + hours


def told(kind):
    return list(Event.objects.filter(kind=kind).order_by("id").values_list("at", "data__target"))


def test_one_working_day_before_the_date_comes_one_warning(cast, ticket):
    dates.offer(ticket, MONDAY, "К понедельнику.", by=cast.agent, at=NOW)
    before = moment(FRIDAY, OPENING)
    jobs.run_minute(before - HOUR)
    jobs.run_minute(before)
    jobs.run_minute(before + HOUR)

    assert told(events.WARNED) == [(before, "planned")]


def test_a_date_that_passes_is_a_breach_and_stays_first_in_the_list(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    late = moment(FRIDAY, CLOSING)
    jobs.run_minute(late)
    jobs.run_minute(late + DAY)

    assert told(events.BREACHED) == [(late, "planned")]
    assert (ticket.clocks.get(target="planned").breached_at, Ticket.objects.get().queue_at) == (late, late)


def test_under_review_no_date_passes(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent, at=NOW + HOUR)
    jobs.run_minute(moment(MONDAY, CLOSING))

    assert told(events.BREACHED) == []


def test_an_offer_without_an_answer_is_reminded_after_three_and_seven_working_days(cast, ticket):
    dates.offer(ticket, date(2026, 12, 18), "Войдёт в выпуск.", by=cast.agent, at=NOW)
    for day in range(14):
        jobs.remind(NOW + day * DAY)

    found = Event.objects.filter(kind=events.REMINDED).order_by("id")
    assert [(one.at, one.data["what"]) for one in found] == [(NOW + 3 * DAY, "date"), (NOW + 9 * DAY, "date")]


def test_an_answered_offer_is_not_reminded(cast, ticket):
    dates.offer(ticket, date(2026, 12, 18), "Войдёт в выпуск.", by=cast.agent, at=NOW)
    dates.agree(ticket, 1, by=cast.customer, at=NOW)

    assert jobs.remind(NOW + 3 * DAY) == 0


def test_every_word_of_the_desk_starts_the_cadence_of_news_anew(cast, ticket):
    Clock.objects.create(
        ticket=ticket, organization=ticket.organization, target="update", norm_minutes=240, started_at=NOW,
        due_at=NOW + 4 * HOUR, calendar="default@1",
    )  # fmt: skip
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent, at=NOW + HOUR)
    assert Clock.objects.get(target="update").due_at == NOW + 5 * HOUR

    conversation.reply(ticket, Words(text="Ждём."), by=cast.customer, at=NOW + 2 * HOUR)
    assert Clock.objects.get(target="update").due_at == NOW + 5 * HOUR

    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW + 2 * HOUR)
    assert Clock.objects.get(target="update").due_at == NOW + 6 * HOUR


def test_news_that_came_too_late_are_written_down_as_late(cast, ticket):
    Clock.objects.create(
        ticket=ticket, organization=ticket.organization, target="update", norm_minutes=60, started_at=NOW,
        due_at=NOW + HOUR, calendar="default@1",
    )  # fmt: skip
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent, at=NOW + 2 * HOUR)

    assert told(events.BREACHED) == [(NOW + 2 * HOUR, "update")]


def test_a_date_that_nobody_named_is_at_risk_after_480_working_minutes(cast, ticket):
    clocks = list(ticket.clocks.all())
    # 7 hours today from 10:00 to 17:00, one more tomorrow from 8:45.
    risky = moment(NOW.date() + DAY, OPENING + HOUR)

    found = [date_at_risk(ticket, clocks, at) for at in (risky - timedelta(seconds=1), risky)]
    assert (found, [one.ticket.pk for one in page(cast.agent, Filter(state="undated")).rows]) == (
        [False, True], [ticket.pk],
    )  # fmt: skip
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    assert page(cast.agent, Filter(state="undated")).rows == []


def test_days_left_are_working_days(ticket):
    days = [date(2026, 11, 16), NOW.date(), FRIDAY, date(2026, 11, 28), MONDAY]

    assert [working_days_left(ticket, day, NOW) for day in days] == [-1, 0, 8, 9, 9]


def test_a_counter_offer_waits_in_the_desks_list_and_an_offer_in_the_customers(cast, ticket):
    other = ticket_of(cast.customer, kind=Kind.CHANGE)
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    dates.offer(other, FRIDAY, "Нужно раньше.", by=cast.customer, at=NOW)

    waits = [page(cast.customer, Filter(mine=True)), page(cast.agent, Filter(state="countered"))]
    assert [[row.ticket.pk for row in one.rows] for one in waits] == [[ticket.pk], [other.pk]]


def test_the_report_counts_first_offers_that_were_agreed_and_how_often_dates_moved(cast):
    def one():
        return ticket_of(cast.customer, kind=Kind.CHANGE)

    first, twice, waiting = one(), one(), one()
    dates.offer(first, FRIDAY, "Успеем.", by=cast.agent, at=NOW)
    dates.agree(first, 1, by=cast.customer, at=NOW)
    dates.offer(twice, FRIDAY, "Успеем.", by=cast.agent, at=NOW)
    dates.offer(twice, MONDAY, "Не успели.", by=cast.agent, at=NOW)
    dates.offer(twice, date(2026, 12, 4), "Нам так лучше.", by=cast.customer, at=NOW)
    dates.agree(twice, 3, by=cast.agent, at=NOW)
    dates.offer(waiting, FRIDAY, "Успеем.", by=cast.agent, at=NOW)
    jobs.run_minute(moment(FRIDAY, CLOSING))

    found = dates_between(cast.lead, NOW, NOW + 30 * DAY)
    assert (found.at_first, found.agreed, found.open, found.moved) == (1, 2, 1, 1)
    assert (found.shifted, found.overdue) == ({0: 2, 2: 1}, 2)
    assert dates_between(cast.stranger, NOW, NOW + 30 * DAY).total == 0
