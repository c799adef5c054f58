"""`python -m tests.proof.lay people N gone…` or `… notices N`: what a run begins with, by the product's own actions."""

import sys
import time

AGAIN = 0.2
WORDS = "Ваше обращение в работе.\n\nОтвет будет завтра до полудня."


def people(customers: int, gone: list[str]) -> None:
    """The desk, and customers with three people each; at the first one those whose addresses will be gone."""
    from asmo_support.people.actions.people import add_organization, add_person
    from asmo_support.people.models import User
    from asmo_support.people.roles import Role

    desk = {Role.ADMIN: "Игорь Белов", Role.OPERATOR: "Тимур Ахметов"}
    made = {role: add_person({"name": name, "email": f"{role}@vendor.example", "role": role}, by=None)
            for role, name in desk.items()}  # fmt: skip
    admin: User = made[Role.ADMIN]
    for n in range(customers):
        home = add_organization({"name": f"АО «Заказчик {n}»", "short_name": f"Заказчик {n}"}, by=admin)
        for name in ("a", "b", "c", *(gone if not n else ())):
            facts = {"name": f"Контакт {name}", "email": f"{name}@client{n}.example", "role": Role.CONTACT}
            add_person(facts, by=admin, organization=home)


def notices(count: int) -> None:
    """Letters that wait to be sent, twenty of a ticket. Whose deed was cut short by the database's end does it again."""
    from django.db import InterfaceError, OperationalError, connection

    from asmo_support.wall.acting import SYSTEM, acting_as

    for start in range(0, count, 20):
        is_done = False
        while not is_done:
            try:
                with acting_as(SYSTEM):
                    _post(start, min(start + 20, count))
                is_done = True
            except (InterfaceError, OperationalError):
                connection.close()
                time.sleep(AGAIN)


def _post(start: int, end: int) -> None:
    from django.db import transaction

    from asmo_support.channels.models import Delivery
    from asmo_support.channels.outbox import Draft, post
    from asmo_support.people.models import User
    from asmo_support.tickets.actions.opening import Request, register
    from asmo_support.tickets.states import Kind

    if Delivery.objects.filter(address=f"n{start}@sink.example").exists():
        return
    asks = User.objects.get(email="a@client0.example")
    with transaction.atomic():
        request = Request(subject=f"Обращение {start}", description="Не печатается.", kind=Kind.CONSULTATION)
        ticket = register(request, by=asks, requester=asks)
        for n in range(start, end):
            draft = Draft(address=f"n{n}@sink.example", kind="proof", subject=f"Письмо {n:05}", text=f"{n}\n{WORDS}")
            post(draft, ticket=ticket)


def main(what: str, count: str, *more: str) -> None:
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.wall.acting import SYSTEM, acting_as

    if what == "notices":
        notices(int(count))
        return
    with acting_as(SYSTEM):
        people(int(count), list(more))


if __name__ == "__main__":
    main(*sys.argv[1:])
