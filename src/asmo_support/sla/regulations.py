"""Regulations as data: the lines of the matrix, what differs between two versions, what a version promises now."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db.models import Case, Prefetch, QuerySet, When
from django.utils.translation import gettext as _

from asmo_support.sla.models import Norm, Regulation, RegulationVersion, WorkCalendar
from asmo_support.sla.norms import Norms
from asmo_support.sla.queries import DEFAULT, RulesCase, table_of

# Every case there is, in the order people read them: only a bug can be critical.
CASES: tuple[RulesCase, ...] = (
    ("bug", True, True), ("bug", True, False), ("bug", False, True), ("bug", False, False),
    ("consultation", False, True), ("consultation", False, False), ("change", False, True), ("change", False, False),
)  # fmt: skip
NOTHING = Norms(None, None)


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything a version says."""

    calendar: WorkCalendar
    vulnerability_days: int
    vulnerability_in_working_days: bool
    matrix: Mapping[RulesCase, Norms]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a version: its norms, what they were before, and until when they last from now on."""

    case: RulesCase
    norms: Norms
    before: Norms | None
    reaction_at: datetime | None
    resolution_at: datetime | None

    @property
    def odd(self) -> bool:
        """The first answer is promised later than the resolution: allowed, but hardly meant."""
        return is_odd(self.norms.reaction_minutes, self.norms.resolution_minutes)

    @property
    def changed(self) -> frozenset[str]:
        """The norms that are other ones than before."""
        if self.before is None:
            return frozenset()
        names = (field.name for field in fields(Norms))
        found = {name for name in names if getattr(self.norms, name) != getattr(self.before, name)}
        # Hours, a planned date or nothing: one column of the matrix.
        return frozenset({"resolution_minutes" if name == "planned" else name for name in found})


def is_odd(reaction: int | None, resolution: int | None) -> bool:
    """The first answer would be promised later than the resolution."""
    return reaction is not None and resolution is not None and reaction > resolution


def regulations() -> "QuerySet[Regulation]":
    """Every regulation with its versions, the vendor's own first, retired ones last."""
    versions = Prefetch("versions", RegulationVersion.objects.select_related("calendar").order_by("-n"))
    first = Case(When(slug=DEFAULT, then=0), default=1)
    return Regulation.objects.prefetch_related(versions).order_by("retired", first, "name", "id")


def regulation(pk: int) -> Regulation | None:
    return regulations().filter(pk=pk).first()


def default() -> Regulation:
    """The vendor's own, which serves whoever has no other."""
    return Regulation.objects.get(slug=DEFAULT)


def version_of(one: Regulation, n: int) -> RegulationVersion | None:
    return next((version for version in one.versions.all() if version.n == n), None)


def draft_of(one: Regulation) -> RegulationVersion | None:
    """The version that is being written; there is one at most."""
    return next((version for version in one.versions.all() if version.state == RegulationVersion.State.DRAFT), None)


def published(one: Regulation) -> list[RegulationVersion]:
    """Published versions, the newest first."""
    return [version for version in one.versions.all() if version.state == RegulationVersion.State.PUBLISHED]


def in_force(one: Regulation, day: date) -> RegulationVersion | None:
    return next((version for version in published(one) if is_in_force(version, day)), None)


def is_in_force(version: RegulationVersion, day: date) -> bool:
    begun = version.starts_on is not None and version.starts_on <= day
    return begun and version.state == "published" and (version.ends_on is None or day <= version.ends_on)


def why_not_withdrawn(one: Regulation, version: RegulationVersion, day: date) -> str:
    """Why a version cannot be taken back on this day; nothing when it can."""
    if version.state != RegulationVersion.State.PUBLISHED or version.starts_on is None or version.starts_on <= day:
        return _("This version is in force already; publish a new one instead.")
    if draft_of(one):
        return _("There is another draft. Publish it or throw it away first.")
    if any(later.starts_on and later.starts_on > version.starts_on for later in published(one)):
        return _("A later version is published already; take that one back first.")
    return ""


def before(one: Regulation, version: RegulationVersion) -> RegulationVersion | None:
    """The version this one replaces."""
    return next((older for older in published(one) if older.n < version.n), None)


def matrix_of(version: RegulationVersion) -> dict[RulesCase, Norms]:
    """The whole matrix, in the order of `CASES`; a missing line promises nothing."""
    known = {(norm.kind, norm.critical, norm.standard): _norms(norm) for norm in version.norms.all()}
    return {case: known.get(case, NOTHING) for case in CASES}


def lines_of(version: RegulationVersion, older: RegulationVersion | None, now: datetime) -> list[Line]:
    """The matrix with its differences, and what a request registered now would be promised."""
    past = matrix_of(older) if older else {}
    table = table_of(version.calendar.key)

    def at(minutes: int | None) -> datetime | None:
        return table.due_at(now, timedelta(minutes=minutes)) if minutes else None

    return [
        Line(case, norms, past.get(case), at(norms.reaction_minutes), at(norms.resolution_minutes))
        for case, norms in matrix_of(version).items()
    ]


def calendars() -> "QuerySet[WorkCalendar]":
    return WorkCalendar.objects.filter(retired=False).order_by("name", "id")


def _norms(norm: Norm) -> Norms:
    return Norms(norm.reaction_minutes, norm.resolution_minutes, norm.planned, norm.update_minutes)
