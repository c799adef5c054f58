"""Deadlines that come near: each share once, in working hours of the clock's own calendar, told to whom it concerns."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asmo_support.channels.models import Delivery
from asmo_support.contracts.models import Contract, ContractNorm
from asmo_support.journal import errands
from asmo_support.journal.models import Event
from asmo_support.sla.models import CalendarVersion, WorkCalendar
from asmo_support.tickets import events, jobs, nearing
from asmo_support.tickets.actions import assignment, clocks, conversation, lifecycle, planning
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Clock
from tests.cast import NOW, person, ticket_of

HOUR = timedelta(hours=1)
# 10:00 of a Tuesday and 480 minutes: half of it at 14:00, three quarters at 16:00, 90 % next morning at 8:57.
HALF, MOST, NEARLY = NOW + 4 * HOUR, NOW + 6 * HOUR, datetime(2026, 11, 18, 5, 57, tzinfo=UTC)
DUE = datetime(2026, 11, 18, 6, 45, tzinfo=UTC)


def taken(cast, **more):
    """A ticket in work: its reaction is met, so that one clock runs."""
    ticket = ticket_of(cast.customer, **more)
    assignment.assign(ticket, [cast.agent], by=cast.agent, at=NOW)
    return ticket


def round_the_clock():
    week = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    always = WorkCalendar.objects.create(slug="always", name="Круглосуточно")
    CalendarVersion.objects.create(
        calendar=always, n=1, content={"zone": "Europe/Moscow", "week": week, "production": False}
    )
    return always


def shares():
    return [(one.data["target"], one.data["share"]) for one in Event.objects.filter(kind=events.WARNED).order_by("id")]


def told(kind=None):
    """Whom letters about deadlines went to since the last call."""
    while errands.drain():
        pass
    rows = Delivery.objects.filter(kind__in=[events.WARNED, events.BREACHED, nearing.PASSED]).order_by("id")
    found = [(row.kind, row.address.partition("@")[0]) for row in rows]
    rows.delete()
    return found


def test_each_share_is_told_once_and_leads_hear_of_the_last(cast):
    taken(cast)
    found = []
    for at in (HALF - HOUR, HALF, HALF + HOUR, MOST, NEARLY, NEARLY + timedelta(minutes=1), DUE, DUE + HOUR):
        jobs.run_minute(at)
        found.append(told())

    warned, broken = (events.WARNED, "engineer"), (events.BREACHED, "engineer")
    serious = [warned, (events.WARNED, "lead")]
    assert found == [[], [warned], [], [warned], serious, [], [broken, (events.BREACHED, "lead")], []]
    assert shares() == [("resolution", 50), ("resolution", 75), ("resolution", 90)]


def test_while_nobody_is_assigned_operators_and_leads_are_told(cast):
    ticket_of(cast.customer)
    jobs.run_minute(NOW + HOUR)

    assert told() == [(events.WARNED, "lead"), (events.WARNED, "operator")]


def test_after_an_outage_only_the_highest_share_is_told(cast):
    taken(cast)
    jobs.run_minute(NEARLY)

    assert shares() == [("resolution", 90)]


def test_a_deadline_that_passed_in_the_outage_is_a_breach_and_no_warning(cast):
    taken(cast)
    jobs.run_minute(DUE + HOUR)
    jobs.run_minute(DUE + 2 * HOUR)

    assert (shares(), Event.objects.filter(kind=events.BREACHED).count()) == ([], 1)
    assert Clock.objects.get(target="resolution").warn_at is None


def test_nobody_is_warned_at_night_of_what_passed_by_day(cast):
    ticket = taken(cast)
    night, opening = datetime(2026, 11, 17, 14, 30, tzinfo=UTC), datetime(2026, 11, 18, 5, 45, tzinfo=UTC)
    jobs.run_minute(night)
    assert (shares(), ticket.clocks.get(target="resolution").warn_at) == ([], opening)
    jobs.run_minute(opening)
    assert shares() == [("resolution", 75)]


def test_hours_are_those_of_the_clock_and_not_of_the_desk(cast):
    """A calendar that works round the clock warns on Saturday; the desk's own does not."""
    round_the_clock()
    saturday, ticket = datetime(2026, 11, 21, 7, 0, tzinfo=UTC), taken(cast)
    Clock.objects.filter(ticket=ticket, target="resolution").update(
        calendar="always@1", started_at=saturday - 5 * HOUR, due_at=saturday + 3 * HOUR, warn_at=saturday - HOUR
    )
    jobs.run_minute(saturday)

    assert shares() == [("resolution", 50)]


def test_a_breach_is_written_at_once_and_its_letter_leaves_in_working_hours(cast):
    ticket, night = taken(cast), datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
    jobs.run_minute(night)
    errands.drain()

    letters = Delivery.objects.filter(kind=events.BREACHED)
    assert Event.objects.get(kind=events.BREACHED, thing_id=ticket.pk).at == night
    assert {letter.due_at for letter in letters} == {datetime(2026, 11, 19, 5, 45, tzinfo=UTC)}


@pytest.mark.parametrize(("number", "kinds"), [(5, {events.WARNED: 5}), (6, {nearing.PASSED: 1})])
@pytest.mark.case("LD-03")
def test_many_at_once_come_as_one_letter(cast, number, kinds):
    for place in range(number):
        taken(cast, subject=f"Обращение {place}")
    jobs.run_minute(HALF)
    letters = told()

    assert {kind: letters.count((kind, "engineer")) for kind, _name in letters} == kinds
    assert len(shares()) == number


@pytest.mark.case("LD-03")
def test_a_storm_is_drained_in_batches_and_nobody_gets_more_than_ten_lists_an_hour(cast, monkeypatch):
    monkeypatch.setattr("asmo_support.tickets.nearing.BATCH", 6)
    for place in range(72):
        taken(cast, subject=f"Обращение {place}")
    done = [jobs.run_minute(HALF + timedelta(seconds=30 * turn)) for turn in range(13)]

    assert done == [6] * 12 + [0]
    assert told() == [(nearing.PASSED, "engineer")] * 10


def test_the_list_names_the_tickets_and_the_most_urgent_first(cast):
    first = [taken(cast, subject=f"Обращение {place}") for place in range(6)][-1]
    first.clocks.filter(target="resolution").update(started_at=NOW - 5 * HOUR, due_at=HALF)
    jobs.run_minute(HALF)
    errands.drain()

    letter = Delivery.objects.get(kind=nearing.PASSED, address=cast.agent.email)
    assert letter.subject == "У 6 обращений кончается время"
    assert letter.text.splitlines()[2] == f"№ {first.number} Кама-Металл: Обращение 5"


def test_what_nears_is_found_by_the_same_number_of_queries(cast):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            jobs.run_minute(NOW)
        return len(seen)

    taken(cast)
    one = queries()
    for _place in range(3):
        taken(cast)
    assert queries() == one


def test_a_pause_keeps_what_was_told_and_the_next_share_comes_later(cast):
    ticket = taken(cast)
    jobs.run_minute(HALF)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=HALF)
    jobs.run_minute(NEARLY)
    assert ticket.clocks.get(target="resolution").warn_at is None
    conversation.reply(ticket, Words(text="С первого."), by=cast.customer, at=NEARLY)
    jobs.run_minute(NEARLY)

    assert shares() == [("resolution", 50)]
    jobs.run_minute(NEARLY + 2 * HOUR)
    assert shares() == [("resolution", 50), ("resolution", 75)]


def test_a_reopened_ticket_is_not_warned_again_of_the_same_share(cast):
    ticket = taken(cast)
    jobs.run_minute(HALF)
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent, at=HALF)
    lifecycle.accept(ticket, by=cast.customer, at=HALF + HOUR)
    lifecycle.reopen(ticket, by=cast.customer, reason="Опять.", at=NEARLY)
    jobs.run_minute(NEARLY + timedelta(minutes=1))

    assert shares() == [("resolution", 50)]
    assert ticket.clocks.get(target="resolution").warn_at == NEARLY + 2 * HOUR


def test_another_norm_is_warned_of_anew_and_the_same_norm_is_not(cast):
    ticket = taken(cast)
    jobs.run_minute(HALF)
    planning.triage(ticket, {"kind": "consultation"}, by=cast.agent, reason="Это вопрос.", at=HALF)
    assert ticket.clocks.get(target="resolution").warned == 50
    ticket.contract = Contract.objects.create(organization=cast.home, number="1", kind="support", starts_on=NOW)
    ContractNorm.objects.create(
        contract=ticket.contract, organization=cast.home, kind="consultation", resolution_minutes=960
    )
    clocks.recompute(ticket, by=cast.agent, at=HALF)
    clock = ticket.clocks.get(target="resolution")
    assert (clock.norm_minutes, clock.warned, clock.warn_at) == (960, 0, DUE)


def test_another_calendar_with_the_same_norm_warns_of_nothing_again(cast):
    ticket = taken(cast)
    jobs.run_minute(HALF)
    ticket.contract = Contract.objects.create(
        organization=cast.home, number="1", kind="support", starts_on=NOW, calendar=round_the_clock()
    )
    clocks.recompute(ticket, by=cast.agent, at=HALF)
    jobs.run_minute(HALF + timedelta(minutes=1))

    clock = ticket.clocks.get(target="resolution")
    assert (shares(), clock.warn_at, clock.due_at) == ([("resolution", 50)], NOW + 6 * HOUR, NOW + 8 * HOUR)


def test_people_who_left_are_not_told(cast):
    ticket, other = taken(cast), person("engineer", "Нина Рогова", email="other")
    assignment.assign(ticket, [cast.agent, other], by=cast.agent, at=NOW)
    cast.agent.is_active = False
    cast.agent.save()
    jobs.run_minute(HALF)

    assert told() == [(events.WARNED, "other")]
