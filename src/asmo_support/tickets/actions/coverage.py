"""Under which contract a ticket is served, and whether that covers it. Norms follow, with pauses kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract
from asmo_support.contracts.terms import RANK, basis_of, contracts_for, coverage_of, terms_among
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks, offers
from asmo_support.tickets.actions.moving import lock, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Coverage


@dataclass(frozen=True, slots=True)
class Choice:
    """The contract of this customer a ticket shall be served under, what it covers, and why: the customer reads that.
    `seen` is the mark of what the chooser had before the eyes; another's choice is not undone unseen.
    """

    coverage: Coverage
    contract: Contract | None
    reason: str
    seen: str = ""


@transaction.atomic
def cover(ticket: Ticket, choice: Choice, *, by: User, at: datetime | None = None) -> None:
    """Serve a ticket under the chosen contract. `Refused` in words, `Conflict` when somebody else was faster."""
    now = at or timezone.now()
    lock(ticket)
    if not ticket.is_open:
        raise Refused(_("The ticket is over; it cannot be changed."))
    coverage, contract = choice.coverage, choice.contract
    if choice.seen and choice.seen != mark_of(ticket):
        raise Conflict(_meanwhile(ticket))
    if contract is None and coverage != Coverage.OUTSIDE:
        raise Refused(_("Without a contract a ticket is outside of it."), field="coverage")
    if contract and contract.pk not in {one.pk for one in contracts_for(ticket.organization)}:
        raise Refused(_("This contract is another customer’s."), field="contract")
    if (ticket.contract_id, ticket.coverage) == (contract.pk if contract else None, coverage):
        return
    if not clean(choice.reason):
        raise Refused(_("Say why: the customer will see it."), field="reason")
    ticket.chosen_contract = contract
    _change(ticket, coverage, contract, by=by, at=now, reason=clean(choice.reason))
    clocks.recompute(ticket, by=by, at=now)
    settle(ticket)


def mark_of(ticket: Ticket) -> str:
    """Changes with the contract and with what it covers."""
    return f"{ticket.contract_id or ''}-{ticket.coverage}"


def _meanwhile(ticket: Ticket) -> str:
    number = ticket.contract.number if ticket.contract else _("none")
    return _("Somebody changed it while you wrote. Now: contract %(number)s, %(coverage)s. Compare and save again.") % {
        "number": number,
        "coverage": Coverage(ticket.coverage).label,
    }


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
