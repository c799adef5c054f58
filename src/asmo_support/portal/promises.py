"""What is said before a form is sent: when an answer is due, and what the contract covers. Nothing is refused here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from asmo_support.contracts.covering import covering
from asmo_support.contracts.models import Contract
from asmo_support.sla.norms import norms_for
from asmo_support.tickets.calendars import table
from asmo_support.tickets.states import Kind


@dataclass(frozen=True, slots=True)
class Promise:
    """The norms of a kind as moments, were it registered now, and the contract it would be served under."""

    kind: str
    reaction_minutes: int
    reaction_at: datetime
    resolution_minutes: int | None
    resolution_at: datetime | None
    contract: Contract | None


def promises(contracts: Sequence[Contract], now: datetime) -> list[Promise]:
    """One for each kind of request, in the order of the form."""
    return [_promise(kind, contracts, now) for kind in (Kind.BUG, Kind.CONSULTATION, Kind.CHANGE)]


def ended(contracts: Sequence[Contract], day: date) -> Contract | None:
    """The contract that ended last, when none is in force any more."""
    over = [one for one in contracts if one.ends_on and one.ends_on < day]
    alive = any(one.is_in_force(day) for one in contracts)
    return None if alive else max(over, key=lambda one: one.ends_on or day, default=None)


def _promise(kind: Kind, contracts: Sequence[Contract], now: datetime) -> Promise:
    norms = norms_for(kind, critical=False, standard=True)
    resolution = norms.resolution_minutes
    return Promise(
        kind=kind.value,
        reaction_minutes=norms.reaction_minutes,
        reaction_at=table().due_at(now, timedelta(minutes=norms.reaction_minutes)),
        resolution_minutes=resolution,
        resolution_at=table().due_at(now, timedelta(minutes=resolution)) if resolution else None,
        contract=covering(contracts, kind.value, timezone.localdate(now)),
    )
