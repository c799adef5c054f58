"""What pages read about calls."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from asmo_support.channels.models import Call, Callback, Exchange
from asmo_support.channels.phone.finding import Callers, callers
from asmo_support.contracts.queries import Coverage, coverage
from asmo_support.lib.phones import keys
from asmo_support.lib.text import sort_key
from asmo_support.people.models import Organization, User
from asmo_support.tickets.models import Ticket

PAGE = 50
FEW = 5
WORDS = 3


def calls(
    user: User, *, which: str = "all", words: str = "", before: int | None = None, limit: int = PAGE
) -> list[Call]:
    """One page of the log, newest first. `which`: all, mine, missed (every one), waiting (for a callback)."""
    rows = Call.objects.visible_to(user).for_page()
    if which == "mine":
        rows = rows.filter(agent=user)
    elif which == "missed":
        rows = rows.filter(state=Call.State.MISSED, direction=Call.Direction.IN)
    elif which == "waiting":
        rows = rows.missed()
    if words:
        rows = rows.filter(_named(words))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:limit])


def ringing_for(user: User) -> list[Call]:
    """What this person's screen shows now: calls that ring there, and the own one that goes on."""
    rows = Call.objects.visible_to(user).for_page().going_on()
    mine = Q(rings__agent=user, rings__dismissed_at=None)
    heard = Q(state=Call.State.RINGING) | Q(agent=user) | Q(agent=None)
    return list(rows.filter(mine & heard, ticket=None).order_by("id")[:FEW])


def going_on(user: User, pk: str) -> Call | None:
    """The call a ticket is being registered in, while it is an entry of none."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    return Call.objects.visible_to(user).filter(pk=int(pk), ticket=None).first()


@dataclass(frozen=True, slots=True)
class Card:
    """A caller in front of an agent: the call, the contract, what is open; while nobody has said who it is, whose
    number it may be.
    """

    call: Call
    coverage: Coverage | None
    tickets: list[Ticket]
    callers: Callers = field(default_factory=Callers)


def card(call: Call, user: User) -> Card:
    whose = Callers() if call.person or not call.typed else callers(call.typed)
    if call.organization is None:
        return Card(call, None, [], whose)
    covered = coverage(call.organization, timezone.localdate())
    return Card(call, covered, open_tickets(user, call.person, call.organization)[:WORDS], whose)


def open_tickets(user: User, person: User | None, organization: Organization) -> list[Ticket]:
    """What is open, the caller's own first, then the colleagues', the latest first."""
    rows = Ticket.objects.visible_to(user).open().filter(organization=organization).select_related("requester")
    found = list(rows.order_by("-id")[:PAGE])
    return sorted(found, key=lambda one: person is None or one.requester_id != person.pk)


def recent_words(user: User, person: User | None, organization: Organization) -> list[Ticket]:
    """The tickets in which something was said lately, each with its last word."""
    rows = Ticket.objects.visible_to(user).filter(organization=organization)
    rows = rows.filter(requester=person) if person else rows
    return list(rows.select_related("last_word_by", "requester").order_by("-last_word_at", "-id")[:FEW])


def calls_of(tickets: Iterable[int]) -> dict[int, Call]:
    """Calls that are entries of these tickets, by key. For staff only."""
    rows = Call.objects.for_page().filter(ticket__in=list(tickets))
    return {call.pk: call for call in rows}


def calls_with(call: Call) -> list[Call]:
    """The calls before this one with the same number."""
    if not call.number:
        return []
    rows = Call.objects.for_page().filter(number=call.number, pk__lt=call.pk)
    return list(rows.order_by("-id")[:FEW])


def callbacks(user: User, *, closed: bool = False, page: int = 1) -> tuple[list[Callback], bool]:
    """Planned ones, the overdue first; or those that are over, the latest first. And whether there are more."""
    rows = Callback.objects.visible_to(user).select_related(
        "agent", "person", "organization", "ticket", "call", "by", "closed_by"
    )
    rows = rows.exclude(state=Callback.State.PLANNED) if closed else rows.planned()
    found = list(rows.order_by("-closed_at" if closed else "due_at", "id")[PAGE * (page - 1) : PAGE * page + 1])
    return found[:PAGE], len(found) > PAGE


def waiting() -> list[QuerySet[Any]]:
    """The set a counter shows: missed calls nobody has answered. Callbacks that are late come after it."""
    return [Call.objects.missed(), Callback.objects.planned().filter(due_at__lt=timezone.now())]


def exchanges() -> list[Exchange]:
    """Those that may speak first, then those that may not any more."""
    return sorted(Exchange.objects.select_related("by").order_by("-id"), key=lambda one: one.revoked_at is not None)


def _named(words: str) -> Q:
    """By number in any writing, by person, by organization."""
    digits = "".join(sign for sign in words if sign.isdigit())
    found = Q(person__sort_name__contains=sort_key(words)) | Q(organization__sort_name__contains=sort_key(words))
    if full := [key for key in keys(words) if ";" not in key]:
        found |= Q(number__in=full)
    elif len(digits) >= 3:
        found |= Q(number__contains=digits)
    return found
