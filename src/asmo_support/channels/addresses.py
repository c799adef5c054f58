"""Addresses our letters do not reach: marked when a letter comes back, cleared by a person."""

from django.db import transaction
from django.utils import timezone

from asmo_support.channels.email import undelivered
from asmo_support.channels.models import BadAddress, Delivery
from asmo_support.journal.recording import record
from asmo_support.people.models import User


def mark(delivery: Delivery) -> None:
    """Remember the address of a letter that came back, or that the server refused because nobody is there."""
    said = undelivered.report(delivery.address, "failed", "", delivery.answer)
    if delivery.state != Delivery.State.BOUNCED and not said.hard:
        return
    address = delivery.address.lower()
    facts = {"answer": delivery.answer, "delivery": delivery}
    bad, made = BadAddress.objects.update_or_create(
        address=address, defaults=facts, create_defaults={**facts, "since": timezone.now()}
    )
    if made:
        record(bad, "bad-address.marked", by=None, internal=True, address=address, answer=delivery.answer[:500])


@transaction.atomic
def works_again(bad: BadAddress, *, by: User) -> None:
    """Take the mark away. Letters that did not arrive stay where they are, to be sent once more."""
    record(bad, "bad-address.cleared", by=by, internal=True, address=bad.address)
    bad.delete()
