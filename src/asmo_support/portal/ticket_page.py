"""Everything of R6 about one ticket in plain words, in a constant number of statements."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from asmo_support.channels.queries import letters_of
from asmo_support.people.models import User
from asmo_support.portal.forms import MessageForm, PlanForm, ReasonForm
from asmo_support.tickets import access
from asmo_support.tickets.actions.lifecycle import REOPEN_WITHIN
from asmo_support.tickets.calendars import table
from asmo_support.tickets.jobs import REMIND_AFTER
from asmo_support.tickets.models import PlannedDate, Resolution, Ticket
from asmo_support.tickets.paid import (
    awaits_offer,
    awaits_our_offer,
    may_ask_offer,
    may_decide_offer,
    offer_of,
    was_declined,
)
from asmo_support.tickets.planned import negotiation
from asmo_support.tickets.queries import whole
from asmo_support.tickets.readings import Reading, read_clocks
from asmo_support.tickets.states import State
from asmo_support.tickets.talk import Happened, Line, last_event, lines

DEEDS = (
    access.may_reply, access.may_accept, access.may_return, access.may_cancel, access.may_reopen, access.may_plan,
    may_ask_offer, may_decide_offer,
)  # fmt: skip
FOLLOWS = {
    State.REGISTERED: "answer-follows",
    State.IN_WORK: "resolution-follows",
    State.WAITING: "work-follows",
    State.REVIEW: "verdict-follows",
}


def ticket_page(request: HttpRequest, user: User, ticket: Ticket, **forms: Any) -> dict[str, Any]:
    """The context of the page; `forms` are what came back from a refused deed."""
    now = timezone.now()
    ticket = whole(ticket, user)
    readings = read_clocks(ticket, now)
    whole_talk = lines(ticket, user, now)
    talk = [line for line in whole_talk if line.kind != "event"]
    decide = next((line for line in talk if _under_review(line)), None)
    questions = [line for line in talk if line.kind == "question" and line.entry and line.entry.thing.is_open]
    return {
        "ticket": ticket,
        "now": now,
        "readings": readings,
        # What waits for the reader stands above the talk, not twice.
        "lines": _without_empty_days([line for line in talk if line is not decide and line not in questions]),
        "dates": negotiation(ticket, [line.entry.thing for line in talk if line.kind == "date" and line.entry], now),
        "decide": decide.entry if decide else None,
        "questions": [line.entry for line in questions],
        "letters": list(letters_of(ticket, user)),
        "events": _happened(whole_talk),
        "steps": steps(ticket, talk, readings, now),
        "form": MessageForm(user=user),
        "return_form": ReasonForm(),
        "plan_form": PlanForm(),
        "cancel_form": ReasonForm(),
        "reopen_form": ReasonForm(),
        "offer_form": ReasonForm(),
        "offer": offer_of(ticket),
        "awaits_offer": awaits_offer(ticket),
        "awaits_our_offer": awaits_our_offer(ticket),
        "was_declined": was_declined(ticket),
        "may_follow": may_follow(ticket, now),
        **{may.__name__: may(user, ticket) for may in DEEDS},
        **forms,
    }


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody was faster: why not, what happened last, and in which form the words are now (reply, reopen or "")."""

    reason: str
    last: Happened | None
    kept: str


def moved_on(user: User, form: Form, name: str, page: dict[str, Any]) -> dict[str, Any]:
    """What changes on the page of who came too late: words whose own form is gone wait in another one."""
    reason = " ".join(map(str, form.non_field_errors()))
    words = str(form["reason"].value() or "") if "reason" in form.fields else ""
    own = {"return_form": page["decide"], "cancel_form": page["may_cancel"] and not page["decide"],
           "reopen_form": page["may_reopen"], "plan_form": page["may_plan"]}.get(name, True)  # fmt: skip
    elsewhere = "" if own or not words else "reopen" if page["may_reopen"] else "reply"
    moved: dict[str, Any] = {"late": Late(reason, last_event(page["ticket"], user), elsewhere)}
    if elsewhere == "reopen":
        moved["reopen_form"] = ReasonForm(initial={"reason": words})
    elif elsewhere:
        moved["form"] = MessageForm(user=user, initial={"text": words})
    return moved


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
    minutes: float | None = None
    day: date | None = None


def steps(ticket: Ticket, talk: list[Line], readings: dict[str, Reading], now: datetime) -> list[Step]:
    """From registration to what will follow, a handful of lines."""
    going = {target: one for target, one in readings.items() if one.state != "cancelled"}
    reaction, resolution, planned = (going.get(target) for target in ("reaction", "resolution", "planned"))
    answered = reaction.spent_minutes if reaction and reaction.state == "met" else None
    found = [Step("registered", "done", ticket.registered_at, minutes=answered)]
    rounds = [line.entry.thing for line in talk if line.kind == "resolution" and line.entry]
    returned = [one for one in rounds if one.verdict == Resolution.Verdict.RETURNED]
    found += [Step("returned", "done", one.decided_at, one.n) for one in returned[-2:]]
    state = State(ticket.state)
    if awaits_offer(ticket):
        return [*found, Step("offer", "now"), Step("offer-follows", "")]
    if awaits_our_offer(ticket):
        return [*found, Step("offer-asked", "now"), Step("offer", "")]
    if was_declined(ticket):
        return [*found, Step("offer-declined", "now")]
    found.append(
        Step(state.value, "now" if ticket.is_open else "done", ticket.closed_at or ticket.state_since,
             rounds[-1].n if rounds else 0, day=_reminded(ticket, now))
    )  # fmt: skip
    if state in FOLLOWS:
        left = resolution.norm_minutes - resolution.spent_minutes if resolution else None
        due = (resolution.due_at if resolution else None) or (planned.due_at if planned else None)
        found.append(Step(FOLLOWS[state], "", due, minutes=left))
    return found


def _reminded(ticket: Ticket, now: datetime) -> date | None:
    """The next day on which the customer is reminded of its move."""
    if ticket.awaits != "customer":
        return None
    since, today = timezone.localdate(ticket.state_since), timezone.localdate(now)
    days = [table().working_day_after(since, number) for number in REMIND_AFTER]
    return next((day for day in days if day > today), None)


def _happened(talk: list[Line]) -> int:
    """How many events the history has: those between the words, and one for each word, question and verdict."""
    kinds = {"message", "question", "resolution", "date", "call", "reopened", "taken"}
    said = [line.entry.thing for line in talk if line.kind in kinds and line.entry]
    return sum(len(line.events) for line in talk) + len(said) + sum(_has_verdict(one) for one in said)


def _has_verdict(thing: Any) -> bool:
    """An offer that a newer one replaced was decided by nobody."""
    by_nobody = isinstance(thing, PlannedDate) and thing.decided_by_id is None
    return bool(getattr(thing, "decided_at", None)) and not by_nobody


def _under_review(line: Line) -> bool:
    return bool(line.kind == "resolution" and line.entry and line.entry.thing.verdict == Resolution.Verdict.PROPOSED)


def _without_empty_days(talk: list[Line]) -> list[Line]:
    following = [*talk[1:], None]
    return [
        line
        for line, after in zip(talk, following, strict=True)
        if line.kind != "day" or (after and after.kind != "day")
    ]
