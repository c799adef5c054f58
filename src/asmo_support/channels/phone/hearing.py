"""What follows when an exchange tells of a call. Events come late, twice and in any order; each adds what it knows."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from asmo_support.channels.models import Call, Exchange, Ring
from asmo_support.channels.phone.finding import callers, colleagues, is_inner
from asmo_support.channels.phone.reading import PbxEvent
from asmo_support.channels.phone.settling import settle_others
from asmo_support.journal.recording import look_at, record
from asmo_support.lib.phones import number
from asmo_support.people.models import User
from asmo_support.people.roles import Role

FACTS = ("state", "agent", "answered_at", "ended_at", "cause", "settled_at", "settled_by")
MOST_IN_A_MINUTE = 600


def may_speak(exchange: Exchange, *, at: datetime | None = None) -> bool:
    """Count one more event of this exchange; False when it has told too much in this minute."""
    now = at or timezone.now()
    minute = now.replace(second=0, microsecond=0)
    with transaction.atomic():
        row = Exchange.objects.select_for_update().get(pk=exchange.pk)
        row.heard = row.heard + 1 if row.minute == minute else 1
        row.minute, row.heard_at = minute, now
        row.save(update_fields=["heard", "minute", "heard_at"])
    return row.heard <= MOST_IN_A_MINUTE


@transaction.atomic
def hear(event: PbxEvent, exchange: Exchange, *, at: datetime | None = None) -> Call | None:
    """Take one event in. The call appears on the screens of whom it rings at, changes, or leaves them.

    None for talks among colleagues, of which nothing is kept.
    """
    if is_inner(event.theirs):
        return None
    now = at or timezone.now()
    call = _call(event, exchange, now)
    before = call.state
    _answer(call, event, now)
    _end(call, event, now)
    if event.kind == "new" and call.is_going_on:
        _ring(call, event)
    if call.state != before:
        call.save(update_fields=FACTS)
        settle_others(call)
    _tell(call, before)
    return call


def _call(event: PbxEvent, exchange: Exchange, now: datetime) -> Call:
    """The row of this call, locked; the first event of it makes the row, whichever that is."""
    made, new = Call.objects.get_or_create(exchange=exchange, key=event.key, defaults=_facts(event, now))
    call = Call.objects.select_for_update().get(pk=made.pk)
    if new:
        found = callers(event.theirs)
        call.person, call.organization = found.person, found.organization
        # Who calls out is known from the beginning.
        call.agent = _first(event) if event.direction == "out" else None
        call.save(update_fields=["person", "organization", "agent"])
        record(call, "call.began", by=None, internal=True, at=now)
    return call


def _facts(event: PbxEvent, now: datetime) -> dict[str, object]:
    found = number(event.theirs)
    return {
        "direction": event.direction, "state": Call.State.RINGING, "began_at": now, "typed": event.theirs,
        "number": found.e164 if found else "", "line": event.ours,
    }  # fmt: skip


def _answer(call: Call, event: PbxEvent, now: datetime) -> None:
    if event.kind != "answer":
        return
    call.agent = _first(event) or call.agent
    if call.state == Call.State.RINGING:
        call.state, call.answered_at = Call.State.TALKING, now
        # Whoever takes it has the card, also when it rang somewhere else.
        Ring.objects.bulk_create([Ring(call=call, agent=one) for one in (call.agent,) if one], ignore_conflicts=True)
    elif call.state == Call.State.MISSED:
        # Told late, after the end: they did talk, nobody knows how long.
        call.state, call.answered_at = Call.State.ENDED, call.ended_at


def _end(call: Call, event: PbxEvent, now: datetime) -> None:
    if event.kind != "hangup" or not call.is_going_on:
        return
    call.state = Call.State.ENDED if call.answered_at else Call.State.MISSED
    call.ended_at, call.cause = max(now, (call.answered_at or now) + timedelta(microseconds=1)), event.cause


def _ring(call: Call, event: PbxEvent) -> None:
    """On whose screens it appears: of those it rings at; when the exchange names nobody we know, of the operators."""
    agents = colleagues([*event.people, event.ours])
    if not agents and event.direction == "in":
        agents = list(User.objects.working().filter(role=Role.OPERATOR))
    Ring.objects.bulk_create([Ring(call=call, agent=one) for one in agents], ignore_conflicts=True)


def _first(event: PbxEvent) -> User | None:
    """Who talks: the one who answered, or the only one of ours it names."""
    for said in ([event.answering], [event.ours], event.people):
        found = colleagues(said)
        if len(found) == 1:
            return found[0]
    return None


def _tell(call: Call, before: str) -> None:
    if call.state != before:
        record(call, f"call.{call.state}", by=None, internal=True, cause=call.cause)
        if call.ticket:
            look_at(call.ticket)
    else:
        look_at(call)
