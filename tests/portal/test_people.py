"""A coordinator keeps the people of the own family, and nobody else's."""

import pytest

from asmo_support.channels.models import Delivery
from asmo_support.journal.errands import drain
from asmo_support.people.actions.invitations import invite
from asmo_support.people.actions.tokens import bearer, create_token
from asmo_support.people.models import Invitation, Organization, User
from asmo_support.tickets.models import Ticket
from tests.cast import PASSWORD, person, ticket_of


def facts(organization, **more):
    said = {"name": "Пётр Новиков", "email": "novikov@test.example", "role": "contact", "organization": organization.pk}
    return said | {"competences": ["queries", "javascript"], "invite": "on"} | more


def test_a_coordinator_adds_a_colleague_who_is_invited(cast, browser):
    answer = browser(cast.coordinator).post("/people/new/", facts(cast.home))
    drain()

    made = User.objects.get(email="novikov@test.example")
    assert (answer.status_code, made.organization, made.competences) == (302, cast.home, ["queries", "javascript"])
    assert list(Delivery.objects.values_list("address", "secret")) == [("novikov@test.example", True)]


@pytest.mark.case("TI-02", "AP-02")
@pytest.mark.parametrize(
    "more", [{"organization": "abroad"}, {"organization": ""}, {"role": "admin"}, {"competences": ["telepathy"]}]
)
def test_nobody_is_put_where_or_made_what_the_coordinator_may_not(cast, browser, more):
    more = {name: getattr(cast, value).pk if value == "abroad" else value for name, value in more.items()}
    answer = browser(cast.coordinator).post("/people/new/", facts(cast.home) | more)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(more))
    assert User.objects.filter(email="novikov@test.example").count() == 0


def test_the_coordinator_of_the_head_office_keeps_branches_too(cast, browser):
    branch = Organization.objects.create(name="Филиал", short_name="Филиал", parent=cast.home)
    own = person("coordinator", "Координатор филиала", branch, email="branch")
    client = browser(cast.coordinator)
    client.post("/people/new/", facts(branch))
    answer = client.post(f"/organization/{branch.pk}/", {"visibility": "all"})

    branch.refresh_from_db()
    assert User.objects.get(email="novikov@test.example").organization == branch
    assert (answer.status_code, branch.visibility) == (302, "all")
    assert browser(own).get(f"/organization/{cast.home.pk}/").status_code == 404
    assert browser(own).get(f"/people/{cast.customer.pk}/").status_code == 404


@pytest.mark.case("AU-08")
def test_the_address_of_who_has_come_in_is_not_the_coordinators_to_change(cast, browser):
    cast.customer.set_password(PASSWORD)
    cast.customer.save()
    said = {"name": "Марина К.", "email": "thief@test.example", "role": "contact"}
    client = browser(cast.coordinator)
    client.post(f"/people/{cast.customer.pk}/", said)
    client.post(f"/people/{cast.colleague.pk}/", said | {"email": "panin@test.example"})

    for one in (cast.customer, cast.colleague):
        one.refresh_from_db()
    assert (cast.customer.name, cast.customer.email) == ("Марина К.", "customer@test.example")
    assert cast.colleague.email == "panin@test.example"


@pytest.mark.case("AU-07")
def test_a_colleague_who_is_shut_out_is_out_at_once(cast, browser):
    theirs, token = browser(cast.customer), create_token(cast.customer, by=None, name="ci")
    invite(cast.customer, by=cast.coordinator)
    browser(cast.coordinator).post(f"/people/{cast.customer.pk}/access/")

    assert (theirs.get("/").status_code, bearer(token)) == (302, None)
    assert Invitation.objects.open().count() == 0


def test_the_open_tickets_of_who_leaves_go_on_under_a_colleague(cast, browser):
    cast.colleague.language = "en"
    cast.colleague.save()
    one, other = ticket_of(cast.customer), ticket_of(cast.coordinator)
    answer = browser(cast.coordinator).post(f"/people/{cast.customer.pk}/tickets/", {"to": cast.colleague.pk})
    while drain():
        pass

    for ticket in (one, other):
        ticket.refresh_from_db()
    assert (answer.status_code, one.requester, other.requester) == (302, cast.colleague, cast.coordinator)
    letter = Delivery.objects.get(kind="ticket.requester-changed")
    assert (letter.address, "yours now" in letter.text) == (cast.colleague.email, True)


@pytest.mark.case("AP-02")
@pytest.mark.parametrize("to", ["stranger", "agent", "customer"])
def test_tickets_are_not_handed_to_who_does_not_belong_here(cast, browser, to):
    ticket = ticket_of(cast.customer)
    answer = browser(cast.coordinator).post(f"/people/{cast.customer.pk}/tickets/", {"to": getattr(cast, to).pk})

    assert (answer.status_code, Ticket.objects.get(pk=ticket.pk).requester) == (422, cast.customer)


def test_contacts_see_people_and_are_told_who_keeps_them(cast, browser):
    client = browser(cast.customer)

    assert client.get("/organization/").status_code == 200
    assert client.get("/people/new/").status_code == 403
    assert client.post(f"/people/{cast.colleague.pk}/access/").status_code == 403
    assert client.get(f"/people/{cast.stranger.pk}/").status_code == 404


def test_a_merged_entry_leads_to_the_person(cast, browser):
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False, merged_into=cast.customer)
    answer = browser(cast.coordinator).get(f"/people/{cast.colleague.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/people/{cast.customer.pk}/")
    assert "Олег Панин" not in browser(cast.coordinator).get("/organization/").content.decode()
