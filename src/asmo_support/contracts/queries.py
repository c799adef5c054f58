"""Reads of contracts that doors need."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from asmo_support.contracts.budgets import SCARCE
from asmo_support.contracts.models import Contract, ContractFile, ContractModule, Licence
from asmo_support.contracts.terms import PLAINEST
from asmo_support.journal.models import Event
from asmo_support.lib.text import sort_key
from asmo_support.people.models import Organization, User
from asmo_support.sla.models import Regulation
from asmo_support.sla.queries import DEFAULT

SOON = 30
ENDING = 60
PAGE = 50
SECTIONS = ("active", "ending", "expired", "scarce", "all")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The contract a customer is served under on a day: one in force, else the last one, else none."""

    contract: Contract | None
    day: date

    @property
    def in_force(self) -> bool:
        return bool(self.contract and self.contract.is_in_force(self.day))

    @property
    def days_left(self) -> int | None:
        """Days until the end, the last day included; None without an end."""
        return self.contract.days_left(self.day) if self.contract else None

    @property
    def ends_soon(self) -> bool:
        return self.in_force and self.days_left is not None and self.days_left <= SOON


def coverage(organization: Organization, day: date) -> Coverage:
    """What covers a customer: its own contract, or the head office's. Never blocks anything."""
    own = [pk for pk in (organization.pk, organization.parent_id) if pk]
    rows = Contract.objects.filter(organization__in=own, starts_on__lte=day)
    found = list(rows.order_by(F("ends_on").desc(nulls_first=True), "-id")[:20])
    best = min(
        found,
        key=lambda one: (not one.is_in_force(day), one.organization_id != organization.pk, PLAINEST.index(one.kind)),
        default=None,
    )
    return Coverage(best, day)


def contracts_of(organization: Organization, user: User) -> list[Contract]:
    """All contracts a customer is served under: its own, then the head office's; the longest lasting first."""
    # By number alone: the head office's own row is not the branch's to see.
    family = [pk for pk in (organization.pk, organization.parent_id) if pk]
    rows = Contract.objects.visible_to(user).filter(organization__in=family).prefetch_related("norms", "scope")
    found = rows.order_by(F("ends_on").desc(nulls_first=True), "-id")
    return sorted(found, key=lambda one: one.organization_id != organization.pk)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of contracts and how many there are in each section."""

    rows: list[Contract]
    counts: dict[str, int]
    more: bool


def listing(user: User, section: str, day: date, *, words: str = "", page: int = 1) -> Listing:
    """Contracts of a section, the nearest end first; `words` look at the number and the customer. Two statements."""
    rows = Contract.objects.visible_to(user)
    counts = rows.aggregate(**{name: Count("pk", _section(name, day)) for name in SECTIONS})
    found = rows.filter(_section(section, day)).select_related("organization")
    if words:
        found = found.filter(Q(number__icontains=words) | Q(organization__sort_name__contains=sort_key(words)))
    order = F("ends_on").desc(nulls_last=True) if section == "expired" else F("ends_on").asc(nulls_last=True)
    start = (page - 1) * PAGE
    shown = list(found.order_by(order, "id")[start : start + PAGE + 1])
    return Listing(shown[:PAGE], counts, len(shown) > PAGE)


def whole(contract: Contract, user: User) -> Contract:
    """The same contract with everything its page shows: six statements."""
    rows = Contract.objects.visible_to(user).select_related("regulation", "calendar")
    if user.is_staff:
        rows = rows.select_related("organization")
    return rows.prefetch_related(
        "norms",
        Prefetch("scope", ContractModule.objects.select_related("product", "module")),
        Prefetch("licences", Licence.objects.select_related("product")),
        Prefetch("files", ContractFile.objects.select_related("author")),
    ).get(pk=contract.pk)


def paper(contract: Contract, pk: int) -> ContractFile | None:
    """A document of this very contract."""
    return ContractFile.objects.filter(contract=contract, pk=pk).select_related("contract").first()


def history(contract: Contract, limit: int) -> list[Event]:
    """What happened to a contract, newest first; for the desk."""
    rows = Event.objects.filter(thing=Contract.journal_name, thing_id=contract.pk).select_related("by")
    return list(rows.order_by("-id")[:limit])


def _section(name: str, day: date) -> Q:
    alive = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    sections: dict[str, Any] = {
        "active": alive,
        "ending": Q(ends_on__gte=day, ends_on__lte=day + timedelta(days=ENDING)),
        "expired": Q(ends_on__lt=day),
        "scarce": alive & Q(budget_minutes__gt=0, drawn_minutes__gte=F("budget_minutes") * (1 - SCARCE)),
        "all": Q(pk__isnull=False),
    }
    return sections[name]  # type: ignore[no-any-return]


def has_paper(contract: Contract, file: int) -> bool:
    return paper(contract, file) is not None


def followers(regulation: Regulation, since: date) -> QuerySet[Contract]:
    """Contracts served by this regulation on a day or later; the vendor's own also serves those that name none."""
    named = Q(regulation=regulation) | (Q(regulation=None) if regulation.slug == DEFAULT else Q())
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=since)
    return Contract.objects.filter(named, lasting).select_related("organization").order_by("number", "id")
