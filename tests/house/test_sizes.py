"""Small by limit, not by good will."""

import pytest

from tests.house.source import PACKAGE, ROOT, functions, modules, named, suite

LIMITS = {"*.html": 120, "*.css": 300, "*.js": 150}


def test_no_python_file_is_over_400_lines():
    paths = [*modules(), *suite(), *sorted((ROOT / "bench").rglob("*.py")), *sorted((ROOT / "tools").glob("*.py"))]

    assert _longer(paths, 400) == []


@pytest.mark.parametrize("kind", sorted(LIMITS))
def test_no_asset_is_over_its_limit(kind):
    paths = sorted(PACKAGE.rglob(kind))

    assert paths != []
    assert _longer(paths, LIMITS[kind]) == []


def test_no_test_is_over_40_lines():
    assert [
        f"{named(path)}::{test.name}: {test.end_lineno - test.lineno + 1}"
        for path in suite()
        for test in functions(path, "test_")
        if test.end_lineno - test.lineno + 1 > 40
    ] == []


def _longer(paths, limit):
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{named(path)}: {size}" for path, size in sizes.items() if size > limit]
