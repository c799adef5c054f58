"""Every route × method × person × ownership does what the policy says, and nothing else."""

import pytest

from tests.matrix import cells
from tests.matrix.deed import READING
from tests.matrix.deeds import deed
from tests.matrix.engine import Engine
from tests.matrix.ownership import NONE, OWN

ROUTES = cells.routes()
DECLARED = [pytest.param(route, method, id=f"{route.name} {method}") for route in ROUTES for method in route.declared]

GREEDY = [one for one in DECLARED if one.values[1] not in READING and (plan := deed(*one.values)) and plan.refused]
OWNERS = {OWN, NONE}


@pytest.fixture(scope="module")
def engine(world):
    return Engine(world)


@pytest.mark.case("TI-01", "TI-02", "TI-03")
@pytest.mark.parametrize(("route", "method"), DECLARED)
def test_each_person_gets_what_the_policy_says(engine, route, method):
    wrong = engine.run(cells.cells(route, method))

    assert wrong == [], "\n".join(wrong)


@pytest.mark.case("AP-01", "AP-02")
@pytest.mark.parametrize(("route", "method"), GREEDY)
def test_who_may_do_a_deed_may_not_ask_for_more(engine, route, method):
    allowed = [cell for cell in cells.cells(route, method) if cell.expected == cells.ALLOW and cell.owner in OWNERS]
    wrong = [
        fault
        for cell in allowed
        for why, body in deed(route, method).refused
        for fault in engine.refuses(cell, why, body)
    ]

    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("route", [pytest.param(route, id=route.name) for route in ROUTES])
def test_a_method_that_is_not_declared_is_not_offered(engine, route):
    wrong = engine.run(cells.not_offered(route))

    assert wrong == [], "\n".join(wrong)


def test_every_route_has_a_name_and_is_tried():
    assert [route.name for route in ROUTES if not route.declared or route.name.endswith(":")] == []
