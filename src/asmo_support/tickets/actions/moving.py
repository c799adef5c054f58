"""The step every deed shares: lock the row, ask the table of states, move, and keep what the list shows."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from asmo_support.lib.errors import Conflict
from asmo_support.lib.text import first_words
from asmo_support.people.models import User
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.models.ticket import NEVER
from asmo_support.tickets.states import AWAITS, DONE, NEXT, QUEUE, State

MOVED = ["state", "state_since", "closed_at", "closing_reason", "queue", "queue_at"]
SAID = ["last_word", "last_word_at", "last_word_by"]


def lock(ticket: Ticket) -> Ticket:
    """Two people may press at once: whoever comes second sees what the first one did."""
    ticket.refresh_from_db(from_queryset=Ticket.objects.select_for_update())
    return ticket


def move(ticket: Ticket, to: State, *, at: datetime, reason: str = "") -> None:
    """Move a locked ticket, or refuse in words. The clocks are told by the caller, who ends with `settle`."""
    if to == ticket.state:
        raise Conflict(_("Somebody was faster: the ticket is “%(state)s” already.") % {"state": to.label})
    if to not in NEXT[State(ticket.state)]:
        raise Conflict(
            _("The ticket is “%(state)s” and cannot become “%(to)s”.")
            % {"state": State(ticket.state).label, "to": to.label},
        )
    ticket.state = to
    ticket.state_since = at
    ticket.closed_at = at if to in DONE else None
    ticket.closing_reason = reason if to in DONE else ""


def place(ticket: Ticket, clocks: Iterable[Clock] | None = None) -> datetime:
    """What the lists sort by: the nearest deadline of an open ticket."""
    going = ticket.clocks.all() if clocks is None else clocks
    running = [clock.due_at for clock in going if clock.state == "running" and clock.due_at]
    return ticket.closed_at or min(running, default=NEVER)


def settle(ticket: Ticket, *, by: User | None = None, word: str = "", at: datetime | None = None) -> None:
    """Save the place in the lists (our move first, the nearest deadline first) and the last public word."""
    ticket.queue = QUEUE[AWAITS[State(ticket.state)]]
    ticket.queue_at = place(ticket)
    if word and at:
        ticket.last_word, ticket.last_word_by, ticket.last_word_at = first_words(word), by, at
    ticket.save(update_fields=[*MOVED, *(SAID if word else [])])
