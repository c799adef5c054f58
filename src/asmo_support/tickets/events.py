"""Everything that can happen to a ticket. History, letters, live pages and the API share these names."""

REGISTERED = "ticket.registered"
TAKEN = "ticket.taken"
ASSIGNED = "ticket.assigned"
TRIAGED = "ticket.triaged"
MESSAGE = "ticket.message-added"
NOTE = "ticket.note-added"
ASKED = "ticket.information-requested"
ANSWERED = "ticket.information-given"
PROPOSED = "ticket.resolution-proposed"
ACCEPTED = "ticket.resolution-accepted"
RETURNED = "ticket.resolution-returned"
CANCELLED = "ticket.cancelled"
REFUSED = "ticket.refused"
REOPENED = "ticket.reopened"
CLOCK_MOVED = "ticket.clock-moved"
BREACHED = "ticket.clock-breached"
REMINDED = "ticket.customer-reminded"
HANDED = "ticket.requester-changed"
ATTACHED = "ticket.file-attached"
LETTER_FAILED = "ticket.letter-failed"
LOOP_STOPPED = "ticket.loop-stopped"

ALL = frozenset(
    {
        REGISTERED, TAKEN, ASSIGNED, TRIAGED, MESSAGE, NOTE, ASKED, ANSWERED, PROPOSED, ACCEPTED, RETURNED, CANCELLED,
        REFUSED, REOPENED, CLOCK_MOVED, BREACHED, REMINDED, HANDED, ATTACHED, LETTER_FAILED, LOOP_STOPPED,
    },
)  # fmt: skip
