"""What is said before a form is sent: when an answer is due, and what the contract covers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from asmo_support.sla.norms import norms_for
from asmo_support.tickets.calendars import table
from asmo_support.tickets.states import Kind


@dataclass(frozen=True, slots=True)
class Promise:
    """The norms of a kind as moments, were it registered now."""

    reaction_minutes: int
    reaction_at: datetime
    resolution_minutes: int | None
    resolution_at: datetime | None


def promise(kind: str, now: datetime) -> Promise:
    """When we answer and, where a norm says so, resolve."""
    norms = norms_for(Kind(kind), critical=False, standard=True)
    resolution = norms.resolution_minutes
    return Promise(
        reaction_minutes=norms.reaction_minutes,
        reaction_at=table().due_at(now, timedelta(minutes=norms.reaction_minutes)),
        resolution_minutes=resolution,
        resolution_at=table().due_at(now, timedelta(minutes=resolution)) if resolution else None,
    )
