"""What imports alone cannot show: who may touch pages, who may write, what a migration may lean on."""

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command
from django.db.models import QuerySet

from asmo_support.config.policy import routes
from tests.house.source import DOORS, FLOOR, ROOMS, WATCHERS, imports, modules, named, tree

PAGES = ("django.http", "django.shortcuts", "django.views", "django.forms", "django.urls")
WRITES = frozenset(
    {
        "save",
        "create",
        "delete",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "aupdate",
        "acreate",
    }
)
# A form offers choices, and a choice is a set of rows; the API keeps the keys of repeated requests itself; whether
# somebody has a second factor is asked of the library that keeps it.
MAY = ("/forms/", "/forms.py", "api/models.py", "signin/middleware.py")


def test_rooms_and_watchers_know_no_pages():
    found = [
        f"{named(path)}:{line} imports {module}"
        for path in modules(*ROOMS, *WATCHERS, *FLOOR)
        for line, module in imports(path)
        if module.startswith(PAGES)
    ]

    assert found == []


def test_doors_change_nothing_themselves():
    assert [place for path in modules(*DOORS) if not _may(path) for place in _wrong(path)] == []


def test_every_view_of_ours_is_guarded():
    ours = [(name, view) for name, view in routes() if name.startswith(("desk:", "portal:", "signin:"))]

    assert [name for name, view in ours if not getattr(view, "methods", ())] == []


def test_migrations_lean_on_no_code_of_ours():
    paths = [path for path in modules(migrations=True) if "migrations" in path.parts]

    assert [
        f"{named(path)}:{line} imports {module}"
        for path in paths
        for line, module in imports(path)
        if module.startswith("asmo_support")
    ] == []


def test_the_models_and_the_migrations_say_the_same(db):
    out = io.StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=out)

    assert out.getvalue() == "No changes detected\n"


def test_migrations_are_named_by_what_they_do():
    paths = [path for path in modules(migrations=True) if path.parent.name == "migrations"]

    assert [named(path) for path in paths if "_auto_" in path.name] == []


def _may(path: Path) -> bool:
    return any(mark in f"/{named(path)}" for mark in MAY)


def _wrong(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and _picks(node):
            yield f"{named(path)}:{node.lineno} picks rows with .objects.{node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _changes(node, node.func.attr):
            yield f"{named(path)}:{node.lineno} calls .{node.func.attr}()"


def _picks(node: ast.Attribute) -> bool:
    """Rows come through a set that the room has a name for: `visible_to`, `offered`, `working`."""
    return isinstance(node.value, ast.Attribute) and node.value.attr == "objects" and hasattr(QuerySet, node.attr)


def _changes(call: ast.Call, name: str) -> bool:
    # `.update()` of rows takes words only; that of a dict or a set takes another one.
    return name in WRITES or (name == "update" and bool(call.keywords) and not call.args)
