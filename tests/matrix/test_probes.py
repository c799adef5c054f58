"""Foreign numbers, names and words in the query of an address: they find nothing and show nothing."""

import json

import pytest

from asmo_support.tickets.states import State
from tests.matrix.cells import Cell, Route
from tests.matrix.deed import Deed
from tests.matrix.engine import Engine, outcome
from tests.matrix.keys import Keys
from tests.matrix.ownership import CANARIES, COLLEAGUES, FOREIGN, INTERNAL, OWN, forbidden
from tests.matrix.people import CONTACT, COORDINATOR, STRANGER

ASKING = [CONTACT, COORDINATOR, STRANGER]


@pytest.fixture(scope="module")
def engine(world):
    return Engine(world)


def ask(engine, person, path):
    keys = engine.world.keys.get(person.name, Keys())
    engine.client.cookies.clear()
    if path.startswith("/api/"):
        return engine.client.get(path, headers={"Authorization": f"Bearer {keys.token}"})
    engine.client.cookies["session"] = keys.session
    return engine.client.get(path)


def foreign_of(world, person):
    return world.ticket(OWN if person == STRANGER else FOREIGN, State.IN_WORK)


@pytest.mark.case("SE-01", "TI-04")
@pytest.mark.parametrize("person", ASKING, ids=str)
def test_a_foreign_number_in_a_search_is_like_one_that_does_not_exist(engine, person):
    foreign = foreign_of(engine.world, person)

    found = ask(engine, person, f"/tickets/?state=open&words={foreign.number}").content.decode()
    missing = ask(engine, person, "/tickets/?state=open&words=99999999").content.decode()

    assert f"/tickets/{foreign.number}/" not in found
    assert _plain(found, str(foreign.number)) == _plain(missing, "99999999")


@pytest.mark.case("SE-01", "TI-04", "TI-06")
@pytest.mark.parametrize("words", ["%", "_", "%25", "' OR 1=1 --", CANARIES[FOREIGN], CANARIES[INTERNAL], "1' --"])
@pytest.mark.parametrize("person", ASKING, ids=str)
def test_no_word_of_a_search_shows_what_is_not_ones_own(engine, person, words):
    for path in ("/tickets/", "/api/v1/tickets"):
        answer = ask(engine, person, f"{path}?words={words}&state=done").content.decode()
        hidden = forbidden(person, OWN) - {words}

        assert [word for word in hidden if word in answer] == []


@pytest.mark.case("SE-02", "AP-04")
@pytest.mark.parametrize(
    "query",
    ["organization={name}", "requester={email}", "assignee=engineer@matrix.example&requester={email}", "limit=100"],
)
@pytest.mark.parametrize("person", ASKING, ids=str)
def test_a_filter_that_names_others_finds_none_of_theirs(engine, person, query):
    world = engine.world
    others = world.home if person == STRANGER else world.abroad
    email = world.users["contact" if person == STRANGER else "stranger"].email

    answer = ask(engine, person, f"/api/v1/tickets?{query.format(name=others.short_name, email=email)}")
    found = json.loads(answer.content)

    assert answer.status_code == 200
    assert [item["number"] for item in found["items"] if item["organization"] == others.short_name] == []


@pytest.mark.case("AP-04")
@pytest.mark.parametrize("query", ["organization__name=x", "order_by=password", "requester__password=x", "id=1"])
def test_a_filter_that_nobody_offered_changes_nothing(engine, query):
    plain = json.loads(ask(engine, CONTACT, "/api/v1/tickets").content)
    answer = ask(engine, CONTACT, f"/api/v1/tickets?{query}")

    assert answer.status_code in {200, 400, 422}
    assert answer.status_code != 200 or json.loads(answer.content) == plain


@pytest.mark.case("TI-07", "AP-02")
def test_a_new_ticket_cannot_continue_a_foreign_one(engine):
    foreign = engine.world.ticket(FOREIGN, State.CLOSED)

    page = ask(engine, CONTACT, f"/tickets/new/?after={foreign.number}")

    assert page.status_code == 200
    assert CANARIES[FOREIGN] not in page.content.decode()


@pytest.mark.case("TI-04")
def test_a_cursor_of_somebody_else_leads_only_through_ones_own(engine):
    theirs = json.loads(ask(engine, STRANGER, "/api/v1/tickets?limit=1").content)["next"]

    answer = ask(engine, CONTACT, f"/api/v1/tickets?cursor={theirs}").content.decode()

    assert [word for word in (CANARIES[FOREIGN], CANARIES[COLLEAGUES]) if word in answer] == []


@pytest.mark.case("AF-03")
@pytest.mark.parametrize("door", ["portal:ticket-attachment", "api:ticket-attachment"])
def test_a_file_is_not_found_by_guessing_its_number(engine, door):
    route = Route(door, ("number", "pk" if door.startswith("portal") else "attachment"))

    assert outcome(engine.call(Cell(route, "GET", CONTACT, FOREIGN, ""), Deed(), {})) == "missing"
    assert outcome(engine.call(Cell(route, "GET", CONTACT, OWN, ""), Deed(), {})) == "allow"


def _plain(body, number):
    from tests.matrix.engine import ONCE

    return ONCE.sub("", body).replace(number, "")
