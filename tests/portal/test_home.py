"""The start page: what waits for me, what moves, what we have."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asmo_support.channels.models import Delivery
from asmo_support.contracts.models import Contract, ContractKind
from asmo_support.journal.errands import drain
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of


def page(browser, user, path="/"):
    return browser(user).get(path).content.decode()


def statements(browser, user, path):
    client = browser(user)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(path).status_code == 200
    return len(found)


def busy(cast):
    """One ticket that waits with a question, one with a resolution, one of ours."""
    asked, solved, ours = (ticket_of(cast.customer, at=None) for _ in range(3))
    lifecycle.ask(asked, Words(text="С какого числа?"), by=cast.agent)
    lifecycle.propose_resolution(solved, Words(text="Исправили."), by=cast.agent)
    conversation.reply(ours, Words(text="Смотрим."), by=cast.agent)
    return asked, solved, ours


def test_who_does_not_get_our_letters_reads_so_here(cast, browser):
    ticket = ticket_of(cast.customer)
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent)
    drain()
    before = page(browser, cast.customer)
    Delivery.objects.filter(address=cast.customer.email).update(state="bounced")

    assert ("не доходят" in before, "не доходят" in page(browser, cast.customer)) == (False, True)
    assert "не доходят" not in page(browser, cast.colleague)
    conversation.reply(ticket, Words(text="Ещё смотрим."), by=cast.agent)
    drain()
    assert "не доходят" not in page(browser, cast.customer)


def test_questions_and_resolutions_wait_and_the_rest_is_our_move(cast, browser):
    asked, solved, ours = busy(cast)

    answer = browser(cast.customer).get("/")

    assert [(wait.ticket, wait.is_resolution) for wait in answer.context["waits"]] == [(asked, False), (solved, True)]
    assert [ticket for ticket, _readings in answer.context["ours"]] == [ours]


def test_a_quiet_start_page_waits_for_nothing(cast, browser):
    context = browser(cast.customer).get("/").context

    assert (context["waits"], context["ours"], context["keeping"]) == ([], [], [])


def test_the_start_page_asks_the_database_the_same_with_one_and_with_three_of_each(cast, browser):
    busy(cast)
    once = statements(browser, cast.customer, "/")
    busy(cast)
    busy(cast)

    assert statements(browser, cast.customer, "/") == once
    assert once <= 24


def test_staff_are_shown_the_way_to_the_desk(cast, browser):
    answer = browser(cast.agent).get("/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


@pytest.mark.parametrize(("days", "state"), [(200, "contracts"), (-5, "ended")])
def test_the_contract_is_shown_in_force_or_ended(cast, browser, days, state):
    today = timezone.localdate()
    contract = Contract.objects.create(
        organization=cast.home, number="45-С", kind=ContractKind.SUPPORT,
        starts_on=today - timedelta(days=300), ends_on=today + timedelta(days=days),
    )  # fmt: skip

    context = browser(cast.customer).get("/").context

    shown = {"contracts": context["contracts"], "ended": [context["ended"]] if context["ended"] else []}
    assert shown == {"contracts": [], "ended": []} | {state: [contract]}
    assert "45-С" in page(browser, cast.customer)
    assert "45-С" not in page(browser, cast.stranger)


def test_kept_and_broken_promises_of_the_month_are_counted(cast, browser):
    now = timezone.now()
    kept, late = ticket_of(cast.customer, at=now), ticket_of(cast.customer, at=now - timedelta(days=20))
    for ticket in (kept, late):
        conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent, at=now)

    reaction = browser(cast.customer).get("/").context["keeping"][0]

    assert (reaction.kept, reaction.total, reaction.late_number) == (1, 2, late.number)
    assert Ticket.objects.count() == 2
