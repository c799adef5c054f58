"""Rules for tests: each can fail, none sleeps, none marks a case that does not exist."""

import ast
from functools import cache

from tests.house.source import functions, named, suite, tree
from tools import cases

# Words of a test that say what must be, besides `assert`.
SAYS = frozenset({"raises", "warns", "expect", "fail"})


def test_every_test_can_fail():
    assert [
        f"{named(path)}::{test.name}"
        for path in suite()
        for test in functions(path, "test_")
        if path.name.startswith("test_") and not any(_says(node, _helpers()) for node in ast.walk(test))
    ] == []


def test_no_test_sleeps():
    calls = [(path, node) for path in suite() for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]

    assert [
        f"{named(path)}:{node.lineno}"
        for path, node in calls
        if path.name.startswith("test_") and ast.unparse(node.func) in {"time.sleep", "sleep", "asyncio.sleep"}
    ] == []


def test_no_two_tests_of_a_file_have_one_name():
    found = []
    for path in suite():
        names = [node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)]
        found += [f"{named(path)}::{name}" for name in set(names) if names.count(name) > 1]

    assert found == []


def test_tests_name_only_cases_of_the_catalogue():
    assert sorted(set(cases.covered()) - set(cases.catalogue())) == []


def test_the_catalogue_has_each_of_its_hundred_cases_once():
    assert len(cases.catalogue()) == 100
    assert cases.twice() == []


def test_what_the_catalogue_says_is_kept_now_has_a_test():
    states = cases.states()

    assert sorted({state.partition(":")[0] for state in states.values()}) == ["later", "now", "part"]
    assert [case for case, state in states.items() if state == "now" and case not in cases.covered()] == []


def _says(node: ast.AST, helpers: frozenset[str] = frozenset()) -> bool:
    if isinstance(node, ast.Assert | ast.Raise):
        return True
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in SAYS | helpers


@cache
def _helpers() -> frozenset[str]:
    """Functions beside the tests that say what must be."""
    return frozenset(
        one.name
        for path in suite()
        for one in functions(path)
        if not one.name.startswith("test_") and any(_says(node) for node in ast.walk(one))
    )
