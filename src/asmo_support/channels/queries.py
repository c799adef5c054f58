"""What pages and the API read about letters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from asmo_support.channels.email import reading
from asmo_support.channels.email.letter import Address, Auth
from asmo_support.channels.email.preview import header, preview
from asmo_support.channels.email.route import claimed_numbers
from asmo_support.channels.inbox import raw_of
from asmo_support.channels.models import (
    Arrival,
    BadAddress,
    BlockedSender,
    Call,
    Delivery,
    Mailbox,
    Passage,
    Rework,
    SmtpServer,
)
from asmo_support.channels.models.delivery import DeliveryQuerySet
from asmo_support.journal.models import Event
from asmo_support.lib.errors import Unreadable
from asmo_support.people.lookups import person_by_address
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket

LONGEST, PAGE = 20_000, 50
LATELY, ALARM_AFTER = timedelta(minutes=10), timedelta(minutes=15)
WAITING = (Arrival.State.HELD, Arrival.State.QUARANTINED)


def letters_of(ticket: Ticket, user: User) -> DeliveryQuerySet:
    """Our letters about a ticket with their fate, oldest first: all for staff, those to its own people for a customer.

    A row shows `address, name, recipient_id, kind, subject, text, html, state, answer, created_at, sent_at, attempts`.
    """
    return Delivery.objects.visible_to(user).filter(ticket=ticket).order_by("id")


def unreached(user: User) -> Delivery | None:
    """The newest letter to this customer's person, when it did not arrive: they may not know that we write."""
    last = Delivery.objects.visible_to(user).filter(address=user.email).order_by("-created_at", "-id").first()
    return last if last and last.did_not_arrive else None


def letter(user: User, pk: int) -> Delivery | None:
    """One letter of ours, if this person may see it."""
    return Delivery.objects.visible_to(user).select_related("ticket", "recipient").filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Ages:
    """How long letters have been waiting for a person: how many in all, more than an hour, more than a day."""

    all: int
    hour: int
    day: int
    oldest: datetime | None


def ages(now: datetime, states: Iterable[str] = WAITING) -> Ages:
    """The counters of the doubtful letters, in one statement."""
    held = Arrival.objects.filter(state__in=list(states))
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
    """What a letter says, for the eyes of the desk: plain text, nothing in it is active.

    `auth` is what our own mail server found out about the sender; `asker` whom a forwarded letter comes from.
    """

    text: str
    files: tuple[tuple[str, int], ...] = ()
    claims: int | None = None
    header: str = ""
    auth: Auth = field(default_factory=Auth)
    asker: Address | None = None
    person: User | None = None
    sealed: tuple[str, ...] = ()

    @property
    def encrypted(self) -> str:
        """The ways it is encrypted in, by name."""
        return _ways(self.sealed, "encrypted")

    @property
    def signed(self) -> str:
        """The ways it is signed in, by name; whether the signature is good is not known."""
        return _ways(self.sealed, "signed")


def inside(letter: Arrival) -> Inside:
    """The words of a letter, as well as it can be read. For staff only."""
    try:
        raw = raw_of(letter)
    except OSError:
        return Inside("")
    if letter.state == Arrival.State.QUARANTINED:
        return Inside(preview(raw), header=header(raw))
    try:
        read = reading.read(raw, authserv_id=letter.authserv_id)
    except Unreadable:
        return Inside(preview(raw), header=header(raw))
    named = claimed_numbers(read.subject)
    asker = read.forwarded_from
    return Inside(
        (read.text or read.visible_text)[:LONGEST],
        tuple((one.name, one.size) for one in read.attachments),
        named[0] if named else None,
        header(raw),
        read.auth,
        asker,
        person_by_address(asker.email) if asker else None,
        read.sealed,
    )


def _ways(sealed: Iterable[str], deed: str) -> str:
    names = {"smime": "S/MIME", "pgp": "PGP"}
    return ", ".join(names[way] for way, _dash, done in (one.partition("-") for one in sealed) if done == deed)


def passages(delivery: Delivery) -> list[Passage]:
    """Every try to hand a letter over, and what came back, in order."""
    return list(
        Passage.objects.filter(delivery=delivery).select_related("arrival").defer("arrival__raw").order_by("at", "id")
    )


def happened(thing: Arrival | Delivery | Call) -> list[Event]:
    """What was done with a letter or a call, in order."""
    found = Event.objects.filter(thing=thing.journal_name, thing_id=thing.pk)
    return list(found.select_related("by").order_by("id")[:PAGE])


def bad_among(addresses: Iterable[str]) -> list[BadAddress]:
    """Which of these addresses our letters do not reach."""
    return list(BadAddress.objects.filter(address__in={one.lower() for one in addresses if one}).order_by("address"))


def bad_addresses() -> list[BadAddress]:
    """The addresses our letters do not reach, the latest first, a page of them."""
    return list(BadAddress.objects.select_related("delivery__ticket").order_by("-since", "-id")[:PAGE])


def reworks(side: str) -> list[Rework]:
    """What is being treated once more now, and the last that ended."""
    lately = Q(ended_at=None) | Q(ended_at__gt=timezone.now() - LATELY)
    rows = list(Rework.objects.filter(lately, side=side).select_related("by").order_by("-id")[:PAGE])
    return [one for one in rows if one.ended_at is None] or rows[:1]


def language_for(letter: int) -> str:
    """In which language to write to somebody made known because of this letter: that of the address it came to."""
    chosen = Mailbox.objects.filter(arrivals=letter).values_list("language", flat=True).first()
    return chosen or str(settings.LANGUAGE_CODE)


def blocked_senders(page: int = 1) -> tuple[list[BlockedSender], bool]:
    """Whose letters are set aside, the latest first. And whether there are more."""
    rows = BlockedSender.objects.select_related("by", "arrival").defer("arrival__raw").order_by("-at", "-id")
    found = list(rows[PAGE * (page - 1) : PAGE * page + 1])
    return found[:PAGE], len(found) > PAGE


def arrival(pk: int) -> Arrival | None:
    """One letter that came in; its bytes are read with `inbox.raw_of`. For staff only."""
    rows = Arrival.objects.select_related("ticket", "person", "mailbox", "decided_by").defer("raw")
    return rows.filter(pk=pk).first()


def held_about(ticket: Ticket) -> int:
    """How many letters stopped on their way into this ticket wait for a person."""
    return Arrival.objects.filter(ticket=ticket, state=Arrival.State.HELD).count()


def waiting() -> list[QuerySet[Any]]:
    """The sets a counter shows: letters that wait for a person, letters of ours that did not arrive."""
    return [Arrival.objects.filter(state__in=WAITING), Delivery.objects.undelivered()]


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


def failing_mail(now: datetime) -> int:
    """How many ways of letters have not worked for so long that somebody has to do something. One statement."""
    failing = {"active": True, "failing_since__lt": now - ALARM_AFTER}
    boxes = Mailbox.objects.filter(**failing).values_list("pk")
    return boxes.union(SmtpServer.objects.filter(**failing).values_list("pk"), all=True).count()


def smtp_server() -> SmtpServer | None:
    """The one server letters leave through."""
    return SmtpServer.objects.filter(pk=1).first()


def counts() -> dict[str, int]:
    """How many letters wait for a person: `held`, `quarantined`, `failed` (ours that did not arrive)."""
    waiting = dict.fromkeys(("held", "quarantined"), 0)
    rows = Arrival.objects.filter(state__in=list(waiting)).values_list("state").annotate(Count("id"))
    waiting.update(dict(rows))
    return {**waiting, "failed": Delivery.objects.undelivered().count()}


def sends_letters() -> bool:
    """Whether letters leave the house; otherwise they are kept and can be read."""
    return SmtpServer.objects.filter(active=True).exists()


def way_out() -> SmtpServer | None:
    """The server letters leave through; None while they are kept here."""
    return SmtpServer.objects.filter(active=True).first()
