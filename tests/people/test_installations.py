"""What stands at a customer: written down by the desk, read by the coordinator, moved with a merge."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from asmo_support.catalog.models import Module, Product, Version
from asmo_support.contracts.actions.installing import add_installation, change_installation
from asmo_support.contracts.installed import installations_of, installed
from asmo_support.contracts.models import InstallationContact, InstallationModule
from asmo_support.journal.models import Event
from asmo_support.lib.errors import Refused
from asmo_support.people import jobs
from asmo_support.people.actions.merging import merge_organizations, merge_people
from asmo_support.wall.acting import PORTAL, acting_as
from tests.cast import person


@pytest.fixture
def shelf(db):
    product, other = (Product.objects.create(code=code, name=code.upper()) for code in ("eco", "staff"))
    modules = [Module.objects.create(product=product, code=code, name=code.upper()) for code in ("air", "water")]
    version = Version.objects.create(product=product, name="8.4", supported_until=date(2025, 1, 1))
    return {"product": product, "other": other, "modules": modules, "version": version}


def facts(shelf, **more):
    said = {"name": "Рабочая", "product": shelf["product"], "version": shelf["version"], "modules": shelf["modules"]}
    return said | {"place": "Пермь, сервер 2", "contacts": [], "since": date(2024, 3, 1), "retired_on": None} | more


def test_an_installation_is_written_down_changed_and_retired(cast, shelf):
    made = add_installation(cast.home, facts(shelf, contacts=[cast.coordinator]), by=cast.release)
    less = facts(shelf, modules=shelf["modules"][:1], contacts=[cast.customer], retired_on=date(2026, 11, 1))
    change_installation(made, less, by=cast.lead)

    (row,) = installations_of(cast.home, cast.agent)
    assert [one.module.name for one in row.module_rows.all()] == ["AIR"]
    assert [one.person for one in row.contact_rows.all()] == [cast.customer]
    assert (row.is_standing, installed(cast.coordinator)) == (False, [])
    event = Event.objects.get(kind="installation.changed")
    assert sorted(event.data["changes"]) == ["contacts", "modules", "retired_on"]


def test_nothing_changed_is_no_event(cast, shelf):
    made = add_installation(cast.home, facts(shelf), by=cast.release)
    change_installation(made, facts(shelf), by=cast.release)

    assert Event.objects.filter(thing="customer-installation").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"product": "other", "version": None}, "modules"),
        ({"product": "other", "modules": []}, "version"),
        ({"name": "  "}, "name"),
        ({"retired_on": date(2020, 1, 1)}, "retired_on"),
    ],
)
def test_an_installation_that_cannot_be_is_refused(cast, shelf, more, field):
    more = {name: shelf["other"] if value == "other" else value for name, value in more.items()}

    with pytest.raises(Refused) as refusal:
        add_installation(cast.home, facts(shelf, **more), by=cast.release)

    assert refusal.value.field == field


@pytest.mark.case("AP-02")
def test_contacts_are_people_of_the_same_customer(cast, shelf):
    with pytest.raises(Refused) as refusal:
        add_installation(cast.home, facts(shelf, contacts=[cast.stranger]), by=cast.release)

    assert refusal.value.field == "contacts"


@transaction.atomic
def give_away(installation, organization):
    InstallationModule.objects.filter(installation=installation).update(organization=organization)
    connection.check_constraints()


@pytest.mark.case("TI-01")
def test_the_portal_reads_its_own_and_the_key_ties_the_children(cast, shelf):
    own = add_installation(cast.home, facts(shelf), by=cast.release)
    add_installation(cast.abroad, facts(shelf, name="Чужая"), by=cast.release)

    with acting_as(PORTAL, [cast.home.pk]):
        assert [one.pk for one in installed(cast.coordinator)] == [own.pk]
        assert InstallationModule.objects.count() == 2
    with pytest.raises(IntegrityError, match="of_same_organization"):
        give_away(own, cast.abroad)


def test_installations_and_their_contacts_move_with_a_merge(cast, shelf):
    double = person("contact", "Щербаков Р.", cast.abroad, email="double")
    made = add_installation(cast.abroad, facts(shelf, contacts=[cast.stranger, double]), by=cast.release)
    merge_people(double, cast.stranger, by=cast.lead)
    jobs.merge()
    merge_organizations(cast.abroad, cast.home, by=cast.lead)
    jobs.merge()

    made.refresh_from_db()
    rows = InstallationContact.objects.values_list("organization", "person")
    assert (made.organization, list(rows)) == (cast.home, [(cast.home.pk, cast.stranger.pk)])


def test_a_version_past_its_day_is_marked_until_the_copy_is_retired(cast, shelf):
    made = add_installation(cast.home, facts(shelf), by=cast.release)
    assert made.is_unsupported is True

    change_installation(made, {"retired_on": date(2026, 1, 1)}, by=cast.release)
    assert made.is_unsupported is False
