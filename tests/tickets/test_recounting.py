"""Another calendar in force: every clock that is going is counted anew, none is lost, history says what moved."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction

from asmo_support.channels.models import Delivery
from asmo_support.insight.keeping import kept_since
from asmo_support.journal.models import Event
from asmo_support.sla.actions.calendars import change_hours, open_calendar, publish
from asmo_support.sla.layers import read_layers
from asmo_support.sla.models import WorkCalendar
from asmo_support.sla.queries import table_of
from asmo_support.tickets import events
from asmo_support.tickets.actions import assignment, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.actions.recounting import Progress, progress, recount_batch
from asmo_support.tickets.foreseeing import foresee
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.nearing import watch
from asmo_support.tickets.talk import lines
from asmo_support.wall.acting import SYSTEM, acting_as
from tests.cast import NOW, make_cast, ticket_of

TOMORROW = {"2026-11-18": []}


def base():
    return WorkCalendar.objects.get(slug="default")


def publish_days(cast, days):
    change_hours(base(), {"days": days}, by=cast.admin)
    return publish(base(), by=cast.admin, source="Приказ")


def from_scratch(clock):
    """The due time by the calendar in force and nothing else."""
    ended = [(one.started_at, one.ended_at) for one in clock.ticket.pauses.all() if one.ended_at]
    own = ended if clock.target == "resolution" else []
    return table_of("default@2").due_at(clock.started_at, timedelta(minutes=clock.norm_minutes), own)


def test_a_deadline_moves_with_the_calendar_and_history_says_who_published_it(cast):
    ticket = ticket_of(cast.customer)
    before = ticket.clocks.get(target="resolution").due_at
    publish_days(cast, TOMORROW)

    assert recount_batch(NOW) == 1
    clock = ticket.clocks.get(target="resolution")
    told = Event.objects.get(kind=events.DEADLINE_MOVED)
    assert (clock.due_at - before, clock.calendar) == (timedelta(days=1), "default@2")
    assert (told.by, told.at, told.internal) == (cast.admin, NOW, False)
    assert told.data == {
        "target": "resolution", "before": before.isoformat(), "after": clock.due_at.isoformat(), "calendar": "default@2",
    }  # fmt: skip


def test_no_letter_goes_and_the_lists_know_the_new_date(cast):
    ticket = ticket_of(cast.customer)
    assignment.take(ticket, by=cast.agent, at=NOW)
    letters = Delivery.objects.count()
    publish_days(cast, TOMORROW)
    recount_batch(NOW)

    ticket.refresh_from_db()
    assert Delivery.objects.count() == letters
    assert not Event.objects.get(kind=events.DEADLINE_MOVED).errands.exists()
    assert ticket.queue_at == ticket.clocks.get(target="resolution").due_at


def test_many_clocks_are_counted_in_batches_and_none_is_lost(cast):
    for number in range(7):
        ticket = ticket_of(cast.customer, at=NOW + timedelta(hours=3 * number))
        if number % 3 == 1:
            lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=NOW + timedelta(hours=40))
        if number % 3 == 2:
            lifecycle.cancel(ticket, by=cast.customer, reason="", at=NOW + timedelta(hours=41))
    before = sorted(Clock.objects.values_list("pk", "state"))
    publish_days(cast, TOMORROW)

    batches = []
    while done := recount_batch(NOW, size=2):
        batches.append(done)
    going = Clock.objects.filter(state__in=["running", "paused"]).select_related("ticket")
    assert sorted(Clock.objects.values_list("pk", "state")) == before
    assert {clock.calendar for clock in going} == {"default@2"}
    assert [clock.due_at for clock in going if clock.state == "running"] == [
        from_scratch(clock) for clock in going if clock.state == "running"
    ]
    assert len(batches) >= 3
    assert progress()["default"] == Progress(total=len(going), left=0)


def test_what_is_foreseen_is_what_happens(cast):
    near, far = ticket_of(cast.customer), ticket_of(cast.colleague, at=NOW - timedelta(days=30))
    foreseen = foresee({"default": read_layers({**base().versions.get().content, "days": TOMORROW})})
    publish_days(cast, TOMORROW)
    recount_batch(NOW)

    moved = Event.objects.filter(kind=events.DEADLINE_MOVED)
    assert [(one.number, one.target, one.before, one.after) for one in foreseen.first] == [
        (
            near.number,
            "resolution",
            datetime.fromisoformat(one.data["before"]),
            datetime.fromisoformat(one.data["after"]),
        )
        for one in moved
    ]
    assert (foreseen.count, foreseen.running) == (moved.count(), 4)
    assert far.clocks.get(target="resolution").calendar == "default@2"


@pytest.mark.parametrize("change", [{"zone": "Asia/Yekaterinburg"}, {"shortening": 0}, {"days": TOMORROW}])
def test_a_foresight_counts_all_that_a_change_moves(cast, change):
    for hour in range(0, 60, 9):
        ticket_of(cast.customer, at=datetime(2026, 4, 29, 5, tzinfo=UTC) + timedelta(hours=hour))
        ticket_of(cast.customer, at=NOW + timedelta(hours=hour))
    foreseen = foresee({"default": read_layers({**base().versions.get().content, **change})})
    change_hours(base(), change, by=cast.admin)
    publish(base(), by=cast.admin, source="Приказ")
    while recount_batch(NOW):
        pass

    assert foreseen.count == Event.objects.filter(kind=events.DEADLINE_MOVED).count() > 0


def test_a_breach_that_the_calendar_takes_back_was_none(cast):
    ticket = ticket_of(cast.customer)
    due = ticket.clocks.get(target="reaction").due_at
    watch(due + timedelta(minutes=1))
    late = ticket.clocks.get(target="reaction")
    publish_days(cast, {"2026-11-17": []})
    recount_batch(due + timedelta(minutes=2))

    clock = ticket.clocks.get(target="reaction")
    assert (late.breached_at, late.breach_told, late.warn_at) == (due, True, None)
    assert (clock.breached_at, clock.breach_told, clock.warned) == (None, False, 0)
    assert due < clock.warn_at < clock.due_at


@pytest.mark.case("LD-03")
def test_of_warnings_that_the_calendar_brings_forward_only_the_last_one_is_told(cast):
    publish_days(cast, {"2026-11-17": []})
    ticket = ticket_of(cast.customer)
    change_hours(base(), {"days": {}}, by=cast.admin)
    publish(base(), by=cast.admin, source="Приказ отменён")
    at = NOW + timedelta(minutes=115)  # of two hours: past 50, 75 and 90 per cent at once
    recount_batch(at)
    watch(at)

    warned = Event.objects.filter(kind=events.WARNED, data__target="reaction")
    assert [(one.thing_id, one.data["share"]) for one in warned] == [(ticket.pk, 90)]


def test_a_ticket_of_another_calendar_and_a_finished_clock_stay_as_they_are(cast):
    other = open_calendar("Свой", {**base().versions.get().content, "zone": "Asia/Omsk"}, by=cast.admin)
    mine, met = ticket_of(cast.customer), ticket_of(cast.colleague)
    Clock.objects.filter(ticket=mine).update(calendar=other.key)
    assignment.take(met, by=cast.agent, at=NOW)
    publish_days(cast, TOMORROW)
    recount_batch(NOW)

    assert set(mine.clocks.values_list("calendar", flat=True)) == {other.key}
    assert met.clocks.get(target="reaction").calendar == "default@1"
    assert met.clocks.get(target="resolution").calendar == "default@2"


def test_a_planned_date_falls_due_at_the_new_closing_of_its_day(cast):
    ticket = ticket_of(cast.customer)
    Ticket.objects.filter(pk=ticket.pk).update(planned_at=date(2026, 11, 18))
    Clock.objects.create(
        ticket=ticket, organization_id=ticket.organization_id, target="planned", started_at=NOW,
        due_at=datetime(2026, 11, 18, 14, tzinfo=UTC), calendar="default@1",
    )  # fmt: skip
    publish_days(cast, TOMORROW)
    recount_batch(NOW)

    assert ticket.clocks.get(target="planned").due_at == datetime(2026, 11, 19, 14, tzinfo=UTC)


@contextmanager
def held(ticket):
    """Somebody else is at work on the ticket: its row is locked by another connection."""
    locked, over = Signal(), Signal()

    def hold():
        with acting_as(SYSTEM), transaction.atomic():
            Ticket.objects.select_for_update().get(pk=ticket.pk)
            locked.set()
            over.wait(30)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    locked.wait(30)
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_ticket_somebody_works_on_is_counted_when_it_is_free_again(committed):
    cast = make_cast()
    busy, free = ticket_of(cast.customer), ticket_of(cast.colleague)
    publish_days(cast, TOMORROW)

    with held(busy):
        assert [recount_batch(NOW), recount_batch(NOW)] == [1, 0]
        assert progress()["default"] == Progress(total=4, left=2)
        assert set(free.clocks.values_list("calendar", flat=True)) == {"default@2"}
    assert [recount_batch(NOW), recount_batch(NOW)] == [1, 0]
    assert progress()["default"].percent == 100


def test_of_very_many_the_first_to_fall_due_are_foreseen_and_the_rest_is_counted(cast):
    for _ticket in range(3):
        ticket_of(cast.customer)
    change = {"default": read_layers({**base().versions.get().content, "days": TOMORROW})}
    whole, part = foresee(change), foresee(change, most=1)

    assert (whole.is_partial, whole.examined) == (False, whole.touched)
    assert (part.is_partial, part.touched, part.examined, part.count) == (True, whole.touched, 1, 1)
    assert part.first == whole.first[:1]


def test_what_a_ticket_says_of_hours_is_counted_by_its_own_calendar(cast):
    content = base().versions.get().content
    early = {**content, "zone": "Asia/Vladivostok", "days": {}}
    other = open_calendar("Приморье", early, by=cast.admin)
    ticket = ticket_of(cast.customer)
    Clock.objects.filter(ticket=ticket).update(calendar=other.key)
    # 16:00 in Moscow is 23:00 in Vladivostok; ten hours later it is a quarter past nine there.
    asked = datetime(2026, 11, 17, 13, tzinfo=UTC)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=asked)
    ticket = Ticket.objects.get(pk=ticket.pk)
    found = [
        one for one in lines(ticket, cast.agent, asked + timedelta(hours=10, minutes=15)) if one.waited is not None
    ]

    assert [one.waited for one in found] == [timedelta(minutes=30)]
    reaction = kept_since(cast.agent, NOW, asked)[0]
    assert (reaction.late_number, reaction.late_minutes) == (ticket.number, 0)  # four hours by Moscow's calendar
