"""What history says of a letter or a call. Who did it stands before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from asmo_support.journal.models import Event
from asmo_support.people.models import User

SENTENCES = {
    "arrival.retried": _("let it be looked at once more"),
    "arrival.registered": _("registered it as ticket № %(ticket)s"),
    "arrival.joined": _("joined it to ticket № %(ticket)s"),
    "arrival.ignored": _("set it aside"),
    "arrival.sender-blocked": _("blocked the sender %(address)s"),
    "delivery.sent-again": _("let it be sent once more"),
    "delivery.settled": _("wants nothing more of it"),
    "call.began": _("the exchange told of the call"),
    "call.talking": _("somebody has answered"),
    "call.ended": _("the call has ended"),
    "call.missed": _("nobody has answered"),
    "call.written-down": _("wrote the call down"),
    "call.caller-named": _("said who called"),
    "call.put-into-ticket": _("made it an entry of ticket № %(ticket)s"),
    "call.noted": _("wrote the note"),
    "call.settled": _("took it off the list: nobody has to call back"),
    "call.dismissed": _("put the card aside"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words."""

    at: datetime
    by: User | None
    said: str


def told(events: Iterable[Event]) -> list[Line]:
    """The events that have words."""
    return [Line(one.at, one.by, str(SENTENCES[one.kind]) % one.data) for one in events if one.kind in SENTENCES]
