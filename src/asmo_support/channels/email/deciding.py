"""A decision carried out: a new ticket, a reply, a letter that waits for a person, or nothing but a remark."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import singledispatch
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from asmo_support.channels.email import entry, judging, route
from asmo_support.channels.email.bounces import returned
from asmo_support.channels.email.letter import Letter
from asmo_support.channels.identity import identity
from asmo_support.channels.links import Voice
from asmo_support.channels.models import Arrival, BlockedSender
from asmo_support.journal.models import Event
from asmo_support.lib.files import Kept, keeping
from asmo_support.lib.text import clean, first_words
from asmo_support.people.lookups import organization_by_domain
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.access import may_reply
from asmo_support.tickets.actions import assignment, conversation, opening
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Channel, Kind, Via

_THREAD = "INSERT INTO channels_thread (letter_id, ticket_id, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
State, Decision = Arrival.State, Arrival.Decision


def act(arrival: Arrival, letter: Letter, decision: route.Decision, person: User | None) -> None:
    """Do what was decided. Sets the fields of the arrival; the caller saves them in the same transaction."""
    _carry_out(decision, arrival, letter, person)


def register(arrival: Arrival, letter: Letter, requester: User, *, by: User, claimed: int | None = None) -> Ticket:
    """Make a ticket of a letter, as the rule of its address has it. A number it names without proof is only a remark
    for the desk.
    """
    rule = arrival.mailbox
    with translation.override(requester.language), _files(letter) as files:
        request = opening.Request(
            subject=entry.title(letter),
            description=entry.described(letter) or clean(letter.subject) or _("(an empty letter)"),
            kind=Kind(rule.kind) if rule and rule.kind else Kind.CONSULTATION,
            service=rule.service if rule else None,
            product=rule.product if rule else None,
            files=entry.marked(letter, files),
            whole=entry.whole_of(letter),
            proven=_is_proven(arrival),
        )
        ticket = opening.register(request, by=by, requester=requester, channel=Channel.EMAIL, at=arrival.received_at)
    if rule and rule.assignee:
        assignment.entrust(ticket, rule.assignee, at=arrival.received_at)
    _finish(arrival, Decision.CLAIMS if claimed else Decision.NEW, ticket)
    if claimed:
        with translation.override(settings.LANGUAGE_CODE):
            words = _("The letter claims to belong to ticket № %(number)s and could not prove it.") % {
                "number": claimed
            }
        conversation.note(ticket, Words(text=words, channel=Channel.EMAIL), by=None)
    return ticket


def join(arrival: Arrival, letter: Letter, ticket: Ticket, person: User) -> datetime:
    """Make the letter this person's entry of a locked ticket; the moment it counts from."""
    with translation.override(person.language), _files(letter) as files:
        text, whole = entry.said(letter)
        text = text or ("" if letter.attachments else _("(an empty letter)"))
        words = Words(
            text=text, files=entry.marked(letter, files), channel=Channel.EMAIL, arrival_id=arrival.pk, whole=whole,
            proven=_is_proven(arrival), came_at=arrival.received_at,
        )  # fmt: skip
        # It stands where it came, and counts from the last move at the earliest: clocks never run back.
        at = max(arrival.received_at, ticket.state_since)
        arrival.entry = conversation.reply(ticket, words, by=person, at=at)
    _finish(arrival, Decision.REPLY, ticket)
    return at


def _is_proven(arrival: Arrival) -> bool:
    """Where our mail server looks at no sender, nothing can be said of any."""
    return arrival.authenticated or not arrival.authserv_id


def hold(arrival: Arrival, reason: str) -> None:
    """Leave the letter to a person. Nobody outside hears anything."""
    arrival.state, arrival.reason = State.HELD, reason


@singledispatch
def _carry_out(decision: route.Decision, arrival: Arrival, letter: Letter, person: User | None) -> None:
    raise TypeError(f"Nobody carries out {type(decision).__name__}")


@_carry_out.register
def _new(decision: route.New, arrival: Arrival, letter: Letter, person: User | None) -> None:
    _open(decision, arrival, letter, person, None)


@_carry_out.register
def _claims(decision: route.Claims, arrival: Arrival, letter: Letter, person: User | None) -> None:
    _open(decision, arrival, letter, person, decision.ticket)


@_carry_out.register
def _reply(decision: route.Reply, arrival: Arrival, letter: Letter, person: User | None) -> None:
    ticket = Ticket.objects.select_for_update().get(number=decision.ticket)
    if person is None or not may_reply(person, ticket):
        hold(arrival, "may-not-reply")
        return
    at = join(arrival, letter, ticket, person)
    if not decision.by_name:
        judging.decide(letter, ticket, Voice(person, Via.LETTER, at))


@_carry_out.register
def _auto_reply(decision: route.AutoReply, arrival: Arrival, letter: Letter, person: User | None) -> None:
    ticket = _ticket(decision.ticket)
    if ticket is None and decision.waits:
        _hold_unless_blocked(arrival, "maybe-automatic")
    elif ticket is None:
        _put_aside(arrival, Decision.AUTO_REPLY, "automatic-reply")
    else:
        _finish(arrival, Decision.AUTO_REPLY, ticket, joins=False)
        said = first_words(letter.visible_text or letter.text)
        record(ticket, events.MACHINE_ANSWERED, by=None, internal=True, sender=arrival.sender, subject=arrival.subject,
               said=said)  # fmt: skip


@_carry_out.register
def _bounce(decision: route.Bounce, arrival: Arrival, letter: Letter, person: User | None) -> None:
    delivery = returned(letter, arrival)
    ticket = delivery.ticket if delivery else _ticket(decision.ticket)
    _finish(arrival, Decision.BOUNCE, ticket, joins=False)


@_carry_out.register
def _loop(decision: route.Loop, arrival: Arrival, letter: Letter, person: User | None) -> None:
    ticket = arrival.ticket = _ticket(decision.ticket)
    is_told = ticket is None or _told_lately(ticket, waits=decision.waits)
    if decision.waits and not (person is None and _is_blocked(arrival)):
        hold(arrival, decision.reason)
    elif decision.waits:
        _set_aside(arrival)
    else:
        _put_aside(arrival, Decision.LOOP, decision.reason)
    if ticket and not is_told:
        record(ticket, events.LOOP_STOPPED, by=None, internal=True, sender=arrival.sender, reason=decision.reason,
               waits=decision.waits)  # fmt: skip


def _open(
    decision: route.New | route.Claims, arrival: Arrival, letter: Letter, person: User | None, claimed: int | None
) -> None:
    reason = decision.hold or _doubt(letter, person)
    if reason or person is None:
        _hold_unless_blocked(arrival, reason)
        return
    arrival.may_answer = decision.may_answer
    ticket = register(arrival, letter, person, by=person, claimed=claimed)
    _name_asker(ticket, letter)
    if decision.circles:
        record(ticket, events.LOOP_STOPPED, by=None, internal=True, sender=arrival.sender, reason="answers-answers")


def _name_asker(ticket: Ticket, letter: Letter) -> None:
    """Who wrote a forwarded letter by its text: a question to the desk, nobody has proved it."""
    asker = letter.forwarded_from
    if asker is None or asker.email.lower() in {letter.sender.email.lower(), ticket.requester.email}:
        return
    if not identity().is_own(asker.email):
        record(ticket, events.FORWARDED, by=None, internal=True, name=asker.name[:200], address=asker.email[:254])


def _is_blocked(arrival: Arrival) -> bool:
    """Only what would wait for a person is asked about: a known participant is never lost by a block."""
    return BlockedSender.objects.filter(address=arrival.sender).exists()


def _hold_unless_blocked(arrival: Arrival, reason: str) -> None:
    if _is_blocked(arrival):
        _set_aside(arrival)
    else:
        hold(arrival, reason)


def _set_aside(arrival: Arrival) -> None:
    arrival.state, arrival.reason, arrival.done_at = State.IGNORED, "blocked", timezone.now()


def _put_aside(arrival: Arrival, decision: Arrival.Decision, reason: str) -> None:
    """Understood, and nothing follows; a person may still find that there is something in it."""
    arrival.state, arrival.decision, arrival.reason, arrival.detail = State.IGNORED, decision, reason, ""
    arrival.done_at = timezone.now()


def _doubt(letter: Letter, person: User | None) -> str:
    if not letter.sender.email:
        return "no-sender"
    if not letter.verified_syntax:
        return "ambiguous-sender"
    if person is None:
        return "known-domain" if organization_by_domain(letter.sender.email) else "unknown-sender"
    return "from-the-desk" if person.is_staff else ""


def _finish(arrival: Arrival, decision: Arrival.Decision, ticket: Ticket | None, *, joins: bool = True) -> None:
    arrival.state, arrival.decision, arrival.reason, arrival.detail = State.DONE, decision, "", ""
    arrival.ticket, arrival.done_at = ticket, timezone.now()
    if joins and ticket and arrival.letter_id:
        with connection.cursor() as cursor:
            cursor.execute(_THREAD, [arrival.letter_id, ticket.pk, timezone.now()])


def _ticket(number: int | None) -> Ticket | None:
    return Ticket.objects.filter(number=number).first() if number else None


def _told_lately(ticket: Ticket, *, waits: bool) -> bool:
    """Whether the desk has heard of it within the hour; that something waits for it is told apart."""
    since = timezone.now() - timedelta(hours=1)
    told = Event.objects.filter(thing=ticket.journal_name, thing_id=ticket.pk, kind=events.LOOP_STOPPED, at__gt=since)
    return (told.filter(data__waits=True) if waits else told).exists()


def _files(letter: Letter) -> AbstractContextManager[list[Kept]]:
    """The files as rows need them; they are on the disk when the block ends, and only then is anything committed."""
    root, limit = Path(settings.FILES_ROOT), settings.ATTACHMENT_LIMIT
    return keeping([(one.name, one.type[:120], one.content) for one in letter.attachments], root, limit=limit)
