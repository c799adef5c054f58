"""Deadlines that come near and pass: one indexed query for each of the two, every share once, and after an outage only
the last one. What a minute brought goes to the watchers in one word: a thousand of them are no thousand letters.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from asmo_support.journal.recording import record as write
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.models.clock import ClockState

# The event of a minute, for whoever writes letters about it.
PASSED = "deadlines.passed"
BATCH = 500
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Passed:
    """A share of a norm that has passed; the whole of it is a breach."""

    ticket: int
    event: int
    target: str
    share: int
    calendar: str


@dataclass(frozen=True, slots=True)
class Minute:
    """What the journal names when it writes down a minute of the desk, which belongs to no customer."""

    pk: int = 0
    journal_name: str = "deadlines"
    journal_organization: int | None = None


@transaction.atomic
def watch(now: datetime) -> int:
    """Write down what has passed, and call whoever tells people. The number of things that were written down."""
    passed = [*_breaches(now), *_warnings(now)]
    if passed:
        write(Minute(), PASSED, by=None, at=now, internal=True, passed=[asdict(one) for one in passed])
    return len(passed)


def _breaches(now: datetime) -> Iterator[Passed]:
    """Promises that have just been broken, once each, oldest first. A broken one is not warned of any more."""
    late = Clock.objects.filter(state=ClockState.RUNNING, breach_told=False, due_at__lte=now)
    for ticket in _locked(late.order_by("due_at", "id")):
        for clock in ticket.clocks.filter(state=ClockState.RUNNING, breach_told=False, due_at__lte=now):
            clock.breached_at, clock.breach_told = clock.breached_at or clock.due_at, True
            clock.warned, clock.warn_at = clocks.WARNINGS[-1], None
            clock.save(update_fields=["breached_at", "breach_told", "warned", "warn_at"])
            event = record(ticket, events.BREACHED, by=None, at=now, target=clock.target)
            yield Passed(ticket.pk, event.pk, clock.target, WHOLE, clock.calendar)


def _warnings(now: datetime) -> Iterator[Passed]:
    near = Clock.objects.filter(warn_at__lte=now, due_at__gt=now)
    for ticket in _locked(near.order_by("warn_at", "id")):
        for clock in ticket.clocks.filter(warn_at__lte=now, due_at__gt=now):
            share = clocks.near(clock, ticket, at=now)
            if share:
                event = record(ticket, events.WARNED, by=None, at=now, internal=True, target=clock.target, share=share)
                yield Passed(ticket.pk, event.pk, clock.target, share, clock.calendar)


def _locked(found: "QuerySet[Clock]") -> "QuerySet[Ticket]":
    """Tickets of the first of these clocks. What somebody works on at this moment comes in the next minute."""
    ids = list(found.values_list("ticket_id", flat=True)[:BATCH])
    return Ticket.objects.select_for_update(skip_locked=True).filter(pk__in=ids).order_by("pk")
