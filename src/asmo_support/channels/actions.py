"""What people do with letters that wait for them: look again, register for somebody, set aside."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.email import deciding, reading
from asmo_support.channels.email.letter import Letter
from asmo_support.channels.email.receive import BECAME, READ, describe
from asmo_support.channels.inbox import call_worker, raw_of
from asmo_support.channels.models import Arrival, BlockedSender, Delivery
from asmo_support.channels.queries import WAITING
from asmo_support.channels.reasons import UNSURE_OF_SENDER
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused, Unreadable
from asmo_support.people.models import User, canonical_email
from asmo_support.tickets.access import may_reply
from asmo_support.tickets.actions import conversation
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Channel


@transaction.atomic
def retry(arrival: Arrival, *, by: User) -> None:
    """Let the worker look at a held or unreadable letter once more, as if it had just come."""
    _lock(arrival)
    arrival.state, arrival.reason, arrival.detail, arrival.attempts = Arrival.State.STORED, "", "", 0
    arrival.due_at, arrival.decided_by = timezone.now(), by
    arrival.decision, arrival.ticket = "", None
    arrival.save(update_fields=["state", "decision", "reason", "detail", "ticket", "attempts", "due_at", "decided_by"])
    record(arrival, "arrival.retried", by=by, internal=True)
    call_worker()


@transaction.atomic
def register_held(arrival: Arrival, requester: User, *, by: User) -> Ticket:
    """Register a held letter as a ticket of this person, who gets the usual letter about it."""
    _lock(arrival)
    if requester.is_staff or not requester.is_active:
        raise Refused(_("A ticket is registered for a customer’s person."), field="requester")
    letter = _read(arrival)
    arrival.person, arrival.decided_by, arrival.may_answer = requester, by, not letter.is_machine
    ticket = deciding.register(arrival, letter, requester, by=by)
    arrival.save(update_fields=[*READ, *BECAME])
    record(arrival, "arrival.registered", by=by, internal=True, ticket=ticket.number)
    return ticket


@transaction.atomic
def join_held(arrival: Arrival, ticket: Ticket, *, by: User, person: User | None = None) -> None:
    """Make a held letter an entry of this ticket: in the name of whose address it came from, or of `person`.

    A name that somebody chose is told to the desk in a note. Words are only words here: nothing is decided by them.
    """
    _lock(arrival)
    letter = _read(arrival)
    speaker = person or arrival.person
    if speaker is None or not (speaker.is_staff or ticket.organization_id in speaker.organization_ids):
        raise Refused(_("The sender is not one of the people of this ticket: say in whose name."), field="person")
    verdict = may_reply(speaker, ticket)
    if not verdict:
        raise Refused(verdict.reason)
    ticket.refresh_from_db(from_queryset=Ticket.objects.select_for_update())
    deciding.join(arrival, letter, ticket, speaker)
    if speaker != arrival.person:
        words = _("The letter came from %(address)s; it was joined in the name of %(name)s.")
        told = words % {"address": arrival.sender or "?", "name": speaker.name}
        conversation.note(ticket, Words(text=told, channel=Channel.EMAIL), by=by)
    arrival.decided_by = by
    arrival.save(update_fields=[*READ, *BECAME])
    record(arrival, "arrival.joined", by=by, internal=True, ticket=ticket.number)


@transaction.atomic
def ignore(arrival: Arrival, *, by: User, spam: bool = False) -> None:
    """Set a letter aside. It stays in the list; nobody is answered."""
    _lock(arrival)
    arrival.state, arrival.decided_by, arrival.done_at = Arrival.State.IGNORED, by, timezone.now()
    arrival.reason = "spam" if spam else arrival.reason
    arrival.save(update_fields=["state", "decided_by", "done_at", "reason"])
    record(arrival, "arrival.ignored", by=by, internal=True, spam=spam)


@transaction.atomic
def block(arrival: Arrival, *, by: User) -> None:
    """Set this letter and every other doubtful one of its sender aside, those to come as well."""
    _lock(arrival)
    address = arrival.sender
    if not address or arrival.reason in UNSURE_OF_SENDER:
        raise Refused(_("It cannot be read for certain whose letter this is: there is nobody to block."))
    if User.objects.filter(email=canonical_email(address), is_active=True).exists():
        raise Refused(_("This is the address of a person we know. Close the person’s access instead."))
    BlockedSender.objects.get_or_create(address=address, defaults={"by": by, "arrival": arrival})
    others = Arrival.objects.filter(sender=address, state__in=WAITING)
    others.update(state=Arrival.State.IGNORED, reason="blocked", decided_by=by, done_at=timezone.now())
    record(arrival, "arrival.sender-blocked", by=by, internal=True, address=address)


@transaction.atomic
def unblock(blocked: BlockedSender, *, by: User) -> None:
    """Let doubtful letters of this sender wait for a person again. Those set aside stay aside."""
    record(blocked, "blocked-sender.removed", by=by, internal=True, address=blocked.address)
    blocked.delete()


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> None:
    """Send a letter that did not arrive once more, under the same Message-ID."""
    delivery.refresh_from_db(from_queryset=Delivery.objects.select_for_update())
    if not delivery.did_not_arrive and delivery.state != Delivery.State.KEPT:
        raise Conflict(_("This letter is on its way or has been sent."))
    delivery.state, delivery.attempts, delivery.due_at = Delivery.State.QUEUED, 0, timezone.now()
    delivery.settled_at, delivery.untold, delivery.insisted = None, 0, True
    delivery.save(update_fields=["state", "attempts", "due_at", "settled_at", "untold", "insisted"])
    record(delivery, "delivery.sent-again", by=by, internal=True, address=delivery.address)
    call_worker()


def _read(arrival: Arrival) -> Letter:
    try:
        letter = reading.read(raw_of(arrival), authserv_id=arrival.authserv_id)
    except Unreadable as problem:
        raise Refused(_("This letter cannot be read; download it and register the ticket by hand.")) from problem
    describe(arrival, letter)
    return letter


def _lock(arrival: Arrival) -> None:
    arrival.refresh_from_db(from_queryset=Arrival.objects.select_for_update())
    if not arrival.can_be_decided:
        raise Conflict(_("Somebody has dealt with this letter already."))
