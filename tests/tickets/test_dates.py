"""The planned date as a negotiation: what is in force, who may say what, and what the clock makes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from asmo_support.journal.models import Event
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.tickets import events
from asmo_support.tickets.actions import dates, lifecycle, planning
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.states import Kind
from tests.cast import NOW, ticket_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# NOW is Tuesday, 17 November 2026; the desk closes at 17:00 Moscow time, 14:00 UTC.
FRIDAY, MONDAY, NEXT = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 4)
SATURDAY = date(2026, 11, 28)


@pytest.fixture
def ticket(cast):
    return ticket_of(cast.customer, kind=Kind.CHANGE)


def closing(day):
    return datetime(day.year, day.month, day.day, 14, tzinfo=UTC)


def clock(ticket):
    one = ticket.clocks.get(target="planned")
    return one.state, one.due_at, one.met_at, one.breached_at


def stands(ticket):
    """The date in force, whether it is agreed, and each offer with its fate."""
    now = Ticket.objects.get(pk=ticket.pk)
    return now.planned_at, now.planned_agreed, list(now.planned_dates.values_list("n", "side", "verdict"))


def test_the_desks_date_is_in_force_at_once_and_is_a_reaction(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск 7.5.", by=cast.agent, at=NOW + HOUR)

    assert stands(ticket) == (FRIDAY, False, [(1, "provider", "offered")])
    assert clock(ticket) == ("running", closing(FRIDAY), None, None)
    assert (ticket.state, ticket.queue_at) == ("in_work", closing(FRIDAY))
    assert ticket.clocks.get(target="reaction").met_at == NOW + HOUR


def test_a_counter_offer_changes_nothing_until_the_desk_accepts_it(cast, ticket):
    dates.offer(ticket, NEXT, "Раньше не успеть.", by=cast.agent, at=NOW)
    dates.offer(ticket, FRIDAY, "Отчёт сдаём в понедельник.", by=cast.customer, at=NOW + HOUR)

    assert stands(ticket) == (NEXT, False, [(1, "provider", "offered"), (2, "customer", "offered")])

    dates.agree(ticket, 2, by=cast.lead, at=NOW + 2 * HOUR)

    assert stands(ticket) == (FRIDAY, True, [(1, "provider", "settled"), (2, "customer", "agreed")])
    assert clock(ticket) == ("running", closing(FRIDAY), None, None)


def test_an_agreed_date_stays_in_force_until_the_customer_accepts_the_new_one(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    dates.agree(ticket, 1, by=cast.customer, at=NOW + HOUR)
    dates.offer(ticket, NEXT, "Выпуск сдвинулся.", by=cast.agent, at=NOW + DAY)

    assert stands(ticket) == (FRIDAY, True, [(1, "provider", "agreed"), (2, "provider", "offered")])
    assert clock(ticket)[1] == closing(FRIDAY)

    dates.agree(ticket, 2, by=cast.customer, at=NOW + DAY + HOUR)

    assert (stands(ticket)[:2], clock(ticket)[1]) == ((NEXT, True), closing(NEXT))


def test_a_declined_offer_leaves_the_date_in_force(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    dates.agree(ticket, 1, by=cast.customer, at=NOW)
    dates.offer(ticket, NEXT, "Выпуск сдвинулся.", by=cast.agent, at=NOW)
    declined = dates.decline(ticket, 2, "Сдавать в понедельник.", by=cast.customer, at=NOW + HOUR)

    assert stands(ticket) == (FRIDAY, True, [(1, "provider", "agreed"), (2, "provider", "declined")])
    assert (declined.refusal, declined.decided_by) == ("Сдавать в понедельник.", cast.customer)


def test_a_newer_offer_takes_the_place_of_ones_own_only(cast, ticket):
    dates.offer(ticket, FRIDAY, "Первая оценка.", by=cast.agent, at=NOW)
    dates.offer(ticket, MONDAY, "Нам удобнее.", by=cast.customer, at=NOW)
    dates.offer(ticket, NEXT, "Оценили точнее.", by=cast.agent, at=NOW)

    found = [(1, "provider", "replaced"), (2, "customer", "offered"), (3, "provider", "offered")]
    assert stands(ticket) == (NEXT, False, found)


def test_consent_spoken_by_phone_names_the_person_and_who_wrote_it_down(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)

    with pytest.raises(Refused, match="Назовите"):
        dates.agree(ticket, 1, by=cast.lead, at=NOW)
    agreed = dates.agree(ticket, 1, by=cast.lead, spoken_by=cast.customer, at=NOW)

    assert (agreed.decided_by, agreed.recorded_by) == (cast.customer, cast.lead)
    assert Event.objects.get(kind=events.PLANNED_AGREED).data["spoken_by"] == cast.customer.name


def test_nobody_accepts_an_own_offer(cast, ticket):
    dates.offer(ticket, FRIDAY, "Хотим так.", by=cast.customer, at=NOW)

    with pytest.raises(Refused, match="поддержк"):
        dates.agree(ticket, 1, by=cast.customer, at=NOW)


def test_the_date_in_force_cannot_be_taken_back_but_an_offer_can(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    with pytest.raises(Refused, match="действует"):
        dates.decline(ticket, 1, by=cast.agent, at=NOW)

    dates.offer(ticket, MONDAY, "Хотим так.", by=cast.customer, at=NOW)
    dates.decline(ticket, 2, by=cast.customer, at=NOW)

    assert stands(ticket) == (FRIDAY, False, [(1, "provider", "offered"), (2, "customer", "recalled")])


def test_who_presses_second_is_told_that_it_is_answered(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    dates.agree(ticket, 1, by=cast.customer, at=NOW)

    with pytest.raises(Conflict):
        dates.decline(Ticket.objects.get(), 1, "Поздно.", by=cast.coordinator, at=NOW)


@pytest.mark.parametrize(
    ("day", "field"),
    [(date(2026, 11, 16), "date"), (date(2206, 11, 16), "date"), (NOW.date(), "")],
    ids=["yesterday", "in another age", "today"],
)
def test_only_days_from_today_on_are_offered(cast, ticket, day, field):
    if not field:
        dates.offer(ticket, day, "Сделаем сегодня.", by=cast.agent, at=NOW)
        assert clock(ticket)[1] == closing(day)
        return
    with pytest.raises(Refused) as refused:
        dates.offer(ticket, day, "Нужно.", by=cast.agent, at=NOW)
    assert (refused.value.field, stands(ticket)) == (field, (None, False, []))


def test_today_is_no_date_after_closing(cast, ticket):
    with pytest.raises(Refused, match="закончился"):
        dates.offer(ticket, NOW.date(), "Успеем.", by=cast.agent, at=closing(NOW.date()) + HOUR)


def test_a_day_off_falls_due_at_the_next_working_days_closing(cast, ticket):
    dates.offer(ticket, SATURDAY, "К выходным.", by=cast.agent, at=NOW)

    assert clock(ticket)[1] == closing(MONDAY)


def test_a_fixed_norm_leaves_no_place_for_a_planned_date(cast):
    bug = ticket_of(cast.customer)

    with pytest.raises(Conflict, match="норматив"):
        dates.offer(bug, FRIDAY, "Не успеем.", by=cast.agent, at=NOW)


def test_triage_lifts_the_date_and_asks_for_one(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    planning.triage(ticket, {"kind": Kind.BUG}, by=cast.agent, reason="Это ошибка.", at=NOW + HOUR)

    assert stands(ticket) == (None, False, [(1, "provider", "recalled")])
    assert clock(ticket)[0] == "cancelled"
    assert ticket.needs_planned_date is False

    planning.triage(ticket, {"standard": False}, by=cast.agent, reason="Нетиповая.", at=NOW + 2 * HOUR)

    assert ticket.needs_planned_date is True


def test_a_date_is_kept_by_a_resolution_and_runs_again_after_the_return(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent, at=NOW + HOUR)
    assert clock(ticket) == ("met", closing(FRIDAY), NOW + HOUR, None)
    with pytest.raises(Conflict):
        dates.offer(ticket, NEXT, "Позже.", by=cast.agent, at=NOW + HOUR)

    back = closing(FRIDAY) + 3 * DAY
    lifecycle.send_back(ticket, by=cast.customer, reason="Не всё.", at=back)

    assert clock(ticket) == ("running", closing(FRIDAY), None, back)


def test_moving_a_date_that_has_passed_writes_the_breach_down_first(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    dates.offer(ticket, NEXT, "Не успели.", by=cast.agent, at=closing(FRIDAY) + HOUR)

    assert Event.objects.filter(kind=events.BREACHED, data__target="planned").count() == 1
    assert clock(ticket) == ("running", closing(NEXT), None, None)


def test_the_warning_comes_at_the_opening_of_the_working_day_before(cast, ticket):
    dates.offer(ticket, MONDAY, "К понедельнику.", by=cast.agent, at=NOW)

    # Friday, 8:45 Moscow time.
    assert ticket.clocks.get(target="planned").warn_at == datetime(2026, 11, 27, 5, 45, tzinfo=UTC)


def test_history_tells_dates_in_words(cast, ticket):
    dates.offer(ticket, FRIDAY, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    dates.agree(ticket, 1, by=cast.lead, spoken_by=cast.customer, at=NOW)

    with translation.override("ru"):
        found = [sentence(event) for event in Event.objects.filter(kind__contains="date-").order_by("id")]
    assert found == [
        "предложение срока 27 ноября 2026: Войдёт в выпуск.",
        "срок 27 ноября 2026 согласован со слов по телефону: Марина Ковалёва",
    ]


@pytest.mark.parametrize("end", ["cancel", "refuse", "accept"])
def test_what_is_offered_lapses_with_the_ticket(cast, ticket, end):
    dates.offer(ticket, NEXT, "Войдёт в выпуск.", by=cast.agent, at=NOW)
    if end == "accept":
        lifecycle.propose_resolution(ticket, Words(text="Сделано."), by=cast.agent, at=NOW)
        lifecycle.accept(ticket, by=cast.customer, at=NOW)
    elif end == "refuse":
        lifecycle.refuse(ticket, by=cast.lead, reason="Не наше.", at=NOW)
    else:
        lifecycle.cancel(ticket, by=cast.customer, at=NOW)

    offer = ticket.planned_dates.get()
    assert (offer.verdict, offer.decided_by, offer.decided_at) == ("lapsed", None, NOW)
    with translation.override("ru"):
        said = [(one.by, sentence(one)) for one in Event.objects.filter(kind=events.PLANNED_LAPSED)]
    ended_by = cast.lead if end == "refuse" else cast.customer
    assert said == [(ended_by, "предложение срока 4 декабря 2026 отпало: обращение завершено")]
