"""Letters of the world: one that waits for a person, those the ticket wrote, one with a secret, and a mailbox."""

from typing import TYPE_CHECKING

from django.utils import timezone

from asmo_support.channels import inbox, outbox, setup
from asmo_support.channels.models import Arrival, BadAddress, BlockedSender, Delivery
from asmo_support.journal import errands
from asmo_support.tickets.states import State
from tests.matrix.ownership import COLLEAGUES, FOREIGN, INTERNAL, OWN, SECRET

if TYPE_CHECKING:
    from tests.matrix.world import World

RAW = (
    b"From: contact@matrix.example\r\nTo: support@matrix.example\r\nMessage-ID: <held@matrix.example>\r\n"
    b"Subject: Held\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPrints an empty page.\r\n"
)


def write(world: "World") -> None:
    """Let everything be told that was done, and put a letter of each kind where the pages look."""
    while errands.drain():
        pass
    for owner in (OWN, COLLEAGUES, FOREIGN):
        number = world.ticket(owner, State.IN_WORK).pk
        world.letters[owner] = Delivery.objects.filter(ticket=number, internal=False)[0].pk
    own = world.ticket(OWN, State.IN_WORK).pk
    world.letters[INTERNAL] = Delivery.objects.filter(ticket=own, internal=True)[0].pk
    draft = outbox.Draft(
        address="lead@matrix.example", kind="account", subject="Link", text="https://desk/one-time-link", secret=True
    )
    secret = outbox.post(draft)
    if secret is None:
        raise AssertionError("The letter with a secret was not written")
    world.letters[SECRET] = secret.pk
    Delivery.objects.update(state=Delivery.State.KEPT)
    arrival = inbox.keep(inbox.Incoming(raw=RAW, received_at=timezone.now()))
    Arrival.objects.filter(pk=arrival.pk).update(
        state=Arrival.State.HELD, reason="unknown-sender", sender="who@nowhere.example"
    )
    world.arrival = arrival.pk
    unread = inbox.keep(inbox.Incoming(raw=RAW + b"\r\n", received_at=timezone.now()))
    Arrival.objects.filter(pk=unread.pk).update(state=Arrival.State.QUARANTINED, reason="crashed")
    Delivery.objects.filter(pk=world.letters[COLLEAGUES]).update(state=Delivery.State.FAILED, answer="451 Later")
    world.bad = BadAddress.objects.create(address="gone@shop.example").pk
    world.blocked = BlockedSender.objects.create(address="spam@shop.example", by=world.users["operator"]).pk
    # Nobody listens there: asking the server fails at once.
    account = setup.Account(host="127.0.0.1", port=9, security="none", user="support", password="zx-swordfish-7715")
    world.mailbox = setup.save_mailbox(account, by=None, address="support@matrix.example").pk
    setup.save_smtp(account, by=None, from_address="support@matrix.example")
    world.secrets.add("zx-swordfish-7715")
