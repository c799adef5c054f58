"""Duplicates: what moves, what refuses, and that the old number and the old address lead to the one that stays."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from asmo_support.channels.email import tokens
from asmo_support.channels.secrets import letter_keys
from asmo_support.config.wiring import MERGING
from asmo_support.contracts.models import Contract
from asmo_support.journal.models import Event
from asmo_support.lib.errors import Refused
from asmo_support.people import jobs
from asmo_support.people.actions.domains import add_domain
from asmo_support.people.actions.merging import merge_organizations, merge_people
from asmo_support.people.actions.people import activate
from asmo_support.people.actions.tokens import bearer, create_token
from asmo_support.people.lookups import former, history_of, person_by_address, stands_for
from asmo_support.people.models import Merge, Organization, User
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Clock, Message, Ticket
from asmo_support.wall.acting import PORTAL, acting_as
from asmo_support.wall.declare import declared
from asmo_support.wall.moving import naming, tenants
from tests.cast import person, ticket_of


def contract(organization, number="1/26"):
    return Contract.objects.create(organization=organization, number=number, kind="support", starts_on=date(2026, 1, 1))


def said(ticket, cast):
    conversation.reply(ticket, Words(text="С пятницы."), by=ticket.requester)
    lifecycle.propose_resolution(ticket, Words(text="Исправили."), by=cast.agent)


def test_everything_of_a_duplicate_goes_to_the_customer_that_stays(cast):
    ticket, branch = ticket_of(cast.stranger), Organization.objects.create(
        name="Филиал", short_name="Филиал", parent=cast.abroad)  # fmt: skip
    said(ticket, cast)
    contract(cast.abroad)
    add_domain(cast.abroad, "ruda.example", by=cast.lead)
    old = cast.abroad.pk
    events = Event.objects.filter(organization_id=old).count()

    job = merge_organizations(cast.abroad, cast.home, by=cast.lead)
    assert jobs.merge() == 1

    job.refresh_from_db()
    branch.refresh_from_db()
    assert (job.state, job.reason, jobs.merge()) == ("done", "", 0)
    assert not Organization.objects.filter(pk=old).exists()
    assert branch.parent == cast.home
    assert (job.moved["tickets_ticket.organization_id"], job.moved["people_user.organization_id"]) == (1, 1)
    # And the fact that it was asked for.
    assert job.moved["journal_event.organization_id"] == events + 1
    assert [(one.organization_id) for one in (*Message.objects.all(), *Clock.objects.all())] == [cast.home.pk] * 3
    assert stands_for(old) == cast.home.pk


def test_after_a_merge_the_wall_stands_around_the_one_customer(cast):
    ticket = ticket_of(cast.stranger)
    said(ticket, cast)
    merge_organizations(cast.abroad, cast.home, by=cast.lead)
    jobs.merge()
    coordinator, stranger = User.objects.get(pk=cast.coordinator.pk), User.objects.get(pk=cast.stranger.pk)

    for reader in (coordinator, stranger):
        with acting_as(PORTAL, reader.organization_ids):
            assert list(Ticket.objects.visible_to(reader).values_list("pk", flat=True)) == [ticket.pk]
            assert Message.objects.filter(ticket=ticket).count() == 1


@pytest.mark.case("EI-16")
def test_an_answer_to_a_letter_of_before_the_merge_still_joins(cast):
    ticket, old = ticket_of(cast.stranger), cast.abroad.pk
    mark = tokens.reply_address(letter_keys(), "support@v.example", ticket.number, old)
    merge_organizations(cast.abroad, cast.home, by=cast.lead)
    jobs.merge()

    claim = tokens.claims([mark], [])[0]
    held = [one for one in former([cast.home.pk])[cast.home.pk] if tokens.holds(letter_keys(), claim, one)]
    assert held == [old]


def test_old_numbers_of_merges_one_after_the_other_lead_to_the_last_one(cast):
    third = Organization.objects.create(name="Третья", short_name="Третья")
    first, second = cast.abroad.pk, cast.home.pk
    merge_organizations(cast.abroad, cast.home, by=cast.lead)
    jobs.merge()
    merge_organizations(cast.home, third, by=cast.lead)
    jobs.merge()

    assert (stands_for(first), stands_for(second)) == (third.pk, third.pk)
    assert former([third.pk]) == {third.pk: [second, first]}


def test_a_head_office_merged_into_its_branch_leaves_its_place_to_it(cast):
    trust = Organization.objects.create(name="Трест", short_name="Трест")
    for one, parent in ((cast.home, trust), (cast.abroad, cast.home)):
        one.parent = parent
        one.save()
    merge_organizations(cast.home, cast.abroad, by=cast.lead)
    jobs.merge()

    cast.abroad.refresh_from_db()
    assert cast.abroad.parent == trust


def test_two_contracts_of_one_number_refuse_the_merge_and_nothing_moves(cast):
    contract(cast.home)
    job = merge_organizations(cast.abroad, cast.home, by=cast.lead)
    contract(cast.abroad)
    assert jobs.merge() == 1

    job.refresh_from_db()
    cast.stranger.refresh_from_db()
    words = "Both have a contract with the number 1/26. Correct one of the two first."
    cast.lead.language = "en"
    assert (job.state, cast.stranger.organization) == ("refused", cast.abroad)
    with pytest.raises(Refused, match=words):
        merge_organizations(cast.abroad, cast.home, by=cast.lead)


def test_two_merges_of_one_entry_do_not_wait_together(cast):
    merge_organizations(cast.abroad, cast.home, by=cast.lead)

    with pytest.raises(Refused, match="being merged already"):
        merge_organizations(cast.home, cast.abroad, by=cast.lead)
    with pytest.raises(Refused, match="another customer"):
        merge_organizations(cast.home, cast.home, by=cast.lead)


@pytest.fixture
def double(cast):
    made = person("contact", "Ковалева М.", cast.home, email="kovaleva")
    made.phone, made.competences = "+7 342 200-10-41", ["queries"]
    made.save()
    return made


def test_a_double_of_a_person_becomes_the_person(cast, double):
    ticket, token = ticket_of(double), create_token(double, by=None, name="old")
    said(ticket, cast)
    merge_people(double, cast.customer, by=cast.lead)
    assert jobs.merge() == 1

    for one in (ticket, double, cast.customer):
        one.refresh_from_db()
    assert (ticket.requester, ticket.author) == (cast.customer, cast.customer)
    assert Message.objects.get(ticket=ticket, internal=False).author == cast.customer
    assert (double.is_active, double.merged_into, bearer(token)) == (False, cast.customer, None)
    assert (cast.customer.phone, cast.customer.competences) == ("+7 342 200-10-41", ["queries"])
    # What happened, happened under the name of that time.
    assert Event.objects.get(kind="ticket.registered").by == double
    assert [event.kind for event in history_of(cast.customer)][:2] == ["user.merged", "user.deactivated"]


@pytest.mark.case("AU-07")
def test_the_old_address_leads_to_the_person_and_the_old_entry_stays_shut(cast, double):
    merge_people(double, cast.customer, by=cast.lead)
    jobs.merge()

    assert person_by_address(" Kovaleva@test.example") == cast.customer
    with pytest.raises(Refused, match="stays shut"):
        activate(double, by=cast.lead)
    User.objects.filter(pk=cast.customer.pk).update(is_active=False)
    assert person_by_address("kovaleva@test.example") is None


@pytest.mark.case("TI-07")
@pytest.mark.parametrize(
    ("old", "into", "words"),
    [
        ("stranger", "customer", "different customers"),
        ("agent", "customer", "Only people of customers"),
        ("customer", "customer", "another person"),
    ],
)
def test_people_who_are_not_one_are_not_merged(cast, old, into, words):
    with pytest.raises(Refused, match=words):
        merge_people(getattr(cast, old), getattr(cast, into), by=cast.lead)
    assert Merge.objects.count() == 0


def of_the_desk(model):
    """What everybody shares, and calendars and rules: written by people of the desk, who are not merged."""
    return model.wall.kind == "shared" or model._meta.app_label == "sla"


def rooms():
    return {name.split(".")[1] for name in MERGING}


def test_every_table_of_customers_moves_with_some_room(db):
    named = {model._meta.db_table for room in rooms() for model in tenants(room)}
    ours = {table for table, wall in declared().items() if wall.kind == "tenant"}

    assert ours - named == {"people_organization"}


def test_every_column_that_names_a_person_is_moved_or_kept_on_purpose(db):
    columns = {f"{model._meta.db_table}.{name}" for room in rooms() for model, name in naming(room, "people.user")}
    ours = {
        f"{model._meta.db_table}.{field.attname}"
        for model in apps.get_models()
        if model.__module__.startswith("asmo_support.") and not of_the_desk(model)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.remote_field.model is User
    }
    kept = {one for name in MERGING for one in getattr(import_module(name), "KEPT", ())}

    assert ours - columns == set()
    assert kept - ours == set()
