"""Calls of the demo that nobody has called back yet, and a promise to call."""

from datetime import timedelta

from asmo_support.channels.models import Call
from asmo_support.channels.phone.callbacks import Plan, plan
from asmo_support.channels.phone.keeping import Spoken, add_call
from asmo_support.config.demo.playing import Stage
from asmo_support.tickets.models import Ticket

NOBODY = "+7 495 120-33-10"


def ring(stage: Stage) -> None:
    """One known and one unknown caller whom nobody answered; the head of a laboratory waits for a call."""
    operator, known = stage.people["operator"], stage.people["danilov"]
    for ago, typed, person in ((2.4, known.phone, known), (0.7, NOBODY, None)):
        said = Spoken(direction=Call.Direction.IN, typed=typed, talked=False, person=person)
        add_call(said, by=operator, at=stage.when(ago))
    waits = stage.people["nazarova"]
    ticket = Ticket.objects.open().filter(requester=waits).latest("registered_at")
    promise = Plan(
        due_at=stage.now + timedelta(hours=1), typed=waits.phone, agent=stage.people["lead"], ticket=ticket,
        person=waits, about="Сказать, работает ли модуль «Вода» после выдачи прав",
    )  # fmt: skip
    plan(promise, by=operator)
