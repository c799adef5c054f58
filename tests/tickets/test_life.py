"""A ticket from registration to the end, deed by deed, with its clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from asmo_support.lib.errors import Refused
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Resolution, Ticket
from tests.cast import NOW, ticket_of

HOUR = timedelta(hours=1)


def clock(ticket, target):
    one = ticket.clocks.get(target=target)
    return one.state, one.due_at, one.met_at, one.breached_at


def test_a_ticket_starts_both_clocks_at_registration(cast):
    ticket = ticket_of(cast.customer)

    assert clock(ticket, "reaction") == ("running", NOW + 2 * HOUR, None, None)
    assert clock(ticket, "resolution") == ("running", datetime(2026, 11, 18, 6, 45, tzinfo=UTC), None, None)
    assert (ticket.number >= 1001, ticket.queue, ticket.queue_at) == (True, 0, NOW + 2 * HOUR)


def test_waiting_for_the_customer_stands_still_and_the_answer_goes_on(cast):
    ticket = ticket_of(cast.customer)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=NOW + HOUR)

    assert clock(ticket, "reaction") == ("met", NOW + 2 * HOUR, NOW + HOUR, None)
    assert clock(ticket, "resolution") == ("paused", None, None, None)

    conversation.reply(ticket, Words(text="С первого."), by=cast.customer, at=NOW + 3 * HOUR)

    assert ticket.state == "in_work"
    assert clock(ticket, "resolution") == ("running", datetime(2026, 11, 18, 8, 45, tzinfo=UTC), None, None)
    assert [request.answer.text for request in ticket.requests.all()] == ["С первого."]


def test_a_return_goes_on_where_it_stopped_and_each_round_is_kept(cast):
    ticket = ticket_of(cast.customer)
    lifecycle.propose_resolution(ticket, Words(text="Исправили шаблон."), by=cast.agent, at=NOW + HOUR)
    lifecycle.send_back(ticket, by=cast.customer, reason="Итог удваивается.", at=NOW + 2 * HOUR)

    assert clock(ticket, "resolution") == ("running", datetime(2026, 11, 18, 7, 45, tzinfo=UTC), None, None)

    lifecycle.propose_resolution(ticket, Words(text="Исправили и запрос."), by=cast.agent, at=NOW + 3 * HOUR)
    lifecycle.accept(ticket, by=cast.customer, at=NOW + 4 * HOUR)

    assert ticket.state == "closed"
    assert list(Resolution.objects.values_list("n", "verdict", "reason")) == [
        (1, "returned", "Итог удваивается."),
        (2, "accepted", ""),
    ]


def test_resolve_twice_is_refused_with_a_reason(cast):
    ticket = ticket_of(cast.customer)
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent)

    with pytest.raises(Refused, match="Кто-то успел раньше"):
        lifecycle.propose_resolution(Ticket.objects.get(), Words(text="Ещё раз."), by=cast.lead)
