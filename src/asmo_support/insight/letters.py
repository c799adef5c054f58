"""Letters in and out: what is looked for among them, pages both ways, and how many wait for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from asmo_support.channels.models import Arrival, Delivery
from asmo_support.insight import searching
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket

PAGE, MANY = 50, 99
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; all of it holds together. `answer` is what the mail server said, as `Delivery.cause`."""

    states: tuple[str, ...] = ()
    words: str = ""
    since: date | None = None
    until: date | None = None
    mailbox: int | None = None
    reason: str = ""
    answer: str = ""
    unsettled: bool = False
    oldest: bool = False

    @property
    def too_short(self) -> bool:
        """Too little to look for: every letter would do."""
        words = self.words.split()
        return bool(words) and not _number(self.words) and max(map(len, words)) < SHORTEST


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list one is: under the row with the key `below`, or over the row with the key `above`."""

    below: int | None = None
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the keys of the pages below and above, None where there is none."""

    rows: list[Any]
    below: int | None = None
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many letters wait, counted no further than 100, and since when the first of them does."""

    count: int
    since: datetime | None


def incoming(asked: Asked, place: Place, size: int = PAGE) -> Page:
    """One page of what came in, without the bytes. For staff only."""
    rows = Arrival.objects.select_related("ticket", "person__organization", "mailbox").defer("raw", "known_by")
    return _page(rows, asked, _narrow(asked, "received_at"), place, size)


def outgoing(user: User, asked: Asked, place: Place, size: int = PAGE) -> Page:
    """One page of the outbox, without the texts."""
    rows = Delivery.objects.visible_to(user).select_related("ticket", "recipient").defer("html", "text", "known_by")
    return _page(rows.undelivered() if asked.unsettled else rows, asked, _narrow(asked, "created_at"), place, size)


def waiting(user: User) -> dict[str, Waiting]:
    """The counters of every place where letters wait, in one statement that an index answers for each of them."""
    sent, now = Delivery.objects.visible_to(user), timezone.now()
    places: Mapping[str, QuerySet[Any]] = {
        "in": Arrival.objects.filter(state="stored").order_by("due_at", "id").values_list("received_at"),
        "held": Arrival.objects.filter(state="held").order_by("id").values_list("received_at"),
        "quarantined": Arrival.objects.filter(state="quarantined").order_by("id").values_list("received_at"),
        "out": sent.filter(state="queued", due_at__lte=now).order_by("due_at", "id").values_list("created_at"),
        "failed": sent.undelivered().order_by("id").values_list("created_at"),
    }
    parts, values = [], []
    for name, rows in places.items():
        query, parameters = rows[: MANY + 1].query.sql_with_params()
        # SQL of the ORM, its values apart.
        parts.append(f"SELECT %s, count(*), min(at) FROM ({query}) AS pile (at)")  # noqa: S608
        values.extend([name, *parameters])
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {name: Waiting(count, since) for name, count, since in cursor.fetchall()}


def _page(rows: QuerySet[Any], asked: Asked, narrow: Q, place: Place, size: int) -> Page:
    if asked.too_short:
        return Page([])
    if asked.states:
        rows = rows.filter(state__in=asked.states)
    back = place.above is not None
    key, up = (place.above, not asked.oldest) if back else (place.below, asked.oldest)
    rows = rows.order_by("pk" if up else "-pk")
    if key is not None:
        rows = rows.filter(**{"pk__gt" if up else "pk__lt": key})
    if narrow:
        rows = searching.first(rows, narrow, narrow, size + 1)
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    first, last = (found[0].pk, found[-1].pk) if found else (None, None)
    return Page(found, below=last if more or back else None, above=first if (more if back else key) else None)


def _narrow(asked: Asked, at: str) -> Q:
    """What has to be looked for, in a way that an index can answer."""
    found = _words(asked.words)
    if asked.since:
        found &= Q(**{f"{at}__gte": _midnight(asked.since)})
    if asked.until:
        found &= Q(**{f"{at}__lt": _midnight(asked.until) + timedelta(days=1)})
    if asked.mailbox is not None:
        found &= Q(mailbox=asked.mailbox)
    for name, said in (("reason", asked.reason), ("cause", asked.answer)):
        if said:
            found &= Q(**{name: said})
    return found


def _words(words: str) -> Q:
    """The number of a ticket; or words that all occur in address, name, subject or Message-ID, in any order."""
    if number := _number(words):
        return Q(ticket__in=Ticket.objects.filter(number=number))
    found = Q()
    for word in words.split():
        found &= Q(known_by__contains=word.strip("<>").upper())
    return found


def _number(words: str) -> int:
    number = words.strip().lstrip("№#").strip()
    return int(number) if number.isdecimal() and len(number) < 19 else 0


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
