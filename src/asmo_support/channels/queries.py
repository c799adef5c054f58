"""What pages and the API read about letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from asmo_support.channels.email import reading
from asmo_support.channels.email.preview import preview
from asmo_support.channels.email.route import claimed_numbers
from asmo_support.channels.inbox import raw_of
from asmo_support.channels.models import Arrival, BlockedSender, Delivery, Mailbox, SmtpServer
from asmo_support.channels.models.delivery import DeliveryQuerySet
from asmo_support.lib.errors import Unreadable
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket

PAGE = 50
ALARM_AFTER = timedelta(minutes=15)
LONGEST = 20_000
WAITING = (Arrival.State.HELD, Arrival.State.QUARANTINED)


def letters_of(ticket: Ticket, user: User) -> DeliveryQuerySet:
    """Our letters about a ticket with their fate, oldest first: all for staff, those to its own people for a customer.

    A row shows `address, name, recipient_id, kind, subject, text, html, state, answer, created_at, sent_at, attempts`.
    """
    return Delivery.objects.visible_to(user).filter(ticket=ticket).order_by("id")


def outgoing(user: User, *, states: Iterable[str] = (), before: int | None = None, limit: int = PAGE) -> list[Delivery]:
    """One page of the outbox, newest first; `before` is the id of the last row of the page above."""
    rows = Delivery.objects.visible_to(user).select_related("ticket", "recipient").defer("html")
    if chosen := list(states):
        rows = rows.filter(state__in=chosen)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:limit])


def letter(user: User, pk: int) -> Delivery | None:
    """One letter of ours, if this person may see it."""
    return Delivery.objects.visible_to(user).select_related("ticket", "recipient").filter(pk=pk).first()


def arrivals(
    *, states: Iterable[str] = (), before: int | None = None, oldest: bool = False, limit: int = PAGE
) -> list[Arrival]:
    """One page of what came in, without the bytes: newest first, or the oldest first where people work through it.

    `before` is the id of the last row of the page above. For staff only.
    """
    rows = Arrival.objects.select_related("ticket", "person__organization", "mailbox").defer("raw")
    if chosen := list(states):
        rows = rows.filter(state__in=chosen)
    if before is not None:
        rows = rows.filter(pk__gt=before) if oldest else rows.filter(pk__lt=before)
    return list(rows.order_by("id" if oldest else "-id")[:limit])


@dataclass(frozen=True, slots=True)
class Ages:
    """How long letters have been waiting for a person: how many in all, more than an hour, more than a day."""

    all: int
    hour: int
    day: int
    oldest: datetime | None


def ages(now: datetime) -> Ages:
    """The counters of the doubtful letters, in one statement."""
    held = Arrival.objects.filter(state__in=WAITING)
    hour, day = Q(received_at__lt=now - timedelta(hours=1)), Q(received_at__lt=now - timedelta(days=1))
    found = held.aggregate(
        all=Count("id"), hour=Count("id", filter=hour), day=Count("id", filter=day), oldest=Min("received_at")
    )
    return Ages(**found)


def next_waiting(after: Arrival) -> Arrival | None:
    """The letter to look at when this one is done: the next older one that waits, or the oldest of all."""
    held = Arrival.objects.defer("raw").filter(state__in=WAITING).exclude(pk=after.pk).order_by("id")
    return held.filter(pk__gt=after.pk).first() or held.first()


@dataclass(frozen=True, slots=True)
class Inside:
    """What a letter that waits says, for the eyes of the desk: plain text, nothing in it is active."""

    text: str
    files: tuple[tuple[str, int], ...] = ()
    claims: int | None = None


def inside(letter: Arrival) -> Inside:
    """The words of a letter, as well as it can be read. For staff only."""
    try:
        raw = raw_of(letter)
    except OSError:
        return Inside("")
    if letter.state == Arrival.State.QUARANTINED:
        return Inside(preview(raw))
    try:
        read = reading.read(raw, authserv_id=letter.authserv_id)
    except Unreadable:
        return Inside(preview(raw))
    named = claimed_numbers(read.subject)
    files = tuple((one.name, one.size) for one in read.attachments)
    return Inside((read.text or read.visible_text)[:LONGEST], files, named[0] if named else None)


def language_for(letter: int) -> str:
    """In which language to write to somebody made known because of this letter: that of the address it came to."""
    chosen = Mailbox.objects.filter(arrivals=letter).values_list("language", flat=True).first()
    return chosen or str(settings.LANGUAGE_CODE)


def blocked_senders() -> list[BlockedSender]:
    """Whose letters are set aside, the latest first."""
    return list(BlockedSender.objects.select_related("by", "arrival").defer("arrival__raw").order_by("-at", "-id"))


def arrival(pk: int) -> Arrival | None:
    """One letter that came in; its bytes are read with `inbox.raw_of`. For staff only."""
    rows = Arrival.objects.select_related("ticket", "person", "mailbox", "decided_by").defer("raw")
    return rows.filter(pk=pk).first()


def waiting() -> list[QuerySet[Any]]:
    """The sets a counter shows: letters that wait for a person, letters of ours that did not arrive."""
    undelivered = (Delivery.State.FAILED, Delivery.State.BOUNCED)
    return [
        Arrival.objects.filter(state__in=WAITING),
        Delivery.objects.filter(state__in=undelivered),
    ]


def mailboxes() -> list[Mailbox]:
    """The addresses letters come to, those in use first."""
    return list(Mailbox.objects.order_by("-active", "address", "id"))


def mailboxes_with_numbers(now: datetime) -> list[Mailbox]:
    """The same with how they do: `taken` within a day, `untreated`, and since when the `oldest` of these waits."""
    lately, stored = Q(arrivals__stored_at__gt=now - timedelta(days=1)), Q(arrivals__state=Arrival.State.STORED)
    rows = Mailbox.objects.annotate(
        taken=Count("arrivals", filter=lately), untreated=Count("arrivals", filter=stored),
        oldest=Min("arrivals__received_at", filter=stored),
    )  # fmt: skip
    return list(rows.order_by("-active", "address", "id"))


def failing_mail(now: datetime) -> list[Mailbox | SmtpServer]:
    """Ways of letters that have not worked for so long that somebody has to do something."""
    since = now - ALARM_AFTER
    found: list[Mailbox | SmtpServer] = list(
        Mailbox.objects.filter(active=True, failing_since__lt=since).order_by("id")
    )
    return [*found, *SmtpServer.objects.filter(active=True, failing_since__lt=since)]


def smtp_server() -> SmtpServer | None:
    """The one server letters leave through."""
    return SmtpServer.objects.filter(pk=1).first()


def counts() -> dict[str, int]:
    """How many letters wait for a person: `held`, `quarantined`, `failed` (ours that did not arrive)."""
    waiting = dict.fromkeys(("held", "quarantined"), 0)
    rows = Arrival.objects.filter(state__in=list(waiting)).values_list("state").annotate(Count("id"))
    waiting.update(dict(rows))
    undelivered = (Delivery.State.FAILED, Delivery.State.BOUNCED)
    return {**waiting, "failed": Delivery.objects.filter(state__in=undelivered).count()}


def sends_letters() -> bool:
    """Whether letters leave the house; otherwise they are kept and can be read."""
    return SmtpServer.objects.filter(active=True).exists()
