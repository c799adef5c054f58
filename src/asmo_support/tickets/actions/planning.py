"""Triage: what kind of request it is, how urgent, standard or not. The clocks follow, with pauses kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks, coverage
from asmo_support.tickets.actions.moving import lock, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Kind, priority_of
from asmo_support.tickets.triaging import TRIAGED, own

NEEDS_REASON = frozenset({"kind", "critical", "standard"})


@transaction.atomic
def triage(
    ticket: Ticket, changes: dict[str, Any], *, by: User, reason: str = "", seen: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Change what the request is. What moves a norm needs a reason, which the customer sees. A critical bug that turns
    out to be something else is critical no more. `seen` is what the writer had before the eyes: only what differs from
    it is changed.
    """
    now = at or timezone.now()
    lock(ticket)
    changed = _apply(ticket, _plainer(ticket, own(ticket, changes, seen or {})))
    if not changed:
        return
    if NEEDS_REASON & changed.keys() and not clean(reason):
        raise Refused(_("This changes the deadline: say why, the customer will see it."), field="reason")
    _check(ticket)
    ticket.priority = priority_of(ticket.impact, ticket.urgency, critical=ticket.critical)
    ticket.save(update_fields=[*TRIAGED, "priority"])
    record(ticket, events.TRIAGED, by=by, at=now, changes=changed, reason=clean(reason))
    if {"kind", "product"} & changed.keys():
        coverage.follow(ticket, by=by, at=now)
    clocks.recompute(ticket, by=by, at=now, reason=clean(reason))
    settle(ticket)


def _plainer(ticket: Ticket, changes: dict[str, Any]) -> dict[str, Any]:
    """Only a bug is critical: whoever names another kind need not say that it is not."""
    kind = changes.get("kind", ticket.kind)
    return changes if kind == Kind.BUG or "critical" in changes else changes | {"critical": False}


def _apply(ticket: Ticket, changes: dict[str, Any]) -> dict[str, list[Any]]:
    changed: dict[str, list[Any]] = {}
    for field in TRIAGED:
        if field in changes and getattr(ticket, field) != changes[field]:
            changed[field] = [_plain(getattr(ticket, field)), _plain(changes[field])]
            setattr(ticket, field, changes[field])
    return changed


def _check(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise Refused(_("The ticket is over; it cannot be changed."))
    if ticket.critical and ticket.kind != Kind.BUG:
        raise Refused(_("Only a bug can be critical."), field="critical")
    if ticket.module and ticket.product_id != ticket.module.product_id:
        raise Refused(_("This module belongs to another product."), field="module")


def _plain(value: Any) -> Any:
    return getattr(value, "name", str(value)) if isinstance(value, models.Model) else value
