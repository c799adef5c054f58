"""Letters about a ticket and their fate."""

from datetime import timedelta

from asmo_support.channels.models import Delivery
from tests.cast import NOW, ticket_of


def letter(ticket, recipient, number, **more):
    return Delivery.objects.create(
        organization=recipient.organization or ticket.organization, ticket=ticket, kind="ticket.registered",
        recipient=recipient, address=recipient.email, subject="Обращение зарегистрировано", text="Приняли.",
        message_id=f"{number}@test.example", created_at=NOW, **more,
    )  # fmt: skip


def test_each_side_sees_the_letters_it_may_see(cast, customer, agent):
    ticket = ticket_of(cast.customer)
    letter(ticket, cast.customer, 1, state="sent", sent_at=NOW + timedelta(minutes=1), answer="250 OK")
    letter(ticket, cast.agent, 2, internal=True)
    letter(ticket_of(cast.colleague), cast.colleague, 3)
    sides = [who.get(f"tickets/{ticket.number}/notifications").json()["items"] for who in (agent, customer)]

    told = {
        "to": "customer@test.example", "kind": "ticket.registered", "subject": "Обращение зарегистрировано",
        "state": "sent", "answer": "250 OK", "at": "2026-11-17T10:00:00+03:00", "sent_at": "2026-11-17T10:01:00+03:00",
    }  # fmt: skip
    assert [[one["to"] for one in side] for side in sides] == [
        [cast.customer.email, cast.agent.email],
        [cast.customer.email],
    ]
    assert {name: value for name, value in sides[1][0].items() if name != "id"} == told
