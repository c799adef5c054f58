"""The outbox: a letter is a row, written in the transaction of what it tells about; somebody else sends it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from asmo_support.channels.email import tokens
from asmo_support.channels.identity import Identity, identity
from asmo_support.channels.inbox import call_worker
from asmo_support.channels.models import Arrival, Delivery, OneTimeLink
from asmo_support.channels.queries import sends_letters
from asmo_support.channels.secrets import letter_keys
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket

AUTOMATIC_PER_HOUR = 10
AUTOMATIC_PER_DAY = 50
CHAIN = 12
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]\\\x00-\x1f\x7f]+@[^\s<>@,;:\"()\[\]\\\x00-\x1f\x7f]+")
_ID = re.compile(r"[!-;=?-~]{3,250}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be written, and to whom."""

    address: str
    kind: str
    subject: str
    text: str
    html: str = ""
    name: str = ""
    recipient: User | None = None
    internal: bool = False
    secret: bool = False
    # Written by a program on its own account, as opposed to somebody's words.
    automatic: bool = True
    # What the reader may decide by the links in it; they are blank until it is sent.
    link: OneTimeLink | None = None
    # When what it tells about has happened; now when left out.
    at: datetime | None = None
    # The kind of notices its reader may do without (`notifications.kinds`); empty when it is personal.
    notice: str = ""
    # Not to be sent before this time.
    due: datetime | None = None


def post(draft: Draft, *, ticket: Ticket | None = None, event_id: int | None = None) -> Delivery | None:
    """Put a letter into the outbox: once for an event and an address. None when it would come back to ourselves."""
    ours = identity()
    if ours.is_own(draft.address) or not _ADDRESS.fullmatch(draft.address):
        return None
    if event_id and (before := Delivery.objects.filter(event_id=event_id, address=draft.address).first()):
        return before
    delivery = Delivery(ticket=ticket, event_id=event_id, kind=draft.kind, address=draft.address, html=draft.html)
    delivery.organization_id = ticket.organization_id if ticket else None
    delivery.recipient, delivery.name = draft.recipient, _line(draft.name, 150)
    delivery.internal, delivery.secret, delivery.automatic = draft.internal, draft.secret, draft.automatic
    delivery.link, delivery.notice = draft.link, draft.notice
    delivery.subject, delivery.text = _line(draft.subject, 300), draft.text
    delivery.created_at = draft.at or timezone.now()
    delivery.due_at = draft.due or delivery.due_at
    delivery.state = Delivery.State.QUEUED if sends_letters() else Delivery.State.KEPT
    _mark(delivery, ours, ticket)
    delivery.save(force_insert=True)
    call_worker()
    return delivery


def take_back(event_id: int) -> int:
    """Keep letters about an event that have not left yet: what they tell is over."""
    waiting = Delivery.objects.filter(event_id=event_id, state=Delivery.State.QUEUED, untold=0)
    return waiting.update(state=Delivery.State.KEPT)


def has_enough(address: str, kind: str, *, at: datetime | None = None) -> bool:
    """Whether this address has had as many letters of an automatic kind as one may get (EI-15, EO-04)."""
    now = at or timezone.now()
    sent = Delivery.objects.filter(address=address, kind=kind)
    hour, day = (sent.filter(created_at__gt=now - timedelta(hours=hours)).count() for hours in (1, 24))
    return hour >= AUTOMATIC_PER_HOUR or day >= AUTOMATIC_PER_DAY


def _mark(delivery: Delivery, ours: Identity, ticket: Ticket | None) -> None:
    """Message-ID, the address to answer to and the chain of letters this one continues."""
    if ticket is None:
        delivery.message_id = f"{uuid4().hex}@{ours.domain}"
        return
    keys = letter_keys()
    delivery.message_id = tokens.message_id(keys, ours.domain, ticket.number, ticket.organization_id)
    delivery.reply_to = tokens.reply_address(keys, ours.answers_to, ticket.number, ticket.organization_id)
    delivery.references = " ".join(_chain(ticket, delivery.address))


def _chain(ticket: Ticket, address: str) -> list[str]:
    """The letters of the ticket this person knows, oldest first: the first one and the latest."""
    came = (
        Arrival.objects.filter(ticket=ticket, sender=address.lower())
        .exclude(letter_id="")
        .exclude(decision=Arrival.Decision.DUPLICATE)
    )
    known = [*came.values_list("received_at", "letter_id")]
    known += Delivery.objects.filter(ticket=ticket, address=address).values_list("created_at", "message_id")
    ids = [one for _, one in sorted(known, key=lambda row: row[0]) if _ID.fullmatch(one)]
    return ids[:1] + ids[1:][-CHAIN:]


def _line(text: str, limit: int) -> str:
    """One line, whatever was in it: a header can never grow another one (EO-02)."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]", " ", text).split())[:limit]
