"""Deadlines at risk and load: the worst first, the same number of statements however much there is."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asmo_support.insight import risk
from asmo_support.tickets.actions import assignment, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.calendars import table
from tests.cast import ticket_of

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


def ago(now: datetime, hours: float) -> datetime:
    """So many working hours before now."""
    return table().moment(table().add(int(now.timestamp()), int(-hours * 3600)) * 1_000_000)


def shown(user, now):
    return [(one.key, [row.ticket.pk for row in one.rows]) for one in risk.risks(user, now)]


def test_what_is_late_comes_before_what_will_be_late_soon(cast, now):
    soon = ticket_of(cast.customer, at=ago(now, 0.5))
    late = ticket_of(cast.customer, at=ago(now, 20))
    waiting = ticket_of(cast.customer, at=ago(now, 30))
    lifecycle.ask(waiting, Words(text="Какая версия?"), by=cast.agent, at=ago(now, 29))

    assert shown(cast.lead, now) == [("late", [late.pk]), ("soon", [soon.pk])]


def test_a_change_without_a_planned_date_is_at_risk_after_a_working_day(cast, now):
    old, fresh = (ticket_of(cast.customer, kind="change", at=ago(now, hours)) for hours in (8.5, 7.5))
    for ticket in (old, fresh):
        assignment.take(ticket, by=cast.agent, at=ticket.registered_at)

    assert shown(cast.lead, now) == [("undated", [old.pk])]


def test_the_page_costs_the_same_for_one_ticket_and_for_five(cast, now, sign_in):
    client = sign_in(cast.lead)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/desk/deadlines/").status_code == 200
        return len(queries)

    ticket_of(cast.customer, at=ago(now, 20))
    cost()
    one = cost()
    for hours in (21, 22, 23, 24):
        ticket_of(cast.customer, at=ago(now, hours))

    assert (cost(), one <= 16) == (one, True)


def test_load_counts_what_lies_on_each_person_and_on_nobody(cast, now):
    mine, theirs = ticket_of(cast.customer, at=ago(now, 20)), ticket_of(cast.customer, at=now)
    ticket_of(cast.customer, at=now)
    assignment.assign(mine, [cast.agent], by=cast.lead, at=ago(now, 19))
    assignment.assign(theirs, [cast.agent], by=cast.lead, at=now)
    lifecycle.propose_resolution(theirs, Words(text="Готово."), by=cast.agent, at=now)

    found = {row.agent: (row.open, row.ours, row.late, row.review) for row in risk.load(now)}

    assert (found[cast.agent], found[None], found[cast.lead]) == ((2, 1, 1, 1), (1, 1, 0, 0), (0, 0, 0, 0))
    assert next(iter(found)) == cast.agent


def test_both_pages_lead_to_the_lists_behind_their_numbers(cast, sign_in):
    ticket = ticket_of(cast.customer)
    assignment.assign(ticket, [cast.agent], by=cast.lead)
    client = sign_in(cast.lead)

    assert f"?state=open&amp;assignee={cast.agent.pk}" in client.get("/desk/load/").content.decode()
    assert (
        "Deadlines at risk" in client.get("/desk/").content.decode()
        or "At risk" in client.get("/desk/").content.decode()
    )
