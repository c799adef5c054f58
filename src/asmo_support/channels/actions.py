"""What people do with letters that wait for them: look again, register for somebody, set aside."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.email import deciding, reading
from asmo_support.channels.email.letter import Letter
from asmo_support.channels.email.receive import BECAME, READ, describe
from asmo_support.channels.inbox import call_worker, raw_of
from asmo_support.channels.models import Arrival, Delivery
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused, Unreadable
from asmo_support.people.models import User
from asmo_support.tickets.access import may_reply
from asmo_support.tickets.models import Ticket


@transaction.atomic
def retry(arrival: Arrival, *, by: User) -> None:
    """Let the worker look at a held or unreadable letter once more, as if it had just come."""
    _lock(arrival)
    arrival.state, arrival.reason, arrival.detail, arrival.attempts = Arrival.State.STORED, "", "", 0
    arrival.due_at, arrival.decided_by = timezone.now(), by
    arrival.save(update_fields=["state", "reason", "detail", "attempts", "due_at", "decided_by"])
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
def join_held(arrival: Arrival, ticket: Ticket, *, by: User) -> None:
    """Make a held letter an entry of this ticket, in the name of the person whose address it came from."""
    _lock(arrival)
    letter = _read(arrival)
    person = arrival.person
    if person is None or not (person.is_staff or ticket.organization_id in person.organization_ids):
        raise Refused(
            _("The sender is not one of the people of this ticket; register the letter for somebody instead.")
        )
    if verdict := may_reply(person, ticket):
        ticket.refresh_from_db(from_queryset=Ticket.objects.select_for_update())
        deciding.join(arrival, letter, ticket, person)
    else:
        raise Refused(verdict.reason)
    arrival.decided_by = by
    arrival.save(update_fields=[*READ, *BECAME])
    record(arrival, "arrival.joined", by=by, internal=True, ticket=ticket.number)


@transaction.atomic
def ignore(arrival: Arrival, *, by: User) -> None:
    """Set a letter aside. It stays in the list; nobody is answered."""
    _lock(arrival)
    arrival.state, arrival.decided_by, arrival.done_at = Arrival.State.IGNORED, by, timezone.now()
    arrival.save(update_fields=["state", "decided_by", "done_at"])
    record(arrival, "arrival.ignored", by=by, internal=True)


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> None:
    """Send a letter that did not arrive once more, under the same Message-ID."""
    delivery.refresh_from_db(from_queryset=Delivery.objects.select_for_update())
    if delivery.state not in {Delivery.State.FAILED, Delivery.State.BOUNCED, Delivery.State.KEPT}:
        raise Conflict(_("This letter is on its way or has been sent."))
    delivery.state, delivery.attempts, delivery.due_at = Delivery.State.QUEUED, 0, timezone.now()
    delivery.save(update_fields=["state", "attempts", "due_at"])
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
    if not (arrival.is_waiting_for_a_person or arrival.state == Arrival.State.IGNORED):
        raise Conflict(_("Somebody has dealt with this letter already."))
