"""Words in a ticket: answers, notes, and what the customer's word sets in motion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.journal.models import Event
from asmo_support.lib.errors import Refused
from asmo_support.lib.files import Kept
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks
from asmo_support.tickets.actions.filing import attach
from asmo_support.tickets.actions.hearing import heard
from asmo_support.tickets.actions.moving import lock, move, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Message, Ticket
from asmo_support.tickets.states import Channel, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text with its files and the way it came; of a letter also all of it, whether its sender is proven, and since
    when it lay with us if that was before it counts.
    """

    text: str
    files: Sequence[Kept] = ()
    channel: Channel = Channel.WEB
    arrival_id: int | None = None
    # All of a letter, of which `text` is what its writer newly wrote; empty when that is all.
    whole: str = ""
    came_at: datetime | None = None
    proven: bool = True


@transaction.atomic
def reply(ticket: Ticket, words: Words, *, by: User, at: datetime | None = None) -> Message:
    """Say something both sides read.

    From the desk it counts as reaction and takes a registered ticket to work. From the customer it answers
    all open questions. The other side gets a letter; so does who answers by letter what is over, once (`late`).
    """
    now = at or timezone.now()
    lock(ticket)
    late = {"late": True} if not by.is_staff and _comes_late(ticket, words) else {}
    message = _say(ticket, words, by=by, at=now, internal=False)
    kind = events.MESSAGE
    if by.is_staff:
        heard(ticket, at=now)
    elif ticket.state == State.WAITING:
        kind = events.ANSWERED
        ticket.requests.filter(ended_at__isnull=True).update(ended_at=now, answer=message)
        clocks.resume(ticket, at=now)
        move(ticket, State.IN_WORK, at=now)
    settle(ticket, by=by, word=message.text, at=now)
    record(ticket, kind, by=by, at=now, message=message.pk, channel=words.channel, **late)
    return message


@transaction.atomic
def note(ticket: Ticket, words: Words, *, by: User | None, at: datetime | None = None) -> Message:
    """Write something only the desk reads. Nothing moves and nobody outside is told."""
    now = at or timezone.now()
    message = _say(ticket, words, by=by, at=now, internal=True)
    record(ticket, events.NOTE, by=by, at=now, internal=True, message=message.pk)
    return message


def _comes_late(ticket: Ticket, words: Words) -> bool:
    """The first letter to a ticket since it was over. Pages and the API say so themselves."""
    if ticket.closed_at is None or words.channel != Channel.EMAIL:
        return False
    said = Event.objects.filter(thing=Ticket.journal_name, thing_id=ticket.pk, at__gte=ticket.closed_at)
    return not said.filter(kind=events.MESSAGE, data__late=True).exists()


def _say(ticket: Ticket, words: Words, *, by: User | None, at: datetime, internal: bool) -> Message:
    text = clean(words.text)
    if not text and not words.files:
        raise Refused(_("Write something first."), field="text")
    message = Message(ticket=ticket, organization_id=ticket.organization_id, author=by, internal=internal)
    message.at = words.came_at or at
    message.text, message.channel, message.arrival_id = text or _("(files)"), words.channel, words.arrival_id
    message.whole, message.is_cut, message.proven = words.whole, bool(words.whole), words.proven
    message.save(force_insert=True)
    attach(ticket, words.files, by=by, to=message)
    return message
