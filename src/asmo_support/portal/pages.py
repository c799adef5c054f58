"""What the portal's lists and the start page show, read in a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from asmo_support.channels.queries import unreached
from asmo_support.contracts.models import Contract
from asmo_support.contracts.queries import contracts_of
from asmo_support.insight.counters import counters
from asmo_support.insight.keeping import kept_since
from asmo_support.insight.lists import MANY, Filter, nearest, page
from asmo_support.people.models import User
from asmo_support.portal.promises import ended, promises
from asmo_support.tickets.models import PlannedDate, Resolution, Ticket
from asmo_support.tickets.paid import awaits_offer, offers_waiting
from asmo_support.tickets.waiting import Waits, waiting_for_customer
from asmo_support.ui.request import SignedIn

WAITING, OURS = 20, 10
STATES = ("open", "done")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing that waits for the customer: an open question, a resolution under review or an offer of a date."""

    ticket: Ticket
    thing: Waits

    @property
    def is_resolution(self) -> bool:
        return isinstance(self.thing, Resolution)

    @property
    def is_date(self) -> bool:
        return isinstance(self.thing, PlannedDate)


def home(user: User) -> dict[str, Any]:
    """What waits for me, what moves with the desk, what I have, how promises were kept."""
    now = timezone.now()
    waiting, more_waits = nearest(user, Filter(mine=True), WAITING)
    ours = page(user, Filter(state="provider"), size=OURS)
    month = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    mine, theirs = counters(user, [Filter(mine=True), Filter(state="provider")])
    offers, waits = offers_waiting(user, OURS), waits_of(waiting)
    return {
        "offers": offers,
        "waits": waits,
        "things": len(offers) + len(waits),
        "waiting": _shown(mine),
        "more_waits": more_waits,
        # While an offer waits for an answer, the move is the customer's.
        "ours": [(one.ticket, one.readings(now)) for one in ours.rows if not awaits_offer(one.ticket)],
        "moving": _shown(max(theirs - sum(offer.ticket.awaits == "provider" for offer in offers), 0)),
        "keeping": [one for one in kept_since(user, month, now) if one.total],
        "month": month,
        "unreached": unreached(user),
        "now": now,
        **contract(user, now),
    }


def contract(user: User, now: datetime, *, special: str = "") -> dict[str, Any]:
    """What the organization bought: what is in force, what it covers, or when it ended."""
    today = timezone.localdate(now)
    found = contracts(user)
    said = promises(found, now, special=special)
    named = {one.contract.pk for one in said if one.contract}
    # Those the promises name stand first: a page shows the first three.
    alive = sorted((one for one in found if one.is_in_force(today)), key=lambda one: one.pk not in named)
    days = (alive[0].ends_on - today).days if alive and alive[0].ends_on else None
    return {
        "contracts": alive,
        "days_left": days,
        "ended": ended(found, today),
        "promises": said,
    }


def contracts(user: User) -> Sequence[Contract]:
    """The contracts the person's organization is served under; a branch also under the head office's."""
    return contracts_of(user.organization, user) if user.organization else []


def waits_of(tickets: list[Ticket]) -> list[Waiting]:
    """What waits for the customer in these tickets, in their order."""
    found = waiting_for_customer(tickets)
    return [Waiting(ticket, thing) for ticket in tickets for thing in found.get(ticket.pk, [])]


def listing(request: SignedIn) -> dict[str, Any]:
    """My tickets, open or done; a coordinator's with whose they are."""
    state = request.GET.get("state", "open")
    asked = Filter(state=state if state in STATES else "open", words=request.GET.get("words", "").strip()[:200])
    found = page(request.user, asked, request.GET.get("after", ""), request.GET.get("before", ""))
    now = timezone.now()
    rows = [(one.ticket, one.readings(now)) for one in found.rows]
    return {"page": found, "rows": rows, "asked": asked, "now": now, "whose": _sees_others(request.user)}


def _sees_others(user: User) -> bool:
    return user.is_coordinator or bool(user.organization and user.organization.visibility != "own")


def _shown(number: int) -> str:
    return f"{MANY}+" if number > MANY else str(number)
