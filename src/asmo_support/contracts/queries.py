"""Reads of contracts that doors need."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from asmo_support.contracts.models import Contract
from asmo_support.people.models import Organization, User

SOON = 30


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
        if self.contract is None or self.contract.ends_on is None:
            return None
        return (self.contract.ends_on - self.day).days

    @property
    def ends_soon(self) -> bool:
        return self.in_force and self.days_left is not None and self.days_left <= SOON


def coverage(organization: Organization, day: date) -> Coverage:
    """What covers a customer: its own contract, or the head office's. Never blocks anything."""
    own = [pk for pk in (organization.pk, organization.parent_id) if pk]
    rows = Contract.objects.filter(organization__in=own, starts_on__lte=day)
    found = list(rows.order_by(F("ends_on").desc(nulls_first=True), "-id")[:20])
    best = min(found, key=lambda one: (not one.is_in_force(day), one.organization_id != organization.pk), default=None)
    return Coverage(best, day)


def contracts_of(organization: Organization, user: User) -> QuerySet[Contract]:
    """All contracts of a customer, the longest lasting first."""
    rows = Contract.objects.visible_to(user).filter(organization=organization).prefetch_related("norms", "scope")
    return rows.order_by(F("ends_on").desc(nulls_first=True), "-id")
