"""Calls of the world: a missed one of each customer, a promise to call each back, an exchange."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from asmo_support.channels.phone import callbacks, exchanges, keeping
from tests.matrix.ownership import CANARIES, FOREIGN, OWN

if TYPE_CHECKING:
    from tests.matrix.world import World


def write(world: "World") -> None:
    operator = world.users["operator"]
    for owner, name in ((OWN, "contact"), (FOREIGN, "stranger")):
        said = keeping.Spoken(
            direction="in", typed="8 342 200-10-41", talked=False, note=f"Перезвонить {CANARIES[owner]}",
            person=world.users[name],
        )  # fmt: skip
        call = keeping.add_call(said, by=operator)
        world.calls[owner] = call.pk
        plan = callbacks.Plan(
            due_at=timezone.now() + timedelta(hours=1), typed=call.typed, about=f"Печать {CANARIES[owner]}", call=call,
            person=call.person,
        )  # fmt: skip
        world.callbacks[owner] = callbacks.plan(plan, by=operator).pk
    exchange, token = exchanges.add_exchange("Asterisk", by=world.users["admin"])
    world.exchange = exchange.pk
    world.secrets |= {token, exchange.digest}
