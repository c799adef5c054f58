"""Rows of the database as the shapes of the API."""

from datetime import datetime
from math import floor
from typing import Any

from django.utils import timezone

from asmo_support.journal.models import Event
from asmo_support.people.models import User
from asmo_support.tickets.actions.clocks import pauses_of
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import Attachment, Clock, InformationRequest, Message, Resolution, Ticket
from asmo_support.tickets.models.clock import ClockState, Target
from asmo_support.tickets.states import Priority

Shown = dict[str, Any]
# What an event may tell of itself; keys of rows inside the database stay there.
TOLD = frozenset(
    {
        "after", "before", "changes", "channel", "message", "n", "name", "names", "on_behalf", "reason", "spoken_by",
        "target",
    },
)  # fmt: skip


def ticket_row(ticket: Ticket, now: datetime | None = None) -> Shown:
    now = now or timezone.now()
    plain = ("number", "subject", "state", "awaits", "kind", "critical", "standard", "impact", "urgency", "channel")
    return {
        **{name: getattr(ticket, name) for name in (*plain, "expected_at", "planned_at")},
        **{name: _code(getattr(ticket, name)) for name in ("service", "product", "module")},
        "priority": Priority(ticket.priority).name.lower(),
        "organization": ticket.organization.short_name,
        "requester": ticket.requester.email,
        "author": ticket.author.email,
        "assignees": assignees(ticket),
        "registered_at": moment(ticket.registered_at),
        "closed_at": moment(ticket.closed_at),
        "clocks": [clock(ticket, one, now) for one in ticket.clocks.all()],
    }


def ticket(ticket: Ticket) -> Shown:
    return {**ticket_row(ticket), "description": ticket.description, "closing_reason": ticket.closing_reason}


def assignees(ticket: Ticket) -> list[str]:
    return [one.agent.email for one in ticket.assignments.all()]


def clock(ticket: Ticket, clock: Clock, now: datetime) -> Shown:
    running = clock.state == ClockState.RUNNING
    late = clock.due_at if running and clock.due_at and clock.due_at < now else None
    return {
        "target": clock.target,
        "state": clock.state,
        "due_at": moment(clock.due_at) if running else None,
        "breached_at": moment(clock.breached_at or late),
        "remaining_minutes": _remaining(ticket, clock, now),
    }


def _remaining(ticket: Ticket, clock: Clock, now: datetime) -> int | None:
    """Working minutes left, rounded down, so that the first second too late is negative already."""
    if clock.state in {ClockState.MET, ClockState.CANCELLED}:
        return None
    spans = pauses_of(ticket) if clock.target == Target.RESOLUTION else []
    stood = [(begin, max(begin, end or now)) for begin, end in spans]
    passed = table().elapsed_between(clock.started_at, max(now, clock.started_at), stood)
    return floor(clock.norm_minutes - passed.total_seconds() / 60)


def attachment(file: Attachment) -> Shown:
    plain = {name: getattr(file, name) for name in ("id", "name", "kind", "size", "sha256", "internal")}
    return {**plain, "by": email(file.by), "at": moment(file.at)}


def message(message: Message) -> Shown:
    return {
        **{name: getattr(message, name) for name in ("id", "text", "internal", "channel")},
        "author": email(message.author),
        "at": moment(message.at),
        "attachments": [attachment(file) for file in message.attachments.all()],
    }


def question(question: InformationRequest) -> Shown:
    answered = "answered" if question.answer else "withdrawn"
    return {
        "n": question.n,
        "text": question.text,
        "author": question.author.email,
        "at": moment(question.at),
        "state": "open" if question.is_open else answered,
        "ended_at": moment(question.ended_at),
        "answer": question.answer.text if question.answer else None,
    }


def resolution(resolution: Resolution) -> Shown:
    return {
        **{name: getattr(resolution, name) for name in ("n", "text", "reason")},
        "author": resolution.author.email,
        "at": moment(resolution.at),
        "state": resolution.verdict,
        "decided_by": email(resolution.decided_by),
        "decided_at": moment(resolution.decided_at),
        "recorded_by": email(resolution.recorded_by),
    }


def event(event: Event) -> Shown:
    return {
        "id": event.pk,
        "at": moment(event.at),
        "kind": event.kind,
        "by": email(event.by),
        "internal": event.internal,
        "data": {name: value for name, value in event.data.items() if name in TOLD},
    }


def email(person: User | None) -> str | None:
    return person.email if person else None


def moment(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at else None


def _code(entry: Any) -> str | None:
    return entry.code if entry else None
