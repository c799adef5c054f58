"""Under which contract, coverage and norms a request is served. Nothing is turned away: what no contract covers is
served by the vendor's own regulation and goes the way of an offer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from asmo_support.contracts.models import Contract, ContractKind, ContractNorm
from asmo_support.people.models import Organization
from asmo_support.sla.norms import Norms
from asmo_support.sla.queries import Rules, key_of, rules_of, rules_on

COVERED, SPECIFICATION, OUTSIDE = "covered", "specification", "outside"
# What each kind of contract pays for (regulation, item 3; R19, R20). Changes within the delivered specification are
# the customer's right under maintenance; new functions need development.
COVERS: dict[str, dict[str, str]] = {
    ContractKind.LICENCE: {"bug": COVERED, "consultation": COVERED},
    ContractKind.SUPPORT: {"bug": COVERED, "consultation": COVERED},
    ContractKind.ONSITE: {"bug": COVERED, "consultation": COVERED},
    ContractKind.MAINTENANCE: {"bug": COVERED, "consultation": COVERED, "change": SPECIFICATION},
    ContractKind.DEVELOPMENT: {"bug": COVERED, "consultation": COVERED, "change": COVERED},
}
PLAINEST = (ContractKind.SUPPORT, ContractKind.LICENCE, ContractKind.ONSITE, ContractKind.MAINTENANCE,
            ContractKind.DEVELOPMENT)  # fmt: skip
RANK = (COVERED, SPECIFICATION, OUTSIDE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request is served under. `contract` is the best one in force, also when it does not cover this."""

    contract: Contract | None
    coverage: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What norms are read from: a version of a regulation, what the contract replaces in it, and the calendar."""

    contract: Contract | None
    rules: Rules
    calendar: str

    def promise(self, kind: str, *, critical: bool, standard: bool) -> "Promise":
        """The norms of one case; each that is written into the contract replaces the regulation's."""
        usual = self.rules.norms(kind, critical=critical, standard=standard)
        for norm in self.contract.norms.all() if self.contract else ():
            if (norm.kind, norm.critical, norm.standard) == (kind, critical, standard):
                return Promise(self, _with(usual, norm), own=norm.named)
        return Promise(self, usual, own=frozenset())


@dataclass(frozen=True, slots=True)
class Promise:
    """The norms of one case, and which of them (reaction, resolution, update) are the contract's own."""

    basis: Basis
    norms: Norms
    own: frozenset[str]

    @property
    def rules(self) -> Rules:
        return self.basis.rules

    @property
    def calendar(self) -> str:
        return self.basis.calendar


def _with(usual: Norms, norm: ContractNorm) -> Norms:
    """The contract's word where it says one (0 is a promise it takes back), the regulation's elsewhere."""
    reaction = usual.reaction_minutes if norm.reaction_minutes is None else norm.reaction_minutes or None
    update = usual.update_minutes if norm.update_minutes is None else norm.update_minutes or None
    if norm.planned:
        return Norms(reaction, None, planned=True, update_minutes=update)
    if norm.resolution_minutes is None:
        return Norms(reaction, usual.resolution_minutes, planned=usual.planned, update_minutes=update)
    return Norms(reaction, norm.resolution_minutes or None, update_minutes=update)


def contracts_for(organization: Organization) -> list[Contract]:
    """The contracts a customer's requests may be served under: its own first, then the head office's."""
    family = [pk for pk in (organization.pk, organization.parent_id) if pk]
    rows = Contract.objects.filter(organization__in=family).prefetch_related("norms", "scope")
    found = list(rows.order_by(F("ends_on").desc(nulls_first=True), "-id")[:50])
    return sorted(found, key=lambda one: one.organization_id != organization.pk)


def terms_among(contracts: Iterable[Contract], kind: str, product_id: int | None, day: date) -> Terms:
    """The contract that covers the request best. With no contract in force there is none.

    Where two cover it alike, the own one goes before the head office's, and support before bought development: a
    bug must not draw the hours of new functions.
    """
    rated = [(coverage_of(one, kind, product_id), one) for one in contracts if one.is_in_force(day)]
    if not rated:
        return Terms(None, OUTSIDE)
    houses = list(dict.fromkeys(one.organization_id for _coverage, one in rated))
    coverage, contract = min(
        rated,
        key=lambda pair: (
            RANK.index(pair[0]), houses.index(pair[1].organization_id), PLAINEST.index(pair[1].kind)),
    )  # fmt: skip
    return Terms(contract, coverage)


def coverage_of(contract: Contract, kind: str, product_id: int | None) -> str:
    """Whether this contract covers such a request about such a product; a product nobody named counts as covered."""
    scope = {line.product_id for line in contract.scope.all()}
    if scope and product_id and product_id not in scope:
        return OUTSIDE
    return COVERS[contract.kind].get(kind, OUTSIDE)


def basis_of(contract: Contract | None, day: date, *, version_id: int | None = None) -> Basis:
    """What norms are read from: the regulation in force that day, or the version that is kept. Two statements."""
    rules = rules_of(version_id) if version_id else rules_on(contract.regulation_id if contract else None, day)
    calendar = (contract.calendar_id if contract else None) or rules.version.calendar_id
    return Basis(contract, rules, key_of(calendar))
