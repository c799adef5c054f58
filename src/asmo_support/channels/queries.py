"""What pages and the API read about letters."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from asmo_support.channels.models import Arrival, Delivery, Mailbox, SmtpServer
from asmo_support.channels.models.delivery import DeliveryQuerySet
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket

PAGE = 50


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


def arrivals(*, states: Iterable[str] = (), before: int | None = None, limit: int = PAGE) -> list[Arrival]:
    """One page of what came in, newest first, without the bytes. For staff only."""
    rows = Arrival.objects.select_related("ticket", "person", "mailbox").defer("raw")
    if chosen := list(states):
        rows = rows.filter(state__in=chosen)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:limit])


def arrival(pk: int) -> Arrival | None:
    """One letter that came in; its bytes are read with `inbox.raw_of`. For staff only."""
    rows = Arrival.objects.select_related("ticket", "person", "mailbox", "decided_by").defer("raw")
    return rows.filter(pk=pk).first()


def waiting() -> list[QuerySet[Any]]:
    """The sets a counter shows: letters that wait for a person, letters of ours that did not arrive."""
    undelivered = (Delivery.State.FAILED, Delivery.State.BOUNCED)
    return [
        Arrival.objects.filter(state__in=[Arrival.State.HELD, Arrival.State.QUARANTINED]),
        Delivery.objects.filter(state__in=undelivered),
    ]


def mailboxes() -> list[Mailbox]:
    """The folders letters are taken from, those in use first."""
    return list(Mailbox.objects.order_by("-active", "address", "id"))


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
