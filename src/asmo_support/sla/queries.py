"""Reads of calendars and regulations. Published versions never change, so what was read once is remembered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Q

from asmo_support.sla.layers import read_layers
from asmo_support.sla.models import CalendarVersion, RegulationVersion, WorkCalendar
from asmo_support.sla.norms import Norms
from asmo_support.sla.worktime import WorkTable

DEFAULT = "default"
RulesCase = tuple[str, bool, bool]
_tables: dict[str, WorkTable] = {}
_in_force: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("in_force", default=None)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Rules:
    """A published version of a regulation with its matrix: (kind, critical, standard) → norms."""

    version: RegulationVersion
    matrix: dict[RulesCase, Norms]

    def norms(self, kind: str, *, critical: bool, standard: bool) -> Norms:
        """What is promised in this case; nothing when the matrix has no such line."""
        return self.matrix.get((kind, critical, standard), Norms(None, None))


def current_key(slug: str = DEFAULT) -> str:
    """The key of the calendar's version in force now: one statement."""
    return WorkCalendar.objects.get(slug=slug).key


def table_of(key: str) -> WorkTable:
    """The working time of a calendar's version. Never ask for a version before its transaction has ended."""
    if key not in _tables:
        slug, _at, n = key.rpartition("@")
        version = CalendarVersion.objects.get(calendar__slug=slug, n=int(n))
        _tables[key] = WorkTable(read_layers(version.content))
    return _tables[key]


def version_of(key: str) -> CalendarVersion:
    """The version of a calendar a clock was counted with, for people who ask: one statement."""
    slug, _at, n = key.rpartition("@")
    return CalendarVersion.objects.select_related("calendar").get(calendar__slug=slug, n=int(n))


def forget() -> None:
    """Forget what is remembered but the desk's first calendar: rows that are gone may come again with other contents."""
    rules_of.cache_clear()
    for key in [key for key in _tables if key != f"{DEFAULT}@1"]:
        del _tables[key]


@contextmanager
def at_once() -> Iterator[None]:
    """Within the block what is in force is asked once: for many tickets that are registered in one transaction."""
    token = _in_force.set({})
    try:
        yield
    finally:
        _in_force.reset(token)


def key_of(calendar_id: int) -> str:
    """The key of this calendar's version in force now: one statement."""
    return _asked_once(("calendar", calendar_id), lambda: WorkCalendar.objects.get(pk=calendar_id).key)


def rules_on(regulation_id: int | None, day: date) -> Rules:
    """The rules in force on a day of this regulation, one statement. Without one, and while it is not yet in force,
    the vendor's own.
    """
    return _asked_once(("rules", regulation_id, day), lambda: _rules_on(regulation_id, day))


def _asked_once(question: tuple[object, ...], ask: Callable[[], Answer]) -> Answer:
    known = _in_force.get()
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    answer: Answer = known[question]
    return answer


def _rules_on(regulation_id: int | None, day: date) -> Rules:
    rows = RegulationVersion.objects.in_force(day)
    chosen = rows.filter(Q(regulation=regulation_id) | Q(regulation__slug=DEFAULT))
    found = dict(chosen.values_list("regulation_id", "pk"))
    own = found.pop(regulation_id, None) if regulation_id else None
    return rules_of(own or next(iter(found.values())))


@lru_cache(maxsize=256)
def rules_of(version_id: int) -> Rules:
    """The rules of a published version."""
    version = RegulationVersion.objects.select_related("regulation", "calendar").get(pk=version_id)
    matrix = {
        (norm.kind, norm.critical, norm.standard): Norms(
            norm.reaction_minutes, norm.resolution_minutes, planned=norm.planned, update_minutes=norm.update_minutes
        )
        for norm in version.norms.all()
    }
    return Rules(version, matrix)
