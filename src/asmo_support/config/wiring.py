"""Who listens to what. The journal writes one errand per listener in the transaction of the event itself."""

from asmo_support.tickets import events

TELL = "asmo_support.notifications.telling.tell"

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
    events.BREACHED: (TELL,),
    events.REMINDED: (TELL,),
    events.PLANNED: (TELL,),
    events.PLANNED_AGREED: (TELL,),
    events.PLANNED_DECLINED: (TELL,),
    events.PLANNED_RECALLED: (TELL,),
}
