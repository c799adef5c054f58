"""Rows of the database as the shapes of the API."""

from datetime import datetime
from math import floor
from typing import Any

from django.utils import timezone

from asmo_support.journal.models import Event
from asmo_support.people.models import User
from asmo_support.tickets.models import Attachment, InformationRequest, Message, PlannedDate, Resolution, Ticket
from asmo_support.tickets.planned import day_off_words, falls_due
from asmo_support.tickets.readings import Reading, read_clocks
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.states import Priority

Shown = dict[str, Any]
# What an event may tell of itself; keys of rows inside the database stay there.
TOLD = frozenset(
    {
        "after", "answer", "before", "changes", "channel", "date", "message", "n", "name", "on_behalf", "reason",
        "side", "spoken_by", "target", "to",
    },
)  # fmt: skip


def ticket_row(ticket: Ticket) -> Shown:
    plain = ("number", "subject", "state", "awaits", "kind", "critical", "standard", "impact", "urgency", "channel")
    return {
        **{name: getattr(ticket, name) for name in (*plain, "expected_at", "planned_at")},
        **{name: _code(getattr(ticket, name)) for name in ("service", "product", "module")},
        "priority": Priority(ticket.priority).name.lower(),
        "organization": ticket.organization.short_name,
        "contract": ticket.contract.number if ticket.contract else None,
        "coverage": ticket.coverage,
        "requester": ticket.requester.email,
        "author": ticket.author.email,
        "assignees": assignees(ticket),
        "registered_at": moment(ticket.registered_at),
        "closed_at": moment(ticket.closed_at),
        "clocks": [clock(one) for one in read_clocks(ticket, timezone.now()).values()],
    }


def ticket(ticket: Ticket) -> Shown:
    return {**ticket_row(ticket), "description": ticket.description, "closing_reason": ticket.closing_reason}


def assignees(ticket: Ticket) -> list[str]:
    return [one.agent.email for one in ticket.assignments.all()]


def clock(reading: Reading) -> Shown:
    left = reading.remaining_minutes
    return {
        "target": reading.target,
        "state": reading.state,
        "due_at": moment(reading.due_at),
        "breached_at": moment(reading.breached_at),
        # Rounded down: the first second too late is negative already.
        "remaining_minutes": None if left is None else floor(left),
    }


def attachment(file: Attachment) -> Shown:
    plain = {name: getattr(file, name) for name in ("id", "name", "kind", "size", "sha256", "internal")}
    return {**plain, "by": email(file.by), "at": moment(file.at)}


def message(message: Message) -> Shown:
    return {
        **{name: getattr(message, name) for name in ("id", "text", "whole", "internal", "channel")},
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


def planned_date(offer: PlannedDate) -> Shown:
    return {
        **{name: getattr(offer, name) for name in ("n", "date", "side", "reason", "refusal")},
        "author": offer.author.email,
        "at": moment(offer.at),
        "state": offer.verdict,
        "decided_by": email(offer.decided_by),
        "decided_at": moment(offer.decided_at),
        "recorded_by": email(offer.recorded_by),
        "due_at": falls_due(offer.ticket, offer.date),
        "hint": day_off_words(offer.ticket, offer.date),
    }


def event(event: Event) -> Shown:
    return {
        "id": event.pk,
        "at": moment(event.at),
        "kind": event.kind,
        "text": sentence(event),
        "by": email(event.by),
        "internal": event.internal,
        "data": {name: value for name, value in event.data.items() if name in TOLD},
    }


def notification(letter: Any) -> Shown:
    plain = {name: getattr(letter, name) for name in ("id", "kind", "subject", "state", "answer")}
    return {**plain, "to": letter.address, "at": moment(letter.created_at), "sent_at": moment(letter.sent_at)}


def email(person: User | None) -> str | None:
    return person.email if person else None


def moment(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at else None


def _code(entry: Any) -> str | None:
    return entry.code if entry else None
