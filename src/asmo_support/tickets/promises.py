"""What a contract promises in each case, its own norms and those of its regulation together, for both sides."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.contracts.content import CASES, Case
from asmo_support.contracts.models import Contract
from asmo_support.contracts.terms import Promise, basis_of
from asmo_support.sla.models import RegulationVersion
from asmo_support.tickets.states import Kind


@dataclass(frozen=True, slots=True)
class Cell:
    """One norm in working minutes, None where nothing is promised. `planned`: a date is agreed instead."""

    minutes: int | None
    own: bool
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A case in words and its three norms."""

    title: str
    reaction: Cell
    resolution: Cell
    update: Cell


@dataclass(frozen=True, slots=True)
class Promises:
    """All cases, and the version of the regulation what is not the contract's own comes from."""

    version: RegulationVersion
    lines: list[Line]

    @property
    def has_own(self) -> bool:
        return any(cell.own for line in self.lines for cell in (line.reaction, line.resolution, line.update))

    @property
    def has_update(self) -> bool:
        return any(line.update.minutes or line.update.own for line in self.lines)


def promises_of(contract: Contract, day: date) -> Promises:
    """What a request registered that day would be promised. `contract.norms` is read as it was fetched."""
    basis = basis_of(contract, day)
    return Promises(basis.rules.version, [_line(case, basis.promise(case[0], critical=case[1], standard=case[2]))
                                          for case in CASES])  # fmt: skip


def title_of(case: Case) -> str:
    """Bug, critical, non-standard."""
    kind, critical, standard = case
    parts = [str(Kind(kind).label)]
    parts += [_("critical")] if critical else []
    parts += [] if standard else [pgettext("own norm", "non-standard")]
    return ", ".join(parts)


def _line(case: Case, promise: Promise) -> Line:
    norms, own = promise.norms, promise.own
    return Line(
        title=title_of(case),
        reaction=Cell(norms.reaction_minutes, "reaction" in own),
        resolution=Cell(norms.resolution_minutes, "resolution" in own, planned=norms.planned),
        update=Cell(norms.update_minutes, "update" in own),
    )
