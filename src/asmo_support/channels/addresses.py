"""Addresses our letters do not reach: marked when a letter comes back, cleared by a person or by a letter from it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from asmo_support.channels.email import undelivered
from asmo_support.channels.models import Arrival, BadAddress, Delivery
from asmo_support.journal.recording import record
from asmo_support.people.models import User


def mark(delivery: Delivery) -> None:
    """Remember the address of a letter that came back, or that the server refused because nobody is there."""
    if delivery.state not in {Delivery.State.FAILED, Delivery.State.BOUNCED}:
        return
    said = undelivered.report(delivery.address, "failed", "", delivery.answer)
    if delivery.state != Delivery.State.BOUNCED and not said.hard:
        return
    address = delivery.address.lower()
    facts: dict[str, Any] = {"answer": delivery.answer, "delivery": delivery}
    if said.hard:
        facts["hard"] = True
    bad, made = BadAddress.objects.update_or_create(
        address=address, defaults=facts, create_defaults={**facts, "since": timezone.now()}
    )
    if made:
        record(bad, "bad-address.marked", by=None, internal=True, address=address, answer=delivery.answer[:500])


def stops(delivery: Delivery) -> BadAddress | None:
    """What keeps a letter from being sent: nobody is at its address, by the word of a mail server. A letter somebody
    sends by hand goes all the same, and so does one with a key: its reader asked for it just now and can do nothing
    else to come in. An address that wrote to us since has somebody at it again.
    """
    if delivery.insisted or delivery.secret:
        return None
    bad = BadAddress.objects.filter(address=delivery.address.lower(), hard=True).first()
    if bad and _wrote_since(bad):
        works_again(bad, by=None)
        return None
    return bad


def _wrote_since(bad: BadAddress) -> bool:
    taken = [Arrival.Decision.NEW, Arrival.Decision.CLAIMS, Arrival.Decision.REPLY]
    return Arrival.objects.filter(sender=bad.address, stored_at__gt=bad.since, decision__in=taken).exists()


@transaction.atomic
def works_again(bad: BadAddress, *, by: User | None) -> None:
    """Take the mark away. Letters that did not arrive stay where they are, to be sent once more."""
    record(bad, "bad-address.cleared", by=by, internal=True, address=bad.address)
    bad.delete()
