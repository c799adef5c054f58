"""The code of the house as text and as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "asmo_support"
TESTS = ROOT / "tests"
ROOMS = ("sla", "people", "catalog", "contracts", "tickets")
WATCHERS = ("notifications", "insight", "channels")
FLOOR = ("lib", "wall", "journal")
DOORS = ("desk", "portal", "api", "signin")


def modules(*packages: str, migrations: bool = False) -> list[Path]:
    """Python files of these packages, or of all of them."""
    roots = [PACKAGE / name for name in packages] or [PACKAGE]
    found = sorted(path for root in roots for path in root.rglob("*.py"))
    return [path for path in found if migrations or "migrations" not in path.parts]


def suite() -> list[Path]:
    return sorted(TESTS.rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every imported module with its line, also those imported inside functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def functions(path: Path, prefix: str = "") -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith(prefix):
            yield node
