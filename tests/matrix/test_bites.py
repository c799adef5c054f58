"""Tests of the test: whichever check is removed, the matrix turns red; and each of the two walls holds alone."""

import pytest

from asmo_support.config import policy
from tests.matrix import cells, sabotage
from tests.matrix.engine import Engine
from tests.matrix.ownership import CANARIES, FOREIGN, INTERNAL
from tests.matrix.people import CUSTOMERS

OURS = [
    cell
    for route in cells.routes()
    if not route.name.startswith(("account_", "mfa_"))
    for method in route.declared
    for cell in cells.cells(route, method)
]
# The hole, and what the matrix must say of it.
HOLES = [
    (sabotage.ask_nobody, "denied, but it answered allow"),
    (sabotage.invert_verdicts, "allow, but it answered"),
    (sabotage.see_all_tickets, "missing, but it answered allow"),
    (sabotage.see_nothing, "allow, but it answered missing"),
    (sabotage.open_every_route, "login, but it"),
    (sabotage.close_every_route, "allow, but it answered missing"),
    (sabotage.allow_everything, "foreign: missing, but it answered allow"),
    (sabotage.forget_a_line, "allow, but it answered"),
    (sabotage.forget_roles, "missing, but it answered"),
    (sabotage.keep_the_dead, "by deactivated … login, but it answered allow"),
    (sabotage.keep_dead_tokens, "login, but it answered allow"),
    (sabotage.keep_old_sessions, "by expired … login, but it answered allow"),
    (sabotage.take_any_key, "by other door's key … login, but it answered allow"),
    (sabotage.skip_the_second_factor, "by second factor pending … login, but it answered allow"),
    (sabotage.tell_the_difference, "missing, but it answered denied"),
]


@pytest.mark.case("TI-02")
@pytest.mark.parametrize(("hole", "words"), [pytest.param(*hole, id=hole[0].__name__) for hole in HOLES])
def test_a_hole_turns_the_matrix_red(world, monkeypatch, hole, words):
    hole(monkeypatch)
    engine = Engine(world)
    # Where the second wall itself throws an intruder out, the connection is closed and the world with it: last.
    cells = sorted(OURS, key=lambda cell: "desk:blocked" in str(cell))

    assert any(all(word in wrong for word in words.split(" … ")) for cell in cells for wrong in engine.check(cell))


def test_row_security_alone_keeps_what_belongs_to_others(world, monkeypatch):
    sabotage.see_all_tickets(monkeypatch)
    sabotage.see_all_words(monkeypatch)

    assert _leaks(Engine(world)) == []


def test_visibility_alone_keeps_what_belongs_to_others(world, monkeypatch):
    sabotage.drop_row_security(monkeypatch)

    assert _leaks(Engine(world)) == []


def test_without_both_walls_it_would_be_seen(world, monkeypatch):
    sabotage.drop_row_security(monkeypatch)
    sabotage.see_all_tickets(monkeypatch)
    sabotage.see_all_words(monkeypatch)

    leaks = _leaks(Engine(world))

    assert {word for word in CANARIES.values() if any(word in leak for leak in leaks)} >= {
        CANARIES[FOREIGN],
        CANARIES[INTERNAL],
    }


def test_a_route_without_a_line_stops_the_program(monkeypatch):
    monkeypatch.delitem(policy.POLICY, ("api:ticket", "GET"))
    monkeypatch.delitem(policy.POLICY, ("api:ticket", "PATCH"))

    assert [problem.id for problem in policy.every_route_has_a_policy(None)] == ["desk.E001"]


def test_a_line_without_a_route_stops_the_program(monkeypatch):
    monkeypatch.setitem(policy.POLICY, ("desk:nothing", "GET"), policy.POLICY["api:ticket", "GET"])

    assert [problem.id for problem in policy.every_route_has_a_policy(None)] == ["desk.E002"]


def _leaks(engine: Engine) -> list[str]:
    """What customers were shown of other organizations, and of the desk's notes, by all pages that only read."""
    reading = [cell for cell in OURS if cell.method == "GET" and cell.person in CUSTOMERS]
    return [wrong for wrong in engine.run(reading) if "showed" in wrong and _matters(wrong)]


def _matters(wrong: str) -> bool:
    """Whose tickets colleagues see is for the first wall alone: the database knows organizations only."""
    return not ("by contact" in wrong and CANARIES["colleague's"] in wrong)
