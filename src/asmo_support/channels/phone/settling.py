"""When a missed call is missed no longer, and what nobody told us the end of."""

from django.utils import timezone

from asmo_support.channels.models import Call
from asmo_support.channels.models.call import LASTS_AT_MOST, RINGS_AT_MOST
from asmo_support.journal.recording import look_at


def settle_others(call: Call) -> int:
    """They talk: whatever was missed from the same number is settled, whoever has called whom."""
    talked = call.state in {Call.State.TALKING, Call.State.ENDED}
    if not talked or not call.number:
        return 0
    rows = Call.objects.missed().filter(number=call.number, began_at__lte=call.began_at).exclude(pk=call.pk)
    return rows.update(settled_at=timezone.now(), settled_by=call.agent)


def give_up() -> int:
    """End calls whose end no exchange has told us, in a time when none can still be going on."""
    now = timezone.now()
    ringing = Call.objects.filter(state=Call.State.RINGING, began_at__lt=now - RINGS_AT_MOST)
    talking = Call.objects.filter(state=Call.State.TALKING, began_at__lt=now - LASTS_AT_MOST)
    found = [*ringing.select_related("ticket")[:100], *talking.select_related("ticket")[:100]]
    for call in found:
        # How long it was is unknown: an end at the moment of the answer says so.
        call.state = Call.State.ENDED if call.answered_at else Call.State.MISSED
        call.ended_at, call.cause = call.answered_at or call.began_at + RINGS_AT_MOST, "no-hangup"
        call.save(update_fields=["state", "ended_at", "cause"])
        look_at(call.ticket or call)
    return len(found)
