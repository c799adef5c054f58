"""History of tickets: the journal's `record`, told only kinds that exist."""

from datetime import datetime
from typing import Any

from asmo_support.journal.models import Event
from asmo_support.journal.recording import record as write
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.models import Ticket


def record(
    ticket: Ticket, kind: str, *, by: User | None, at: datetime | None = None, internal: bool = False, **data: Any
) -> Event:
    """Write an event of a ticket. Raises ValueError for a kind that nobody declared."""
    if kind not in events.ALL:
        raise ValueError(f"{kind} is not in tickets.events")
    return write(ticket, kind, by=by, at=at, internal=internal, **data)
