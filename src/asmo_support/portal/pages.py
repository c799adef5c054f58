"""What the portal's pages show, read in a constant number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from asmo_support.channels.queries import letters_of
from asmo_support.contracts.queries import coverage
from asmo_support.insight.lists import Filter, Page, page
from asmo_support.people.models import User
from asmo_support.portal.forms import MessageForm, ReasonForm
from asmo_support.tickets import access
from asmo_support.tickets.actions.lifecycle import REOPEN_WITHIN
from asmo_support.tickets.models import InformationRequest, Resolution, Ticket
from asmo_support.tickets.queries import whole
from asmo_support.tickets.readings import read_clocks
from asmo_support.tickets.states import State
from asmo_support.tickets.talk import lines
from asmo_support.ui.request import SignedIn

WAITING, OURS = 20, 10
DEEDS = (access.may_reply, access.may_accept, access.may_return, access.may_cancel, access.may_reopen)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing that waits for the customer: an open question or a resolution under review."""

    ticket: Ticket
    thing: InformationRequest | Resolution

    @property
    def is_resolution(self) -> bool:
        return isinstance(self.thing, Resolution)


def home(user: User) -> dict[str, Any]:
    """What waits for me, what moves with the desk, what I have."""
    now = timezone.now()
    waiting = page(user, Filter(mine=True), size=WAITING)
    ours = page(user, Filter(state="provider"), size=OURS)
    return {
        "waits": waits_of(waiting.rows),
        "more_waits": bool(waiting.next),
        "ours": [(ticket, read_clocks(ticket, now)) for ticket in ours.rows],
        "more_ours": bool(ours.next),
        "coverage": coverage(user.organization, timezone.localdate(now)) if user.organization else None,
        "now": now,
    }


def waits_of(tickets: list[Ticket]) -> list[Waiting]:
    """The open questions and resolutions under review of these tickets, in their order."""
    keys = [ticket.pk for ticket in tickets]
    questions = InformationRequest.objects.filter(ticket__in=keys, ended_at__isnull=True).select_related("author")
    reviews = Resolution.objects.filter(ticket__in=keys, verdict=Resolution.Verdict.PROPOSED).select_related("author")
    things: list[InformationRequest | Resolution] = [*reviews, *questions]
    found: dict[int, list[InformationRequest | Resolution]] = {}
    for thing in things:
        found.setdefault(thing.ticket_id, []).append(thing)
    return [Waiting(ticket, thing) for ticket in tickets for thing in found.get(ticket.pk, [])]


def listing(request: SignedIn) -> dict[str, Any]:
    """My tickets, open or done; a coordinator's with whose they are."""
    state = request.GET.get("state", "open")
    asked = Filter(state=state if state in {"open", "done"} else "open", words=request.GET.get("words", "")[:200])
    found: Page = page(request.user, asked, request.GET.get("after", ""), request.GET.get("before", ""))
    now = timezone.now()
    rows = [(ticket, read_clocks(ticket, now)) for ticket in found.rows]
    return {"page": found, "rows": rows, "asked": asked, "now": now}


def ticket_page(request: HttpRequest, user: User, ticket: Ticket, **forms: Any) -> dict[str, Any]:
    """Everything of R6 in plain words; `forms` are what came back from a refused deed."""
    now = timezone.now()
    ticket = whole(ticket, user)
    talk = lines(ticket, user, now)
    entries = [line.entry for line in talk if line.entry and line.kind != "event"]
    questions = [one.thing for one in entries if one.kind == "question" and one.thing.is_open]
    rounds = [one for one in entries if one.kind == "resolution"]
    return {
        "ticket": ticket,
        "now": now,
        "readings": read_clocks(ticket, now),
        "lines": [line for line in talk if line.kind != "event"],
        "decide": next((one for one in rounds if one.thing.verdict == Resolution.Verdict.PROPOSED), None),
        "questions": questions,
        "letters": list(letters_of(ticket, user)),
        "steps": steps(ticket, rounds),
        "form": MessageForm(user=user),
        "return_form": ReasonForm(),
        "cancel_form": ReasonForm(),
        "reopen_form": ReasonForm(),
        "may_follow": may_follow(ticket, now),
        **{may.__name__: may(user, ticket) for may in DEEDS},
        **forms,
    }


def may_follow(ticket: Ticket, now: datetime) -> bool:
    """A ticket closed too long ago is followed by a new one, linked to it."""
    return bool(ticket.closed_at and (ticket.state != State.CLOSED or now - ticket.closed_at > REOPEN_WITHIN))


@dataclass(frozen=True, slots=True)
class Step:
    """One of «what comes next»: `look` is done, now or nothing; `name` chooses the words."""

    name: str
    look: str
    at: datetime | None = None
    n: int = 0
    who: User | None = None


def steps(ticket: Ticket, rounds: list[Any]) -> list[Step]:
    """From registration to what will follow, a handful of lines."""
    found = [Step("registered", "done", ticket.registered_at)]
    returned = [one.thing for one in rounds if one.thing.verdict == Resolution.Verdict.RETURNED]
    found += [Step("returned", "done", one.decided_at, one.n, one.decided_by) for one in returned[-2:]]
    state = State(ticket.state)
    found.append(Step(state.value, "now" if ticket.is_open else "done", ticket.closed_at or ticket.state_since))
    after = {State.REGISTERED: "answer-follows", State.IN_WORK: "resolution-follows", State.WAITING: "work-follows",
             State.REVIEW: "verdict-follows"}  # fmt: skip
    if state in after:
        found.append(Step(after[state], ""))
    return found
