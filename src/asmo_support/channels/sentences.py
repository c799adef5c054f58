"""What history says of a letter. Who did it stands before it."""

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
