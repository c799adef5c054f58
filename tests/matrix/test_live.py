"""Live notices: asked for every change and every person at the moment they are told."""

import pytest
from django.conf import settings

from asmo_support.config.watching import allowed
from asmo_support.tickets.states import State
from tests.matrix.ownership import COLLEAGUES, FOREIGN, OWN
from tests.matrix.people import CONTACT, COORDINATOR, NOBODY, STAFF, STRANGER


def told(world, person, *changes):
    key = world.keys[person.name].session if person.name in world.keys else ""
    found = allowed({settings.SESSION_COOKIE_NAME: key}, changes)
    return None if found is None else [change["ticket"] for change in found]


def change(world, owner, internal=0):
    return {"ticket": world.ticket(owner, State.IN_WORK).number, "organization": 0, "internal": internal}


@pytest.mark.case("TI-05")
@pytest.mark.parametrize(
    ("person", "owners"),
    [(CONTACT, [OWN]), (COORDINATOR, [OWN, COLLEAGUES]), (STRANGER, [FOREIGN]), (STAFF[1], [OWN, COLLEAGUES, FOREIGN])],
    ids=str,
)
def test_a_person_hears_of_the_tickets_he_may_see(world, person, owners):
    changes = [change(world, owner) for owner in (OWN, COLLEAGUES, FOREIGN)]

    assert told(world, person, *changes) == sorted(world.ticket(owner, State.IN_WORK).number for owner in owners)


@pytest.mark.case("TI-05")
def test_a_note_of_the_desk_makes_no_customers_page_move(world):
    assert told(world, CONTACT, change(world, OWN, internal=1)) == []
    assert told(world, STAFF[1], change(world, OWN, internal=1)) == [world.ticket(OWN, State.IN_WORK).number]


@pytest.mark.case("TI-05", "AU-07")
@pytest.mark.parametrize("person", [one for one in NOBODY if one.name != "other door's key"], ids=str)
def test_who_is_not_signed_in_hears_nothing(world, person):
    assert told(world, person, change(world, OWN)) is None
