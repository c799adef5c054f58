"""Every route × method × person × ownership does what the policy says, and nothing else."""

import pytest

from tests.matrix import cells
from tests.matrix.engine import Engine

ROUTES = cells.routes()
DECLARED = [pytest.param(route, method, id=f"{route.name} {method}") for route in ROUTES for method in route.declared]


@pytest.fixture(scope="module")
def engine(world):
    return Engine(world)


@pytest.mark.case("TI-01", "TI-02", "TI-03")
@pytest.mark.parametrize(("route", "method"), DECLARED)
def test_each_person_gets_what_the_policy_says(engine, route, method):
    wrong = engine.run(cells.cells(route, method))

    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("route", [pytest.param(route, id=route.name) for route in ROUTES])
def test_a_method_that_is_not_declared_is_not_offered(engine, route):
    wrong = engine.run(cells.not_offered(route))

    assert wrong == [], "\n".join(wrong)


def test_every_route_has_a_name_and_is_tried():
    assert [route.name for route in ROUTES if not route.declared or route.name.endswith(":")] == []
