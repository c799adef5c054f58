"""What stands at the demo's customers: at different versions, one of them past its day."""

from collections.abc import Mapping
from datetime import date, timedelta

from asmo_support.catalog.models import Module, Product, Version
from asmo_support.contracts.actions.installing import add_installation
from asmo_support.people.models import User

# Older than what the catalogue offers, and past its day.
OLD = ("6.8", -900, -40)
# Who is asked about it, the product, how many versions behind, modules, what it is called, where, since how many days.
STANDING = (
    ("coordinator", "ecology", 1, ("air", "waste", "fees"), "Рабочая", "Пермь, сервер АСУ-2", -400),
    ("coordinator", "ecology", 0, ("air", "waste"), "Тестовая", "Пермь, виртуальная машина", -80),
    ("coordinator", "staff", 0, ("timesheet", "cards", "leave"), "Рабочая", "Пермь, сервер АСУ-2", -350),
    ("danilov", "staff", 0, ("timesheet", "cards"), "Рабочая", "Красноярск, ЦОД «Енисей»", -50),
    ("yakovleva", "ecology", 2, ("air", "water"), "Рабочая", "Норильск, серверная фабрики", -380),
    ("petrenko", "platform", 0, ("forms", "queries", "reports"), "Рабочая", "Лысьва, водозабор № 1", -100),
    ("sokolova", "stock", 0, ("balance", "moves"), "Рабочая", "Ноутбук в офисе", -70),
)


def settle(people: Mapping[str, User], today: date) -> None:
    """Write the installations down in the name of the release manager."""
    products = {one.code: one for one in Product.objects.all()}
    name, released, until = OLD
    Version(product=products["ecology"], name=name, released_on=today + timedelta(days=released),
            supported_until=today + timedelta(days=until)).save(force_insert=True)  # fmt: skip
    for key, code, behind, parts, title, place, since in STANDING:
        facts = {
            "name": title, "product": products[code], "place": place,
            "version": Version.objects.filter(product=products[code]).order_by("-released_on")[behind],
            "modules": list(Module.objects.filter(product=products[code], code__in=parts)),
            "contacts": [people[key]], "since": today + timedelta(days=since),
        }  # fmt: skip
        organization = people[key].organization
        assert organization is not None  # noqa: S101 - the cast above
        add_installation(organization, facts, by=people["release"])
