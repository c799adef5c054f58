"""What a customer sees of contracts, hours and offers, and what it may do with them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from asmo_support.catalog.models import Product
from asmo_support.contracts.actions.keeping import add_contract
from asmo_support.contracts.actions.papers import attach_papers
from asmo_support.contracts.models import Contract, ContractNorm, Licence
from asmo_support.lib.files import Kept
from asmo_support.tickets.actions import assignment, offers, work
from asmo_support.tickets.models import CommercialOffer, Ticket
from tests.cast import ticket_of

PAPER = Kept("Договор.pdf", "application/pdf", 10, "ab" * 32)
OFFER = offers.Proposal(text="Новая графа.", cost=Decimal(96_000), minutes=1440)


@pytest.fixture
def contract(cast):
    facts = {"number": "45-С", "kind": "support", "starts_on": date(2026, 1, 1), "budget_minutes": 120}
    return add_contract(cast.home, facts | {"cost": Decimal(640_000)}, by=cast.operator)


def outside(cast):
    return ticket_of(cast.customer, kind="change", at=datetime.now(UTC) - timedelta(minutes=5))


def spent(ticket, minutes, by, **more):
    work.write_down(ticket, work.Work(minutes=minutes, day=timezone.localdate(), text="Разбор", **more), by=by)


def test_hours_are_whole_and_the_work_is_of_tickets_one_may_see(cast, contract, browser):
    now = datetime.now(UTC)
    own, other = ticket_of(cast.customer, at=now), ticket_of(cast.colleague, at=now)
    spent(own, 50, cast.agent)
    spent(other, 10, cast.agent)
    spent(own, 30, cast.agent, billable=False)
    pages = {who: browser(who).get(f"/contracts/{contract.pk}/") for who in (cast.customer, cast.coordinator)}

    assert {who.name: [one.charged_minutes for one in page.context["entries"]] for who, page in pages.items()} == {
        cast.customer.name: [60], cast.coordinator.name: [15, 60]}  # fmt: skip
    assert [page.context["contract"].budget.left for page in pages.values()] == [45, 45]


def test_a_contract_says_what_is_promised_and_tells_no_untruth_about_its_hours(cast, contract, browser):
    spent(ticket_of(cast.colleague, at=datetime.now(UTC)), 50, cast.agent)
    ContractNorm.objects.create(contract=contract, organization=cast.home, kind="bug", reaction_minutes=60)
    Licence.objects.create(
        contract=contract, organization=cast.home, product=Product.objects.create(code="eco", name="Экология"), count=25
    )
    place = f"/contracts/{contract.pk}/"
    page = browser(cast.customer).get(place).content.decode()
    Contract.objects.update(budget_minutes=None)
    unbounded = browser(cast.customer).get(place).content.decode()

    assert ["ещё не списывалась" in one for one in (page, unbounded)] == [False, False]
    assert ('<span class="strong">1\u00a0ч</span>' in page, '<dd class="nowrap">25 лицензий</dd>' in page) == (
        True,
        True,
    )


@pytest.mark.case("TI-01")
def test_sums_and_documents_are_the_coordinators_and_nothing_is_a_strangers(cast, contract, browser):
    (paper,) = attach_papers(contract, [PAPER], by=cast.operator)
    place = f"/contracts/{contract.pk}/"
    people = (cast.coordinator, cast.customer, cast.stranger)

    assert [browser(who).get(place).status_code for who in people] == [200, 200, 404]
    assert [browser(who).get(f"{place}files/{paper.pk}/").status_code for who in people] == [200, 403, 404]
    assert ["640\u00a0000" in browser(who).get(place).content.decode() for who in people[:2]] == [True, False]


def test_an_offer_is_asked_for_and_accepted_on_the_page(cast, contract, browser):
    client, ticket = browser(cast.customer), outside(cast)
    place = f"/tickets/{ticket.number}/"
    client.post(f"{place}offer/")
    assert (CommercialOffer.objects.get().state, client.post(f"{place}offer/").status_code) == ("asked", 409)

    offers.make(ticket, OFFER, by=cast.agent)
    home = client.get("/").context
    assert ([one.ticket for one in home["offers"]], home["ours"], home["things"]) == ([ticket], [], 1)
    assert [one.name for one in client.get(place).context["steps"]] == ["registered", "offer", "offer-follows"]
    unseen = client.post(f"{place}offer/acceptance/").status_code
    client.post(f"{place}offer/acceptance/", {"seen": CommercialOffer.objects.get().mark})
    found = CommercialOffer.objects.get()
    assert unseen == 409
    assert (found.state, found.decided_by, client.get("/").context["things"]) == ("accepted", cast.customer, 0)


def test_declining_needs_a_reason_which_is_not_lost(cast, contract, browser):
    client, ticket = browser(cast.customer), outside(cast)
    offers.make(ticket, OFFER, by=cast.agent)
    place = f"/tickets/{ticket.number}/offer/refusal/"
    said = {"seen": ticket.offer.mark, "reason": "Дорого."}
    empty = client.post(place, said | {"reason": " "})
    client.post(place, said)

    found = CommercialOffer.objects.get()
    assert (empty.status_code, found.state, found.reason) == (422, "declined", "Дорого.")


@pytest.mark.case("TI-03")
def test_a_colleague_without_the_ticket_and_a_stranger_decide_nothing(cast, contract, browser):
    ticket = outside(cast)
    offers.make(ticket, OFFER, by=cast.agent)
    place = f"/tickets/{ticket.number}/offer/acceptance/"

    assert [browser(who).post(place).status_code for who in (cast.colleague, cast.stranger)] == [404, 404]
    assert CommercialOffer.objects.get().state == "offered"


def test_an_offer_that_was_changed_meanwhile_is_not_answered_unseen(cast, contract, browser):
    ticket = outside(cast)
    offers.make(ticket, OFFER, by=cast.agent)
    said = {"seen": ticket.offer.mark, "reason": "Дорого."}
    offers.make(ticket, offers.Proposal(text="Новая графа.", cost=Decimal(1_000_000)), by=cast.agent)
    client, place = browser(cast.customer), f"/tickets/{ticket.number}/offer/"
    answers = [client.post(f"{place}{deed}/", said) for deed in ("acceptance", "refusal")]

    assert ([one.status_code for one in answers], CommercialOffer.objects.get().state) == ([409, 409], "offered")
    assert "Дорого." in answers[1].content.decode()


def test_what_a_contract_covers_is_not_answered(cast, contract, browser):
    """Offers of before a contract took them back may still wait."""
    ticket = outside(cast)
    offers.make(ticket, OFFER, by=cast.agent)
    Ticket.objects.update(coverage="covered")
    client, place = browser(cast.customer), f"/tickets/{ticket.number}/"
    answer = client.post(f"{place}offer/acceptance/", {"seen": ticket.offer.mark})

    assert (answer.status_code, bool(client.get(place).context["may_decide_offer"])) == (409, False)
    assert CommercialOffer.objects.get().state == "offered"


def test_after_its_last_day_an_offer_is_over_and_another_one_may_be_asked_for(cast, contract, browser):
    ticket = outside(cast)
    offers.make(ticket, OFFER, by=cast.agent)
    CommercialOffer.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    client = browser(cast.customer)
    page = client.get(f"/tickets/{ticket.number}/")
    client.post(f"/tickets/{ticket.number}/offer/")

    assert (bool(page.context["may_decide_offer"]), bool(page.context["may_ask_offer"])) == (False, True)
    assert CommercialOffer.objects.get().state == "asked"


def test_the_page_says_what_happens_on_the_way_to_an_offer_and_after_it(cast, contract, browser):
    ticket, client = outside(cast), browser(cast.customer)
    shown = []
    for step, deed in (
        ("готовим предложение", lambda: offers.ask(ticket, by=cast.customer)),
        ("ответьте на предложение", lambda: offers.make(ticket, OFFER, by=cast.agent)),
        ("вы отклонили предложение", lambda: offers.decline(ticket, by=cast.customer, reason="Дорого.")),
    ):
        deed()
        page = client.get(f"/tickets/{ticket.number}/").content.decode()
        row = client.get("/tickets/").content.decode()
        shown.append((step in page, step in row, "Мы работаем над ним" in page))

    assert shown == [(True, True, False)] * 3


def test_who_took_the_ticket_stands_in_the_talk(cast, contract, browser):
    ticket = ticket_of(cast.customer, at=datetime.now(UTC))
    assignment.take(ticket, by=cast.agent)
    page = browser(cast.customer).get(f"/tickets/{ticket.number}/").content.decode()

    assert f"{cast.agent.name}: взято в работу, сегодня" in page
