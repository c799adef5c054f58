"""Work, coverage and offers: what draws a contract's hours, what moves the norms, what waits for whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection

from asmo_support.channels.models import Delivery
from asmo_support.contracts.actions.keeping import add_contract
from asmo_support.contracts.content import OwnNorm
from asmo_support.contracts.models import Contract
from asmo_support.journal import errands
from asmo_support.journal.models import Event
from asmo_support.lib.errors import Refused
from asmo_support.tickets import events
from asmo_support.tickets.actions import coverage, lifecycle, offers, planning, work
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import CommercialOffer, Ticket, TimeEntry
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.states import Coverage, State
from asmo_support.wall.acting import SYSTEM, acting_as
from tests.cast import NOW, make_cast, ticket_of

YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
HOUR = timedelta(hours=1)
OFFER = offers.Proposal(text="Новая графа.", cost=Decimal(96_000), minutes=1440, valid_until=date(2026, 12, 1))


def contract(cast, number="45-С/2026", **more):
    return add_contract(cast.home, YEAR | {"number": number, "kind": "support"} | more, by=cast.operator)


def spent(minutes, **more):
    return work.Work(**{"minutes": minutes, "day": NOW.date(), "text": "Разбор журнала"} | more)


def drawn():
    return list(Contract.objects.order_by("id").values_list("drawn_minutes", flat=True))


def said(ticket, *kinds):
    found = Event.objects.filter(thing="ticket", thing_id=ticket.pk, kind__in=kinds).order_by("id")
    return [sentence(event) for event in found]


def told(*kinds):
    errands.drain()
    rows = Delivery.objects.filter(kind__in=kinds).order_by("id")
    return [(kind, address.partition("@")[0]) for kind, address in rows.values_list("kind", "address")]


@pytest.mark.parametrize(("minutes", "charged"), [(1, 15), (15, 15), (16, 30), (61, 75), (120, 120)])
def test_billable_work_is_rounded_up_and_draws_the_budget(cast, minutes, charged):
    contract(cast, budget_minutes=60, rounding_minutes=15)
    ticket = ticket_of(cast.customer)
    entry = work.write_down(ticket, spent(minutes), by=cast.agent, at=NOW)
    work.write_down(ticket, spent(50, billable=False), by=cast.agent, at=NOW)

    assert (entry.charged_minutes, drawn()) == (charged, [charged])
    budget = Contract.objects.get().budget
    assert (budget.left, budget.over) == (60 - charged, max(charged - 60, 0))


def test_what_is_struck_out_comes_back_to_the_budget_once_and_stays_in_history(cast):
    contract(cast, budget_minutes=600)
    ticket = ticket_of(cast.customer)
    entry = work.write_down(ticket, spent(70), by=cast.agent, at=NOW)
    work.strike_out(entry, by=cast.lead, at=NOW)

    with pytest.raises(Refused):
        work.strike_out(entry, by=cast.lead, at=NOW)
    assert (drawn(), TimeEntry.objects.count()) == ([0], 0)
    assert said(ticket, events.WORK, events.WORK_REMOVED) == [
        "записана работа: 1 ч 10 мин, 17 ноября 2026",
        "вычеркнута работа: 1 ч 10 мин, 17 ноября 2026",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"minutes": 0}, "minutes"), ({"minutes": -5}, "minutes"), ({"minutes": 1441}, "minutes"), ({"text": " "}, "text"),
     ({"day": date(2026, 11, 18)}, "day"), ({"day": date(2026, 11, 16)}, "day")],
)  # fmt: skip
def test_work_that_cannot_have_been_is_refused(cast, wrong, field):
    with pytest.raises(Refused) as refusal:
        work.write_down(ticket_of(cast.customer), spent(**{"minutes": 5} | wrong), by=cast.agent, at=NOW)

    assert (refusal.value.field, TimeEntry.objects.count()) == (field, 0)


def test_a_form_that_is_sent_twice_writes_one_entry(cast):
    contract(cast, budget_minutes=600)
    ticket = ticket_of(cast.customer)
    made = [
        work.write_down(ticket, spent(30, by_form=True, text=text), by=cast.agent, at=NOW)
        for text in ("Звонок", "Звонок", "Звонок ещё раз")
    ]

    assert (made[0] == made[1], made[0] == made[2]) == (True, False)
    assert (TimeEntry.objects.count(), drawn()) == (2, [60])


def test_a_form_that_is_sent_four_times_at_once_writes_one_entry(committed):
    cast = make_cast()
    contract(cast, budget_minutes=600)
    ticket, start = ticket_of(cast.customer), Barrier(4)

    def send():
        start.wait()
        with acting_as(SYSTEM):
            work.write_down(ticket, spent(30, by_form=True), by=cast.agent, at=NOW)
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (TimeEntry.objects.count(), drawn()) == (1, [30])


@pytest.mark.parametrize(
    ("period", "beyond"),
    [({"ends_on": date(2026, 11, 16)}, True), ({"starts_on": date(2026, 11, 18)}, True),
     ({"starts_on": date(2026, 11, 17)}, False), ({"ends_on": date(2026, 11, 17)}, False)],
)  # fmt: skip
def test_hours_of_a_contract_are_drawn_on_the_days_of_its_period_alone(cast, period, beyond):
    named, ticket = contract(cast, budget_minutes=600, rounding_minutes=60, **period), ticket_of(cast.customer)
    if beyond:
        coverage.cover(ticket, coverage.Choice(Coverage.COVERED, named, "Продлевают."), by=cast.lead, at=NOW)
    entry = work.write_down(ticket, spent(30), by=cast.agent, at=NOW)

    assert (entry.is_undrawn, drawn(), named.time_entries.count()) == (beyond, [0 if beyond else 60], int(not beyond))
    words = said(ticket, events.WORK)[0].partition("; ")[2]
    assert words == ("договор 45-С/2026 в этот день не действует, его часы не списаны" if beyond else "")
    work.strike_out(entry, by=cast.agent, at=NOW)
    assert drawn() == [0]


def test_a_day_has_twenty_four_hours_over_all_tickets(cast):
    one, two = ticket_of(cast.customer), ticket_of(cast.stranger)
    work.write_down(one, spent(1400), by=cast.agent, at=NOW)
    work.write_down(two, spent(40), by=cast.agent, at=NOW)

    with pytest.raises(Refused):
        work.write_down(one, spent(1), by=cast.agent, at=NOW)
    work.write_down(one, spent(1), by=cast.lead, at=NOW)
    assert TimeEntry.objects.count() == 3


def test_what_is_not_billable_is_hidden_from_the_customer(cast):
    ticket = ticket_of(cast.customer)
    work.write_down(ticket, spent(30), by=cast.agent, at=NOW)
    work.write_down(ticket, spent(45, billable=False), by=cast.agent, at=NOW)

    seen = [list(TimeEntry.objects.visible_to(user).values_list("minutes", flat=True)) for user in (
        cast.agent, cast.customer, cast.colleague, cast.stranger)]  # fmt: skip
    inner = list(Event.objects.filter(kind=events.WORK).order_by("id").values_list("internal", flat=True))
    assert (seen, inner) == ([[30, 45], [30], [], []], [False, True])


def test_another_contract_moves_the_norms_with_pauses_kept(cast):
    contract(cast)
    fast = contract(cast, "7-О/2026", kind="onsite", norms=[OwnNorm(("bug", False, True), 60, 240)])
    ticket = ticket_of(cast.customer)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=NOW + HOUR)
    planning.triage(ticket, {"impact": "department"}, by=cast.agent, at=NOW + HOUR)
    coverage.cover(ticket, coverage.Choice(Coverage.COVERED, fast, "Выезд."), by=cast.lead, at=NOW + 2 * HOUR)

    clock = ticket.clocks.get(target="resolution")
    assert (clock.norm_minutes, clock.state, clock.source, ticket.pauses.count()) == (240, "paused", "contract", 1)
    assert said(ticket, events.COVERAGE) == [
        "покрытие: покрывается договором, 45-С/2026 → покрывается договором, 7-О/2026 (Выезд.)"
    ]
    assert told(events.COVERAGE) == [(events.COVERAGE, "customer")]


def test_coverage_needs_a_reason_a_contract_and_the_customers_own(cast):
    contract(cast)
    foreign = add_contract(cast.abroad, YEAR | {"number": "1", "kind": "support"}, by=cast.operator)
    ticket = ticket_of(cast.customer)
    tries = [(Coverage.OUTSIDE, ticket.contract, " "), (Coverage.COVERED, None, "x"), (Coverage.COVERED, foreign, "x")]
    fields = []
    for chosen, under, reason in tries:
        with pytest.raises(Refused) as refusal:
            coverage.cover(ticket, coverage.Choice(chosen, under, reason), by=cast.lead)
        fields.append(refusal.value.field)

    ticket.refresh_from_db()
    assert (fields, ticket.coverage) == (["reason", "coverage", "contract"], "covered")


def test_another_kind_brings_the_contract_that_covers_it(cast):
    support, upkeep = contract(cast), contract(cast, "45-Р/2026", kind="maintenance")
    ticket = ticket_of(cast.customer)
    assert (ticket.contract, ticket.coverage) == (support, "covered")

    planning.triage(ticket, {"kind": "change"}, by=cast.agent, reason="Это доработка.")
    assert (ticket.contract, ticket.coverage) == (upkeep, "specification")
    assert told(events.COVERAGE) == []
    planning.triage(ticket, {"kind": "bug"}, by=cast.agent, reason="Нет, ошибка.")
    assert (ticket.contract, ticket.coverage) == (support, "covered")


def test_there_and_back_a_ticket_is_where_a_person_had_put_it(cast):
    contract(cast)
    chosen = contract(cast, "7-О/2026", kind="onsite")
    upkeep = contract(cast, "45-Р/2026", kind="maintenance")
    ticket = ticket_of(cast.customer)
    coverage.cover(ticket, coverage.Choice(Coverage.COVERED, chosen, "Выезд."), by=cast.lead, at=NOW)
    planning.triage(ticket, {"kind": "change"}, by=cast.agent, reason="Это доработка.")
    assert ticket.contract == upkeep

    planning.triage(ticket, {"kind": "consultation"}, by=cast.agent, reason="Нет, вопрос.")
    assert (ticket.contract, ticket.coverage) == (chosen, "covered")


def test_a_critical_bug_that_was_taken_for_a_change_has_the_norm_of_its_contract_again(cast):
    own = contract(cast, norms=[OwnNorm(("bug", True, True), 60, 240)])
    upkeep = contract(cast, "45-Р/2026", kind="maintenance")
    ticket = ticket_of(cast.customer, critical=True)
    planning.triage(ticket, {"kind": "change"}, by=cast.agent, reason="Это доработка.", at=NOW + HOUR)
    assert (ticket.contract, ticket.critical) == (upkeep, False)

    planning.triage(ticket, {"kind": "bug", "critical": True}, by=cast.agent, reason="Всё стоит.", at=NOW + 2 * HOUR)
    norms = dict(ticket.clocks.values_list("target", "norm_minutes"))
    assert (ticket.contract, norms) == (own, {"reaction": 60, "resolution": 240})


def test_an_offer_is_taken_back_when_a_contract_covers_the_request_after_all(cast):
    contract(cast)
    ticket = ticket_of(cast.customer, kind="change")
    offers.make(ticket, OFFER, by=cast.agent, at=NOW)
    planning.triage(ticket, {"kind": "bug"}, by=cast.agent, reason="Это ошибка.", at=NOW)

    with pytest.raises(Refused):
        offers.accept(ticket, by=cast.customer, at=NOW)
    assert CommercialOffer.objects.get().state == "recalled"
    assert told(events.OFFER_RECALLED) == [(events.OFFER_RECALLED, "customer")]
    assert said(ticket, events.OFFER_RECALLED) == [
        "отозвано коммерческое предложение на 96\u00a0000 ₽: обращение покрывается договором"
    ]
    planning.triage(ticket, {"kind": "change"}, by=cast.agent, reason="Всё же доработка.", at=NOW)
    offers.ask(ticket, by=cast.customer, at=NOW)
    assert CommercialOffer.objects.get().state == "asked"


def test_what_was_only_asked_for_ends_in_silence_and_what_was_accepted_stays(cast):
    asked, accepted = (ticket_of(cast.customer, kind="change") for _ in range(2))
    offers.ask(asked, by=cast.customer, at=NOW)
    offers.make(accepted, OFFER, by=cast.agent, at=NOW)
    offers.accept(accepted, by=cast.customer, at=NOW)
    present = contract(cast, kind="development")
    for ticket in (asked, accepted):
        coverage.cover(ticket, coverage.Choice(Coverage.COVERED, present, "Договор подписан."), by=cast.lead, at=NOW)

    assert [(one.ticket_id, one.state) for one in CommercialOffer.objects.all()] == [(accepted.pk, "accepted")]


def test_an_offer_is_the_reaction_and_takes_the_ticket_to_work(cast):
    ticket = ticket_of(cast.customer, kind="change", at=NOW)
    offers.make(ticket, OFFER, by=cast.agent, at=NOW + HOUR)

    clock = ticket.clocks.get(target="reaction")
    assert (clock.state, clock.met_at, Ticket.objects.get().state) == ("met", NOW + HOUR, State.IN_WORK)


def test_an_offer_goes_round_and_each_side_hears_of_its_move(cast):
    contract(cast)
    ticket = ticket_of(cast.customer, kind="change")
    offers.ask(ticket, by=cast.customer, at=NOW)
    offers.make(ticket, OFFER, by=cast.agent, at=NOW)
    offers.decline(ticket, by=cast.customer, reason="Дорого.", at=NOW)
    offers.ask(ticket, by=cast.customer, at=NOW)
    offers.make(ticket, OFFER, by=cast.agent, at=NOW)
    offers.accept(ticket, by=cast.coordinator, at=NOW)

    found = CommercialOffer.objects.get()
    assert (found.state, found.decided_by, found.cost, Ticket.objects.get().state) == (
        "accepted", cast.coordinator, Decimal(96_000), State.IN_WORK)  # fmt: skip
    assert told(events.OFFER_ASKED, events.OFFER_MADE, events.OFFER_DECLINED) == [
        (events.OFFER_ASKED, "operator"), (events.OFFER_MADE, "customer"), (events.OFFER_DECLINED, "engineer"),
        (events.OFFER_ASKED, "engineer"), (events.OFFER_MADE, "customer")]  # fmt: skip
    assert told(events.OFFER_ACCEPTED) == [(events.OFFER_ACCEPTED, "customer"), (events.OFFER_ACCEPTED, "engineer")]
    assert said(ticket, events.OFFER_MADE) == ["коммерческое предложение: 96\u00a0000 ₽"] * 2


def test_an_offer_is_decided_once_in_time_and_with_a_reason(cast):
    ticket = ticket_of(cast.customer, kind="change")
    offers.make(ticket, OFFER, by=cast.agent, at=NOW)
    late = datetime(2026, 12, 2, 9, tzinfo=UTC)
    with pytest.raises(Refused):
        offers.decline(ticket, by=cast.customer, reason=" ", at=NOW)
    with pytest.raises(Refused):
        offers.accept(ticket, by=cast.customer, at=late)
    offers.accept(ticket, by=cast.customer, at=late - 13 * HOUR)

    for deed in (offers.accept, offers.ask):
        with pytest.raises(Refused):
            deed(ticket, by=cast.customer, at=NOW)
    with pytest.raises(Refused):
        offers.make(ticket, OFFER, by=cast.agent, at=NOW)
    assert CommercialOffer.objects.get().state == "accepted"


def test_what_the_contract_covers_needs_no_offer(cast):
    contract(cast)
    ticket = ticket_of(cast.customer)

    with pytest.raises(Refused):
        offers.ask(ticket, by=cast.customer)
    with pytest.raises(Refused):
        offers.make(ticket, OFFER, by=cast.agent, at=NOW)
    assert CommercialOffer.objects.count() == 0


@pytest.mark.parametrize("cost", [0, -1])
def test_an_offer_names_a_price(cast, cost):
    ticket = ticket_of(cast.customer, kind="change")
    with pytest.raises(Refused) as refusal:
        offers.make(ticket, replace(OFFER, cost=Decimal(cost)), by=cast.agent, at=NOW)

    assert (refusal.value.field, CommercialOffer.objects.count()) == ("cost", 0)


def test_what_is_outside_the_contract_does_not_draw_its_hours(cast):
    contract(cast, budget_minutes=600)
    ticket = ticket_of(cast.customer, kind="change")

    with pytest.raises(Refused) as refusal:
        work.write_down(ticket, spent(30), by=cast.agent, at=NOW)
    work.write_down(ticket, spent(30, billable=False), by=cast.agent, at=NOW)

    assert (refusal.value.field, ticket.coverage, drawn()) == ("billable", "outside", [0])
