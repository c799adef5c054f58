"""A ticket keeps the regulation it was registered under; what changes its norms is counted anew and written down."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from asmo_support.contracts.models import Contract, ContractNorm
from asmo_support.journal.models import Event
from asmo_support.sla.actions import regulations as rules
from asmo_support.sla.models import Regulation
from asmo_support.sla.norms import Norms
from asmo_support.sla.regulations import Terms, matrix_of
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks, conversation, coverage, lifecycle, planning
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.explaining import told
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.states import Coverage
from tests.cast import NOW, ticket_of

HOUR = timedelta(hours=1)


def quicker(cast, *, name="", starts_on=None):
    """A published version that promises a reaction in half an hour and a resolution in four."""
    if name:
        draft = rules.found(name, by=cast.admin)
    else:
        draft = rules.begin_draft(Regulation.objects.get(slug="default"), by=cast.admin)
    matrix = dict.fromkeys(matrix_of(draft), Norms(30, 240))
    rules.write_draft(
        draft, Terms(draft.calendar, 3, vulnerability_in_working_days=False, matrix=matrix), by=cast.admin
    )
    rules.publish(draft, starts_on or timezone.localdate(), by=cast.admin)
    return draft


def norms(ticket):
    return dict(ticket.clocks.exclude(state="cancelled").values_list("target", "norm_minutes"))


def moved(ticket):
    rows = Event.objects.filter(thing="ticket", thing_id=ticket.pk, kind=events.CLOCK_MOVED).order_by("id")
    return [(one.by, one.data["target"], one.data["before"], one.data["after"], one.data["reason"]) for one in rows]


def test_publishing_a_version_touches_no_ticket_that_is_there(cast):
    ticket = ticket_of(cast.customer, at=timezone.now())
    before = list(ticket.clocks.values())
    quicker(cast)
    planning.triage(ticket, {"urgency": "high"}, by=cast.agent)
    planning.triage(ticket, {"critical": True}, by=cast.agent, reason="Встало всё.")

    assert (list(ticket.clocks.values()), moved(ticket)) == (before, [])


def test_the_next_ticket_is_served_by_the_new_version(cast):
    draft = quicker(cast)
    ticket = ticket_of(cast.customer, at=timezone.now())

    assert (ticket.regulation, norms(ticket)) == (draft, {"reaction": 30, "resolution": 240})


def test_a_contract_brings_its_own_regulation_and_a_norm_of_its_own(cast):
    own = quicker(cast, name="Круглосуточная поддержка")
    contract = Contract.objects.create(
        organization=cast.home, number="1", kind="support", starts_on=NOW, regulation=own.regulation
    )
    ContractNorm.objects.create(contract=contract, organization=cast.home, kind="consultation", reaction_minutes=15)
    bug = ticket_of(cast.customer, at=timezone.now())
    question = ticket_of(cast.customer, at=timezone.now(), kind="consultation")

    assert (norms(bug), norms(question)) == (
        {"reaction": 30, "resolution": 240},
        {"reaction": 15, "resolution": 240},
    )
    assert list(question.clocks.order_by("target").values_list("target", "source")) == [
        ("reaction", "contract"),
        ("resolution", "regulation"),
    ]


def test_a_contract_takes_a_promise_back_only_by_saying_so(cast):
    contract = Contract.objects.create(organization=cast.home, number="1", kind="support", starts_on=NOW.date())
    ContractNorm.objects.create(contract=contract, organization=cast.home, kind="bug", resolution_minutes=0)
    ContractNorm.objects.create(contract=contract, organization=cast.home, kind="consultation", planned=True)
    bug, question = (ticket_of(cast.customer, at=timezone.now(), kind=kind) for kind in ("bug", "consultation"))

    assert (norms(bug), norms(question)) == ({"reaction": 120}, {"reaction": 120})
    assert (bug.planned_owed, question.planned_owed) == (False, True)


def test_the_same_norm_from_another_contract_names_where_it_is_from(cast):
    """“Why this deadline?” asks the clock: nothing moves, and the source is the new one."""
    own = Contract.objects.create(organization=cast.home, number="1", kind="support", starts_on=NOW.date())
    ContractNorm.objects.create(contract=own, organization=cast.home, kind="bug", reaction_minutes=120)
    plain = Contract.objects.create(organization=cast.home, number="2", kind="support", starts_on=NOW.date())
    ticket = ticket_of(cast.customer, at=timezone.now())
    before = (own, plain)[ticket.contract == plain]
    after = plain if before == own else own
    for one in (after, before, after):
        coverage.cover(ticket, coverage.Choice(Coverage.COVERED, one, "Так верно."), by=cast.lead)

        wanted = "contract" if one == own else "regulation"
        assert ticket.clocks.get(target="reaction").source == wanted
    assert moved(ticket) == []


def test_a_norm_that_ended_still_names_the_contract_it_was_from(cast):
    """Another contract serves the ticket since, and has no such norm."""
    own = Contract.objects.create(organization=cast.home, number="1-С", kind="support", starts_on=NOW.date())
    ContractNorm.objects.create(contract=own, organization=cast.home, kind="bug", resolution_minutes=240)
    Contract.objects.create(organization=cast.home, number="2-Р", kind="development", starts_on=NOW.date())
    ticket = ticket_of(cast.customer, at=timezone.now())
    planning.triage(ticket, {"kind": "change"}, by=cast.agent, reason="Это доработка.")
    clock = ticket.clocks.get(target="resolution")

    assert (ticket.contract.number, clock.state, clock.contract) == ("2-Р", "cancelled", own)
    with translation.override("en"):
        source = told(clock, ticket, cast.agent, timezone.now()).source
    assert source == "Contract № 1-С: a norm of its own."


@pytest.mark.parametrize(
    ("changes", "after"),
    [({"standard": False}, None), ({"kind": "change"}, None), ({"kind": "consultation", "standard": False}, None)],
)
def test_another_kind_moves_the_norm_and_history_says_who_and_why(cast, changes, after):
    ticket = ticket_of(cast.customer)
    planning.triage(ticket, changes, by=cast.agent, reason="Так решили.", at=NOW + HOUR)

    assert moved(ticket) == [(cast.agent, "resolution", 480, after, "Так решили.")]
    assert (ticket.planned_owed, norms(ticket)) == (True, {"reaction": 120})


def test_a_norm_that_comes_back_is_counted_with_the_pauses_it_had(cast):
    ticket = ticket_of(cast.customer)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=NOW + HOUR)
    conversation.reply(ticket, Words(text="С первого."), by=cast.customer, at=NOW + 3 * HOUR)
    due = ticket.clocks.get(target="resolution").due_at
    planning.triage(ticket, {"standard": False}, by=cast.agent, reason="Нетиповое.", at=NOW + 4 * HOUR)
    planning.triage(ticket, {"standard": True}, by=cast.agent, reason="Всё же типовое.", at=NOW + 5 * HOUR)

    clock = ticket.clocks.get(target="resolution")
    assert (clock.due_at, clock.state, clock.started_at) == (due, "running", NOW)


def test_another_contract_brings_the_version_of_the_day_of_registration(cast):
    registered = timezone.now()
    own = quicker(cast, name="Круглосуточная поддержка")
    ticket = ticket_of(cast.customer, at=registered)
    ticket.contract = Contract.objects.create(
        organization=cast.home, number="1", kind="support", starts_on=NOW, regulation=own.regulation
    )
    ticket.save(update_fields=["contract"])
    clocks.recompute(ticket, by=cast.lead, at=registered + HOUR, reason="Не тот договор.")

    ticket.refresh_from_db()
    assert (ticket.regulation, norms(ticket)) == (own, {"reaction": 30, "resolution": 240})
    assert moved(ticket) == [
        (cast.lead, "reaction", 120, 30, "Не тот договор."), (cast.lead, "resolution", 480, 240, "Не тот договор."),
    ]  # fmt: skip


def test_without_the_contract_the_vendors_own_regulation_holds_again(cast):
    own = quicker(cast, name="Круглосуточная поддержка")
    Contract.objects.create(
        organization=cast.home, number="1", kind="support", starts_on=NOW, regulation=own.regulation
    )
    ticket = ticket_of(cast.customer, at=timezone.now())
    ticket.contract = None
    clocks.recompute(ticket, by=cast.lead, at=timezone.now())

    assert (ticket.regulation.regulation.slug, norms(ticket)) == ("default", {"reaction": 120, "resolution": 480})


def test_history_says_it_in_a_sentence(cast):
    ticket = ticket_of(cast.customer)
    planning.triage(ticket, {"standard": False}, by=cast.agent, reason="Нужна доработка.")

    said = sentence(Event.objects.get(thing_id=ticket.pk, thing="ticket", kind=events.CLOCK_MOVED))
    assert said.endswith("(Нужна доработка.)")


def test_history_says_parts_of_an_hour_as_people_do(cast):
    ticket = ticket_of(cast.customer)
    event = record(ticket, events.CLOCK_MOVED, by=cast.agent, target="reaction", before=30, after=150, reason="")

    with translation.override("ru"):
        said = sentence(event).replace("\u00a0", " ")
    assert ("30 мин" in said, "2 ч 30 мин" in said, re.findall(r"\d[.,]\d", said)) == (True, True, [])


def test_a_longer_norm_forgets_a_breach_and_a_shorter_one_keeps_it(cast):
    ticket = ticket_of(cast.customer)
    clock = ticket.clocks.get(target="resolution")
    clock.breached_at, clock.breach_told = clock.due_at, True
    clock.save()
    contract = Contract.objects.create(organization=cast.home, number="1", kind="support", starts_on=NOW)
    norm = ContractNorm(contract=contract, organization=cast.home, kind="bug", reaction_minutes=120)
    found = []
    for minutes in (240, 960):
        norm.resolution_minutes = minutes
        norm.save()
        ticket.contract = Contract.objects.get()
        clocks.recompute(ticket, by=cast.lead, at=NOW + 30 * HOUR)
        clock.refresh_from_db()
        found.append((clock.breach_told, bool(clock.breached_at)))

    assert found == [(True, True), (False, False)]
