"""The desk has said something the customer reads: an answer, an offer of a date or of a price."""

from datetime import datetime

from asmo_support.tickets.actions import clocks
from asmo_support.tickets.actions.moving import move
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.states import State


def heard(ticket: Ticket, *, at: datetime) -> None:
    """It is a reaction and news of progress, and takes a locked registered ticket to work; ends with `settle`."""
    clocks.meet(ticket, Target.REACTION, at=at)
    clocks.spoke(ticket, at=at)
    if ticket.state == State.REGISTERED:
        move(ticket, State.IN_WORK, at=at)
