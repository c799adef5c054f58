"""Work, coverage and offers on the desk's pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from asmo_support.contracts.actions.keeping import add_contract
from asmo_support.contracts.models import Contract
from asmo_support.journal.models import Event
from asmo_support.tickets import events
from asmo_support.tickets.actions import offers
from asmo_support.tickets.models import CommercialOffer, Ticket, TimeEntry
from asmo_support.tickets.sentences import sentence
from tests.cast import ticket_of

OFFER = {"text": "Новая графа.", "cost": "96 000", "minutes": "24", "valid_until": "2199-12-31"}


@pytest.fixture
def ticket(cast):
    facts = {"number": "45-С", "kind": "support", "starts_on": timezone.localdate(), "budget_minutes": 60}
    add_contract(cast.home, facts, by=cast.operator)
    return ticket_of(cast.customer, at=datetime.now(UTC) - timedelta(minutes=10))


def at(ticket, rest=""):
    return f"/desk/tickets/{ticket.number}/{rest}"


def work(**more):
    return {"minutes": "1:10", "day": timezone.localdate().isoformat(), "text": "Разбор", "billable": "on"} | more


def test_work_is_written_down_and_the_page_says_what_is_left_or_over(cast, ticket, sign_in):
    client = sign_in(cast.agent)
    client.post(at(ticket, "time/"), work(minutes="40"))
    left = client.get(at(ticket)).content.decode()
    client.post(at(ticket, "time/"), work(minutes="1 h"))
    over = client.get(at(ticket)).content.decode()

    assert ("15\u00a0min of 1\u00a0h are left" in left, "Over the budget of 1\u00a0h by 45\u00a0min" in over) == (
        True, True)  # fmt: skip
    assert list(TimeEntry.objects.values_list("minutes", "charged_minutes")) == [(40, 45), (60, 60)]


def test_work_outside_the_period_of_the_contract_is_written_down_and_the_page_says_so(cast, ticket, sign_in):
    Contract.objects.update(starts_on=date(2025, 1, 1), ends_on=timezone.localdate() - timedelta(days=1))
    client = sign_in(cast.agent)
    page = client.post(at(ticket, "time/"), work(), follow=True).content.decode()

    assert ("none of its hours are drawn" in page, "outside the period of the contract" in page) == (True, True)
    assert list(TimeEntry.objects.values_list("minutes", "charged_minutes")) == [(70, 0)]


@pytest.mark.parametrize("wrong", [{"minutes": "0"}, {"minutes": "25:00"}, {"minutes": "x"}, {"text": ""}, {"day": ""}])
def test_work_that_cannot_be_comes_back_with_what_was_typed(cast, ticket, sign_in, wrong):
    answer = sign_in(cast.agent).post(at(ticket, "time/"), work(**wrong))

    assert (answer.status_code, TimeEntry.objects.count()) == (422, 0)
    assert list(answer.context["work_form"].errors) == list(wrong)


def test_only_the_writer_and_the_lead_strike_work_out(cast, ticket, sign_in):
    for text in ("Разбор", "Проверка"):
        sign_in(cast.agent).post(at(ticket, "time/"), work(text=text))
    first, second = TimeEntry.objects.order_by("id")
    codes = [
        sign_in(person).post(at(ticket, f"time/{entry.pk}/removal/")).status_code
        for person, entry in ((cast.operator, first), (cast.agent, first), (cast.lead, second), (cast.lead, second))
    ]

    assert (codes, TimeEntry.objects.count(), ticket.contract.drawn_minutes) == ([403, 302, 302, 404], 0, 0)


def test_coverage_is_changed_with_a_reason(cast, ticket, sign_in):
    client = sign_in(cast.lead)
    said = {"contract": ticket.contract_id, "coverage": "outside"}
    refused = client.post(at(ticket, "coverage/"), said)
    client.post(at(ticket, "coverage/"), said | {"reason": "Новая функция."})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert Ticket.objects.get().coverage == "outside"


def test_an_offer_is_made_only_for_what_is_outside_and_then_waits_for_the_customer(cast, ticket, sign_in):
    client = sign_in(cast.agent)
    outside = ticket_of(cast.customer, kind="change", at=datetime.now(UTC))
    codes = [client.post(at(one, "offer/"), OFFER).status_code for one in (ticket, outside)]
    page = client.get(at(outside))

    assert (codes, page.context["row"].move) == ([409, 302], "theirs")
    assert list(CommercialOffer.objects.values_list("cost", "minutes", "state")) == [(96_000, 1440, "offered")]
    moves = {
        row.ticket.pk: row.move for group in client.get("/desk/?state=open").context["groups"] for row in group.rows
    }
    assert moves == {ticket.pk: "mine", outside.pk: "theirs"}


def test_an_offer_of_a_colleague_is_not_replaced_unseen(cast, sign_in):
    outside = ticket_of(cast.customer, kind="change", at=datetime.now(UTC))
    place = at(outside, "offer/")
    sign_in(cast.lead).post(place, OFFER)
    late = sign_in(cast.agent).post(place, OFFER | {"cost": "12 000", "seen": ""})
    page = late.content.decode()

    assert (late.status_code, "12 000" in page, "96\u00a0000" in page) == (409, True, True)
    again = sign_in(cast.agent).post(place, OFFER | {"cost": "12 000", "seen": CommercialOffer.objects.get().mark})
    assert (again.status_code, CommercialOffer.objects.get().cost) == (302, 12_000)


def test_an_accepted_offer_cannot_be_made_again(cast, sign_in):
    outside = ticket_of(cast.customer, kind="change", at=datetime.now(UTC))
    client = sign_in(cast.agent)
    client.post(at(outside, "offer/"), OFFER)
    offers.accept(outside, by=cast.customer)

    assert client.post(at(outside, "offer/"), OFFER).status_code == 409


def test_registration_says_what_covers_each_kind(cast, ticket, sign_in):
    terms = sign_in(cast.operator).get(f"/desk/tickets/new/?requester={cast.customer.pk}").context["terms"]

    assert [(kind, found.coverage, found.contract == ticket.contract) for kind, _label, found in terms] == [
        ("bug", "covered", True), ("change", "outside", True), ("consultation", "covered", True)]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "says", "kept"),
    [
        ({"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}, "ended on 31 December 2025",
         "(had ended on 31 December 2025, before the registration)"),
        ({"starts_on": date(2199, 1, 1)}, "begins on 1 January 2199", "(begins on 1 January 2199, after the registration)"),
    ],
)  # fmt: skip
def test_a_contract_that_was_not_in_force_is_confirmed_and_history_says_so(cast, ticket, sign_in, period, says, kept):
    other = add_contract(cast.home, {"number": "7-Р", "kind": "support"} | period, by=cast.operator)
    client = sign_in(cast.lead)
    said = {"contract": other.pk, "coverage": "covered", "reason": "Продлевают."}
    asked = client.post(at(ticket, "coverage/"), said)
    before = Ticket.objects.get().contract_id
    done = client.post(at(ticket, "coverage/"), said | {"confirmed": "on"})

    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["confirmed"])
    assert (says in asked.content.decode(), "Продлевают." in asked.content.decode()) == (True, True)
    assert (before, done.status_code, Ticket.objects.get().contract_id) == (ticket.contract_id, 302, other.pk)
    with translation.override("en"):
        assert kept in sentence(Event.objects.get(kind=events.COVERAGE))
