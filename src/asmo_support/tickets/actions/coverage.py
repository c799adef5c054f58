"""Under which contract a ticket is served, and whether that covers it. Norms follow, with pauses kept."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract
from asmo_support.contracts.terms import RANK, basis_of, contracts_for, coverage_of, terms_among
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks, offers
from asmo_support.tickets.actions.moving import lock, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Coverage


@transaction.atomic
def cover(
    ticket: Ticket, coverage: Coverage, contract: Contract | None, *, by: User, reason: str, at: datetime | None = None
) -> None:
    """Choose the contract of this customer a ticket is served under, and what it covers. The customer reads why."""
    now = at or timezone.now()
    lock(ticket)
    if not ticket.is_open:
        raise Refused(_("The ticket is over; it cannot be changed."))
    if contract is None and coverage != Coverage.OUTSIDE:
        raise Refused(_("Without a contract a ticket is outside of it."), field="coverage")
    if contract and contract.pk not in {one.pk for one in contracts_for(ticket.organization)}:
        raise Refused(_("This contract is another customer’s."), field="contract")
    if (ticket.contract_id, ticket.coverage) == (contract.pk if contract else None, coverage):
        return
    if not clean(reason):
        raise Refused(_("Say why: the customer will see it."), field="reason")
    ticket.chosen_contract = contract
    _change(ticket, coverage, contract, by=by, at=now, reason=clean(reason))
    clocks.recompute(ticket, by=by, at=now)
    settle(ticket)


def follow(ticket: Ticket, *, by: User | None, at: datetime) -> None:
    """Another kind or product of a locked ticket: the contract that covers it best, the one a person has chosen when it
    covers it as well. What the ticket was meanwhile does not count: there and back is where it was.
    """
    day = timezone.localdate(ticket.registered_at)
    best = terms_among(contracts_for(ticket.organization), str(ticket.kind), ticket.product_id, day)
    contract, coverage = best.contract, best.coverage
    if chosen := ticket.chosen_contract:
        own = coverage_of(chosen, str(ticket.kind), ticket.product_id)
        if RANK.index(own) <= RANK.index(coverage) or contract is None:
            contract, coverage = chosen, own
    if (ticket.contract_id, ticket.coverage) != (contract.pk if contract else None, coverage):
        _change(ticket, Coverage(coverage), contract, by=by, at=at, triage=True)


def _change(
    ticket: Ticket, coverage: Coverage, contract: Contract | None, *, by: User | None, at: datetime, **more: Any
) -> None:
    before = ticket.contract
    told: dict[str, Any] = {
        "before": str(ticket.coverage),
        "after": str(coverage),
        "contract_before": before.number if before else "",
        "contract_after": contract.number if contract else "",
    }
    gap = contract.why_not_in_force(timezone.localdate(ticket.registered_at)) if contract else ""
    if contract and gap:
        # Allowed, and said: the contract did not hold on the day of registration.
        edge = contract.ends_on if gap == "ended" else contract.starts_on
        told |= {"gap": gap, "gap_day": edge.isoformat() if edge else ""}
    if (before.regulation_id if before else None) != (contract.regulation_id if contract else None):
        # Another contract may name another regulation: the version that held on the day of registration.
        ticket.regulation = basis_of(contract, timezone.localdate(ticket.registered_at)).rules.version
    ticket.contract, ticket.coverage = contract, coverage
    ticket.save(update_fields=["contract", "chosen_contract", "coverage", "regulation"])
    record(ticket, events.COVERAGE, by=by, at=at, **told, **more)
    if coverage != Coverage.OUTSIDE:
        offers.recall(ticket, by=by, at=at)
