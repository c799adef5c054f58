"""What stands at the demo's customers: at different versions, one of them past its day."""

from collections.abc import Mapping
from datetime import date, timedelta

from asmo_support.catalog.models import Module, Product, Version
from asmo_support.contracts.actions.installing import add_installation
from asmo_support.people.models import User

# Days from today: released, supported until.
VERSIONS = {
    "ecology": {"8.2": (-700, -40), "8.3": (-420, 240), "8.4": (-90, 600)},
    "staff": {"5.1": (-380, 300), "5.2": (-60, 640)},
    "stock": {"3.6": (-300, 360)},
    "platform": {"12.0": (-500, 120), "12.1": (-120, 480)},
}
# Who is asked about it, the product, its version, modules, what people call it, where it stands, since how many days.
STANDING = (
    ("coordinator", "ecology", "8.3", ("air", "waste", "fees"), "Рабочая", "Пермь, сервер АСУ-2", -400),
    ("coordinator", "ecology", "8.4", ("air", "waste"), "Тестовая", "Пермь, виртуальная машина", -80),
    ("coordinator", "staff", "5.1", ("timesheet", "cards", "leave"), "Рабочая", "Пермь, сервер АСУ-2", -350),
    ("danilov", "staff", "5.2", ("timesheet", "cards"), "Рабочая", "Красноярск, ЦОД «Енисей»", -50),
    ("yakovleva", "ecology", "8.2", ("air", "water"), "Рабочая", "Норильск, серверная фабрики", -380),
    ("petrenko", "platform", "12.1", ("forms", "queries", "reports"), "Рабочая", "Лысьва, водозабор № 1", -100),
    ("sokolova", "stock", "3.6", ("balance", "moves"), "Рабочая", "Ноутбук в офисе", -70),
)


def settle(people: Mapping[str, User], today: date) -> None:
    """Release the versions and write the installations down in the name of the release manager."""
    products = {one.code: one for one in Product.objects.all()}
    versions = {(code, name): _version(products[code], name, days, today)
                for code, named in VERSIONS.items() for name, days in named.items()}  # fmt: skip
    for key, code, version, parts, name, place, since in STANDING:
        facts = {
            "name": name, "product": products[code], "version": versions[code, version], "place": place,
            "modules": list(Module.objects.filter(product=products[code], code__in=parts)),
            "contacts": [people[key]], "since": today + timedelta(days=since),
        }  # fmt: skip
        organization = people[key].organization
        assert organization is not None  # noqa: S101 - the cast above
        add_installation(organization, facts, by=people["release"])


def _version(product: Product, name: str, days: tuple[int, int], today: date) -> Version:
    released, until = (today + timedelta(days=one) for one in days)
    row = Version(product=product, name=name, released_on=released, supported_until=until)
    row.save(force_insert=True)
    return row
