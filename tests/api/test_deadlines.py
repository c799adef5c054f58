"""«Why this deadline?» for programs."""

from datetime import UTC, datetime, timedelta

import pytest

from asmo_support.tickets.actions import lifecycle, planning
from asmo_support.tickets.actions.conversation import Words
from tests.cast import ticket_of
from tests.parts.distant import distant

MORNING = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)


@pytest.fixture
def told(cast, customer):
    ticket = ticket_of(cast.customer, at=MORNING)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=MORNING + timedelta(hours=1))
    return customer.get(f"tickets/{ticket.number}/deadlines/resolution").json()


def test_what_was_counted_and_what_was_waited_is_told_stretch_by_stretch(told):
    first = told["days"][0]

    assert (told["phase"], told["due_at"], told["norm_minutes"], told["used_minutes"]) == ("paused", None, 480.0, 60.0)
    assert (first["day"], first["counted_minutes"], first["stretches"][0]["share"]) == ("2026-11-17", 60.0, "counted")
    assert [(hold["end"], hold["reason"]) for hold in told["holds"]] == [(None, "задан вопрос")]


def test_the_regulation_and_the_calendar_are_named_with_their_versions(told):
    assert told["source"] == "Регламент технической поддержки, версия 1, действует с 1 января 2000."
    assert told["calendar"].startswith("Служба поддержки, 8:45–17:00 по Москве, версия 1 от ")


def test_a_ticket_without_such_a_clock_answers_404(cast, customer):
    ticket = ticket_of(cast.customer, kind="change")

    assert customer.get(f"tickets/{ticket.number}/deadlines/resolution").status_code == 404
    assert customer.get(f"tickets/{ticket.number}/deadlines/nonsense").status_code == 422


def test_a_deadline_that_triage_lifted_is_told_as_lifted_and_not_as_late(cast, customer):
    ticket = ticket_of(cast.customer, at=MORNING)
    planning.triage(
        ticket, {"standard": False}, by=cast.agent, reason="Нужна доработка.", at=MORNING + timedelta(hours=1)
    )
    told = customer.get(f"tickets/{ticket.number}/deadlines/resolution").json()

    assert (told["phase"], told["breached_at"], told["used_minutes"]) == ("cancelled", None, 60.0)


def test_a_planned_date_that_nobody_named_says_by_which_norm_it_is_owed(cast, customer):
    ticket = ticket_of(cast.customer, kind="change", at=MORNING)
    told = customer.get(f"tickets/{ticket.number}/deadlines/planned").json()

    assert (told["target"], told["phase"], told["start"]) == ("planned", "owed", "2026-11-17T10:00:00+03:00")
    assert told["source"] == "Регламент технической поддержки, версия 1, действует с 1 января 2000."
    assert "срок" in told["text"]


def test_no_planned_date_is_owed_by_a_fixed_norm_or_when_all_is_over(cast, customer):
    fixed, over = ticket_of(cast.customer), ticket_of(cast.customer, kind="change")
    lifecycle.cancel(over, by=cast.customer)

    codes = [customer.get(f"tickets/{one.number}/deadlines/planned").status_code for one in (fixed, over)]
    assert codes == [404, 404]


def test_all_times_are_in_the_zone_of_the_calendar_and_days_off_are_told(cast, customer):
    ticket = distant(cast.customer, cast.admin)
    told = customer.get(f"tickets/{ticket.number}/deadlines/resolution").json()

    assert (told["timezone"], told["start"], told["breached_at"]) == (
        "Asia/Novosibirsk", "2026-06-11T14:00:00+07:00", "2026-06-15T14:00:00+07:00",
    )  # fmt: skip
    assert told["days_off"] == [{"first": "2026-06-12", "last": "2026-06-14", "text": "День России, выходные"}]
