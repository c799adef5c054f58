"""The access matrix as a table for people: `docs/access-matrix.csv`, one line per route, method and ownership.

`python -m tests.matrix.write` writes it; a test compares it with the code, so a changed cell shows in the diff.
"""

import csv
import io
from pathlib import Path

from asmo_support.config.policy import POLICY
from tests.matrix import cells
from tests.matrix.people import PEOPLE

FILE = Path(__file__).resolve().parents[2] / "docs" / "access-matrix.csv"
HEAD = ["route", "method", "thing", "of", *(person.name for person in PEOPLE), "public because", "review"]


def table() -> str:
    """The whole table as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for route in cells.routes():
        for method in route.declared:
            writer.writerows(_rows(route, method))
    return out.getvalue()


def _rows(route: cells.Route, method: str) -> list[list[str]]:
    rule = POLICY[route.name, method]
    found: dict[str, dict[str, str]] = {}
    for cell in cells.cells(route, method):
        found.setdefault(cell.owner, {})[cell.person.name] = cell.expected
    return [
        [
            route.name,
            method,
            rule.thing,
            owner,
            *(row.get(person.name, "") for person in PEOPLE),
            rule.public,
            rule.review.isoformat() if rule.review else "",
        ]
        for owner, row in found.items()
    ]
