"""Reads that several doors need. Each has a constant number of statements, however long the ticket is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from asmo_support.journal.models import Event
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.models import (
    Assignment,
    Attachment,
    FirstLetter,
    InformationRequest,
    Message,
    PlannedDate,
    Resolution,
    Ticket,
)

# What a person reads as a word of its own; the rest of history is folded between the words.
SPOKEN = frozenset(
    {events.MESSAGE, events.ANSWERED, events.NOTE, events.ASKED, events.PROPOSED, events.RETURNED, events.ACCEPTED,
     events.PLANNED, events.PLANNED_AGREED, events.PLANNED_DECLINED, events.PLANNED_RECALLED, events.CALLED},
)  # fmt: skip
LONG = 400
Files = dict[tuple[str, int], list[Attachment]]


@dataclass(slots=True)
class Entry:
    """One thing in the timeline. `kind`: description | message | note | question | resolution | date | call | event."""

    kind: str
    at: datetime
    author: User | None
    thing: Any
    files: list[Attachment] = field(default_factory=list)

    @property
    def pictures(self) -> list[Attachment]:
        """What is shown in place: the words of the letter have a mark where it stands."""
        words = self.thing.description if self.kind == "description" else self.thing.text
        return [file for file in self.files if file.can_be_shown and file.mark in words]

    @property
    def loose(self) -> list[Attachment]:
        """The files that stand below the words."""
        shown = {file.pk for file in self.pictures}
        return [file for file in self.files if file.pk not in shown]

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.thing.pk}"


def for_list(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Everything a row of a list shows: five statements for any number of rows."""
    found = tickets.select_related("organization", "requester", "last_word_by", "contract", "offer")
    return found.prefetch_related(
        Prefetch("assignments", Assignment.objects.select_related("agent")),
        "clocks",
        "pauses",
    )


def for_page(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Everything the head and the side of a ticket page show."""
    return for_list(tickets).select_related("author", "service", "product", "module", "follows")


def whole(ticket: Ticket, user: User) -> Ticket:
    """The same ticket read anew with everything its page shows, also after a deed was refused."""
    return for_page(Ticket.objects.visible_to(user)).get(pk=ticket.pk)


def seen(user: User, number: str) -> Ticket | None:
    """The ticket of this number, when there is one and the person may see it."""
    if not number.isdigit() or len(number) > 18:
        return None
    return Ticket.objects.visible_to(user).filter(number=int(number)).first()


def has_round(ticket: Ticket, n: int) -> bool:
    """Whether a resolution of this number was ever proposed in the ticket."""
    return ticket.resolutions.filter(n=n).exists()


def has_offer(ticket: Ticket, n: int) -> bool:
    """Whether a planned date of this number was ever offered in the ticket."""
    return ticket.planned_dates.filter(n=n).exists()


def offers(ticket: Ticket) -> QuerySet[PlannedDate]:
    """Every offer of a planned date with the people it names, oldest first."""
    return ticket.planned_dates.select_related("author", "decided_by", "recorded_by").order_by("n")


def attachment(ticket: Ticket, pk: int, user: User) -> Attachment | None:
    """A file of this very ticket that this person may read."""
    return Attachment.objects.visible_to(user).filter(ticket=ticket, pk=pk).first()


@dataclass(frozen=True, slots=True)
class Whole:
    """All that stands in a letter; the talk shows its new words, or its beginning."""

    author: User | None
    at: datetime
    words: str
    anchor: str
    arrival_id: int | None = None


def said(ticket: Ticket, pk: int, user: User) -> Whole | None:
    """One message of this very ticket that this person may read, with the whole letter it came by."""
    found = Message.objects.visible_to(user).filter(ticket=ticket, pk=pk).select_related("author").first()
    if found is None:
        return None
    return Whole(found.author, found.at, found.whole or found.text, f"message-{found.pk}", found.arrival_id)


def opened_by(ticket: Ticket) -> Whole:
    """The whole letter the ticket was opened by; what it was opened by otherwise."""
    found = FirstLetter.objects.filter(ticket=ticket).first()
    words = found.words if found else ticket.description
    return Whole(ticket.requester, ticket.registered_at, words, f"description-{ticket.pk}")


def timeline(ticket: Ticket, *, for_: User) -> list[Entry]:
    """All this person may read, words, dates and events, oldest first; of a huge ticket the newest 400."""
    files = _files(ticket, for_)
    found = [Entry("description", ticket.registered_at, ticket.author, ticket, files["description", ticket.pk])]
    said = Message.objects.visible_to(for_).filter(ticket=ticket).select_related("author").defer("whole")
    found += [_entry("note" if one.internal else "message", one, files) for one in _newest(said)]
    found += [
        _entry("question", one, files)
        for one in _newest(ticket.requests.select_related("author", "answer").defer("answer__whole"))
    ]
    rounds = ticket.resolutions.select_related("author", "decided_by", "recorded_by")
    found += [_entry("resolution", one, files) for one in _newest(rounds)]
    found += [Entry("date", one.at, one.author, one) for one in _newest(offers(ticket))]
    happened = history(ticket, for_=for_)
    for event in _newest(happened.filter(Q(kind=events.CALLED) | ~Q(kind__in=SPOKEN))):
        found.append(Entry(_kind(event, for_), event.at, event.by, event))
    return sorted(found, key=_place)


TOLD = {events.REOPENED: "reopened", events.TAKEN: "taken"}


def _kind(event: Event, user: User) -> str:
    """The customer's page shows no events between the words, but for two: who took the ticket, which is our answer as
    well, and why it was reopened.
    """
    if event.kind == events.CALLED:
        return "call"
    return "event" if user.is_staff else TOLD.get(event.kind, "event")


def history(ticket: Ticket, *, for_: User) -> QuerySet[Event]:
    """Every event of the ticket this person may know of."""
    found = Event.objects.filter(thing=Ticket.journal_name, thing_id=ticket.pk).select_related("by").order_by("id")
    return found if for_.is_staff else found.filter(internal=False, organization_id=ticket.organization_id)


def _newest(rows: QuerySet[Any]) -> Sequence[Any]:
    """The latest of these, in the order they came: what shares a moment stays in it."""
    return list(rows.order_by("-id")[:LONG])[::-1]


def _place(entry: Entry) -> tuple[bool, datetime, bool]:
    """A letter that reached us before its ticket was registered still stands below what the ticket is about."""
    return entry.kind != "description", entry.at, entry.kind == "event"


def _entry(kind: str, thing: Message | InformationRequest | Resolution, files: Files) -> Entry:
    return Entry(kind, thing.at, thing.author, thing, files["message" if kind == "note" else kind, thing.pk])


def _files(ticket: Ticket, user: User) -> Files:
    found: Files = defaultdict(list)
    for file in Attachment.objects.visible_to(user).filter(ticket=ticket).order_by("id"):
        found[_home(file)].append(file)
    return found


def _home(file: Attachment) -> tuple[str, int]:
    if file.message_id:
        return "message", file.message_id
    if file.resolution_id:
        return "resolution", file.resolution_id
    if file.request_id:
        return "question", file.request_id
    return "description", file.ticket_id


def open_of(person: User, reader: User) -> list[Ticket]:
    """Open tickets in which this person is the requester, the oldest first, as far as the reader may see them."""
    rows = Ticket.objects.visible_to(reader).open().filter(requester=person)
    return list(rows.order_by("id"))
