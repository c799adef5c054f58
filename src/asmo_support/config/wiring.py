"""Who listens to what. The journal writes one errand per listener in the transaction of the event itself."""

from asmo_support.channels.alarms import FAILING, WORKING
from asmo_support.contracts.jobs import ENDING
from asmo_support.tickets import events, nearing

TELL = "asmo_support.notifications.telling.tell"
TELL_DEADLINES = "asmo_support.notifications.nearing.tell"
TELL_ENDING = "asmo_support.notifications.contracts.tell"
TELL_MAIL = "asmo_support.notifications.mail.tell"

LISTENERS: dict[str, tuple[str, ...]] = {
    events.REGISTERED: (TELL,),
    events.TAKEN: (TELL,),
    events.ASSIGNED: (TELL,),
    events.TRIAGED: (TELL,),
    events.MESSAGE: (TELL,),
    events.ASKED: (TELL,),
    events.ANSWERED: (TELL,),
    events.PROPOSED: (TELL,),
    events.ACCEPTED: (TELL,),
    events.RETURNED: (TELL,),
    events.CANCELLED: (TELL,),
    events.REFUSED: (TELL,),
    events.REOPENED: (TELL,),
    events.REMINDED: (TELL,),
    events.PLANNED: (TELL,),
    events.PLANNED_AGREED: (TELL,),
    events.PLANNED_DECLINED: (TELL,),
    events.PLANNED_RECALLED: (TELL,),
    events.HANDED: (TELL,),
    "user.notices-chosen": ("asmo_support.notifications.holding.move",),
    "user.invited": ("asmo_support.notifications.inviting.send",),
    nearing.PASSED: (TELL_DEADLINES,),
    events.COVERAGE: (TELL,),
    events.OFFER_ASKED: (TELL,),
    events.OFFER_MADE: (TELL,),
    events.OFFER_ACCEPTED: (TELL,),
    events.OFFER_DECLINED: (TELL,),
    events.OFFER_RECALLED: (TELL,),
    ENDING: (TELL_ENDING,),
    FAILING: (TELL_MAIL,),
    WORKING: (TELL_MAIL,),
}

# Who gives rows away when two customers or two people turn out to be one: people first, so that nothing new begins.
MERGING = (
    "asmo_support.people.merging",
    "asmo_support.tickets.merging",
    "asmo_support.contracts.merging",
    "asmo_support.channels.merging",
    "asmo_support.notifications.merging",
    "asmo_support.journal.merging",
    "asmo_support.api.merging",
)
