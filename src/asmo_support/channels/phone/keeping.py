"""What people do with calls: write one down, say who it was, put it into a ticket, note, settle."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.models import Call, Ring
from asmo_support.channels.phone.settling import settle_others
from asmo_support.journal.recording import look_at, record
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.phones import number
from asmo_support.lib.text import clean
from asmo_support.people.models import Organization, User
from asmo_support.tickets.actions.calling import Talk, write_down
from asmo_support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A call as somebody writes it down who has had it. Without a length nobody answered."""

    direction: str
    typed: str
    talked: bool = True
    minutes: int = 0
    note: str = ""
    recording: str = ""
    person: User | None = None
    organization: Organization | None = None


@transaction.atomic
def add_call(said: Spoken, *, by: User, at: datetime | None = None) -> Call:
    """Write down a call that no exchange told of."""
    now, found = at or timezone.now(), number(said.typed)
    begun = now - timedelta(minutes=said.minutes)
    call = Call(
        direction=said.direction, number=found.e164 if found else "", typed=clean(said.typed)[:100], agent=by, by=by,
        state=Call.State.ENDED if said.talked else Call.State.MISSED, began_at=begun, ended_at=now,
        answered_at=(begun if said.minutes else now) if said.talked else None,
        note=clean(said.note), recording=web_address(said.recording),
        person=said.person, organization=said.person.organization if said.person else said.organization,
    )  # fmt: skip
    call.save(force_insert=True)
    settle_others(call)
    record(call, "call.written-down", by=by, internal=True, at=now)
    return call


@transaction.atomic
def name_caller(call: Call, person: User | None, organization: Organization | None, *, by: User) -> None:
    """Say who it was. A call of a ticket stays with the ticket's customer."""
    _lock(call)
    home = person.organization if person else organization
    if call.ticket_id and (home is None or home.pk != call.organization_id):
        raise Conflict(_("The call is an entry of a ticket already and stays with its customer."))
    call.person, call.organization = person, home
    call.save(update_fields=["person", "organization"])
    record(call, "call.caller-named", by=by, internal=True, person=person.pk if person else None)


@transaction.atomic
def put_into(call: Call, ticket: Ticket, *, by: User, at: datetime | None = None) -> None:
    """Make the call an entry of this ticket, once. Both sides' history says that it took place."""
    _lock(call)
    if call.ticket_id == ticket.pk:
        return
    if call.ticket:
        taken = _("The call is an entry of ticket № %(number)s already.")
        raise Conflict(taken % {"number": call.ticket.number})
    if call.person and call.person.organization_id != ticket.organization_id:
        raise Refused(_("This ticket is of another customer than the caller."), field="number")
    call.ticket, call.organization, call.agent = ticket, ticket.organization, call.agent or by
    call.save(update_fields=["ticket", "organization", "agent"])
    talked = call.answered_at is not None
    write_down(ticket, Talk(call=call.pk, direction=call.direction, talked=talked), by=by, at=at)
    record(call, "call.put-into-ticket", by=by, at=at, internal=True, ticket=ticket.number)


@transaction.atomic
def note(call: Call, text: str, recording: str, *, by: User) -> None:
    """What was said, for the desk alone, and where its recording lies."""
    _lock(call)
    call.note, call.recording = clean(text), web_address(recording)
    call.save(update_fields=["note", "recording"])
    record(call, "call.noted", by=by, internal=True)
    if call.ticket:
        look_at(call.ticket)


@transaction.atomic
def settle(call: Call, *, by: User) -> None:
    """Nobody has to call back any more."""
    _lock(call)
    if not call.awaits_callback:
        raise Conflict(_("Nobody has to call back here any more."))
    call.settled_at, call.settled_by = timezone.now(), by
    call.save(update_fields=["settled_at", "settled_by"])
    record(call, "call.settled", by=by, internal=True)


@transaction.atomic
def dismiss(call: Call, *, by: User) -> None:
    """Not now: the call leaves this person's screen and stays on the others'."""
    Ring.objects.update_or_create(call=call, agent=by, defaults={"dismissed_at": timezone.now()})
    record(call, "call.dismissed", by=by, internal=True)


def web_address(text: str) -> str:
    """The address of a recording: http or https, or nothing; anything else is no link we would show."""
    address = clean(text)
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(sign.isspace() for sign in address):
        raise Refused(_("The address of a recording begins with https:// or http://."), field="recording")
    return f"{parts.scheme}{address[len(parts.scheme) :]}"


def _lock(call: Call) -> None:
    call.refresh_from_db(from_queryset=Call.objects.select_for_update())
