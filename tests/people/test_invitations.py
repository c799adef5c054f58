"""Letting people in: the link works once and for a day, can be sent again and withdrawn; who is shut out is out."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from asmo_support.channels.models import Delivery
from asmo_support.journal.errands import drain
from asmo_support.journal.models import Event
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.people.actions.invitations import accept, invite, known, withdraw
from asmo_support.people.actions.people import add_person, deactivate
from asmo_support.people.lookups import listed
from asmo_support.people.models import Invitation, User
from tests.cast import PASSWORD

NEW = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def guest(cast):
    facts = {"name": "Пётр Новиков", "email": "novikov@test.example", "role": "contact"}
    return add_person(facts, by=cast.coordinator, organization=cast.home)


def link(address="novikov@test.example"):
    """The link in the latest letter to this address."""
    while drain():
        pass
    letter = Delivery.objects.filter(address=address).latest("id")
    return re.search(r"(/accounts/invitation/\S+)", letter.text)[1]


def test_the_link_of_the_letter_sets_the_password_and_opens_the_door(cast, guest):
    invite(guest, by=cast.coordinator)
    client, path = Client(), link()

    assert "Пётр Новиков" in client.get(path).content.decode()
    answer = client.post(path, NEW)

    guest.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert guest.check_password(PASSWORD)
    assert Event.objects.filter(kind="user.joined", by=guest).count() == 1


def test_the_letter_speaks_the_language_of_the_guest_and_is_shown_to_nobody_but_the_administrator(cast, guest):
    User.objects.filter(pk=guest.pk).update(language="en")
    invite(guest, by=cast.coordinator)
    link()

    letter = Delivery.objects.get()
    assert letter.text.startswith("Hello, Пётр Новиков!")
    assert f"{cast.coordinator.name} invites you" in letter.text
    assert (letter.secret, Delivery.objects.visible_to(cast.operator).count()) == (True, 0)


@pytest.mark.case("AU-01")
def test_a_link_works_once(cast, guest):
    invite(guest, by=cast.lead)
    path = link()
    Client().post(path, NEW)
    again = Client().post(path, {"password": "another horse battery", "again": "another horse battery"})

    guest.refresh_from_db()
    assert (again.status_code, guest.check_password(PASSWORD)) == (200, True)
    with pytest.raises(Refused):
        accept(path.split("/")[-2], "another horse battery")


@pytest.mark.case("AU-01")
@pytest.mark.parametrize("token", ["", " ", "0", "None", "x" * 43])
def test_a_blank_or_invented_link_opens_nothing(cast, guest, token):
    # The letter is not written yet: the invitation has no secret at all.
    invite(guest, by=cast.lead)

    assert known(token) is None
    with pytest.raises(Refused):
        accept(token, PASSWORD)


@pytest.mark.case("AU-01")
def test_a_link_lives_for_a_day_and_whoever_holds_it_gets_a_new_one_once(cast, guest):
    invite(guest, by=cast.lead)
    path = link()
    past = timezone.now() - timedelta(hours=25)
    Invitation.objects.update(at=past, expires_at=past + timedelta(hours=24))

    assert Client().post(path, NEW).status_code == 200
    assert Client().post(path).status_code == 200
    guest.refresh_from_db()
    assert (guest.has_joined, Invitation.objects.count()) == (False, 2)
    assert Client().post(link(), NEW).status_code == 302
    assert known(path.split("/")[-2]).state == "withdrawn"


def test_an_invitation_that_is_sent_again_ends_the_one_before(cast, guest):
    invite(guest, by=cast.lead)
    first = link()
    invite(guest, by=cast.lead)
    second = link()

    assert Client().post(first, NEW).status_code == 200
    assert Client().post(second, NEW).status_code == 302


def test_a_withdrawn_invitation_opens_nothing_and_is_not_withdrawn_twice(cast, guest):
    made = invite(guest, by=cast.coordinator)
    path = link()
    withdraw(made, by=cast.coordinator)

    Client().post(path, NEW)
    guest.refresh_from_db()
    assert (guest.has_joined, listed([guest])[0].standing) == (False, "outside")
    with pytest.raises(Conflict):
        withdraw(made, by=cast.coordinator)


def test_an_invitation_that_was_withdrawn_before_its_letter_writes_none(cast, guest):
    withdraw(invite(guest, by=cast.coordinator), by=cast.coordinator)
    drain()

    assert Delivery.objects.count() == 0


@pytest.mark.case("AU-07")
def test_who_is_shut_out_does_not_come_in_by_an_older_invitation(cast, guest):
    invite(guest, by=cast.lead)
    path = link()
    deactivate(guest, by=cast.lead)

    assert Client().post(path, NEW).status_code == 200
    guest.refresh_from_db()
    assert (guest.has_joined, guest.is_active) == (False, False)
    with pytest.raises(Refused, match="shut out"):
        invite(guest, by=cast.lead)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"password": "short", "again": "short"}, "password"), ({"password": PASSWORD, "again": "x"}, "again")],
)
def test_a_password_that_cannot_be_is_refused_and_the_link_lives(cast, guest, said, field):
    invite(guest, by=cast.lead)
    path = link()
    answer = Client().post(path, said)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Client().post(path, NEW).status_code == 302
