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
PLANNED = "ticket.date-offered"
PLANNED_AGREED = "ticket.date-agreed"
PLANNED_DECLINED = "ticket.date-declined"
PLANNED_RECALLED = "ticket.date-recalled"
PLANNED_LAPSED = "ticket.date-lapsed"
DEADLINE_MOVED = "ticket.deadline-moved"
WARNED = "ticket.deadline-near"
COVERAGE = "ticket.coverage-changed"
OFFER_ASKED = "ticket.offer-asked"
OFFER_MADE = "ticket.offer-made"
OFFER_ACCEPTED = "ticket.offer-accepted"
OFFER_DECLINED = "ticket.offer-declined"
OFFER_RECALLED = "ticket.offer-recalled"
WORK = "ticket.work-added"
WORK_REMOVED = "ticket.work-removed"
LETTER_FAILED = "ticket.letter-failed"
LOOP_STOPPED = "ticket.loop-stopped"
MACHINE_ANSWERED = "ticket.machine-answered"
LETTER_WITHHELD = "ticket.letter-withheld"
CALLED = "ticket.called"
FORWARDED = "ticket.letter-forwarded"
REQUESTER_KEPT = "ticket.requester-kept"

ALL = frozenset(
    {
        REGISTERED, TAKEN, ASSIGNED, TRIAGED, MESSAGE, NOTE, ASKED, ANSWERED, PROPOSED, ACCEPTED, RETURNED, CANCELLED,
        REFUSED, REOPENED, CLOCK_MOVED, BREACHED, REMINDED, HANDED, PLANNED, PLANNED_AGREED, PLANNED_DECLINED,
        PLANNED_RECALLED, PLANNED_LAPSED, DEADLINE_MOVED, WARNED, COVERAGE, OFFER_ASKED, OFFER_MADE, OFFER_ACCEPTED,
        OFFER_DECLINED, OFFER_RECALLED, WORK, WORK_REMOVED, ATTACHED, LETTER_FAILED, LOOP_STOPPED, MACHINE_ANSWERED,
        LETTER_WITHHELD, CALLED, FORWARDED, REQUESTER_KEPT,
    },
)  # fmt: skip
