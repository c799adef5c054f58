"""A talk by phone about a ticket: a word that was spoken."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks
from asmo_support.tickets.actions.moving import lock, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.models.clock import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What a ticket keeps of a call: its number, who called, whether they talked."""

    call: int
    direction: str
    talked: bool


@transaction.atomic
def write_down(ticket: Ticket, talk: Talk, *, by: User, at: datetime | None = None) -> None:
    """Put a call into the ticket. Both sides read that it took place; what was noted is for the desk.

    Whoever of us has talked with the customer has reacted and has told the news.
    """
    now = at or timezone.now()
    lock(ticket)
    if talk.talked and ticket.is_open:
        clocks.meet(ticket, Target.REACTION, at=now)
        clocks.spoke(ticket, at=now)
        settle(ticket)
    record(ticket, events.CALLED, by=by, at=now, call=talk.call, direction=talk.direction, talked=talk.talked)
