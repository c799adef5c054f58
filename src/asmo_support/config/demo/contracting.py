"""What the demo's contracts say: sums, hours, products, licences, norms, documents."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from asmo_support.catalog.models import Module, Product
from asmo_support.contracts.actions.keeping import change_contract
from asmo_support.contracts.actions.papers import attach_papers
from asmo_support.contracts.content import Covered, Delivered, OwnNorm
from asmo_support.contracts.models import Contract
from asmo_support.lib.files import keep
from asmo_support.people.models import User

HOUR = 60
FACTS: dict[str, dict[str, Any]] = {
    "45-С/2026": {"cost": Decimal(1_380_000), "note": "Счёт раз в квартал, акты подписывает Третьяков."},
    "45-Р/2026": {"cost": Decimal(960_000), "budget_minutes": 40 * HOUR, "rounding_minutes": 30},
    "118-С/2025": {"cost": Decimal(640_000), "budget_minutes": 20 * HOUR},
    "7-Л/2025": {"cost": Decimal(212_500)},
    "62-С/2026": {"cost": Decimal(720_000)},
    "62-Р/2026": {"cost": Decimal("1254800.50"), "budget_minutes": 24 * HOUR, "rounding_minutes": 60},
    "301-Л/2026": {"cost": Decimal(48_000)},
}
SCOPE = {
    "62-Р/2026": ("stock", "platform", "ecology/water"),
    "301-Л/2026": ("ecology/fees",),
}
LICENCES = {
    "45-С/2026": (("ecology", 25, "корпоративная", "ТЗ от 14.03.2024"), ("staff", 40, "корпоративная", "ТЗ-12/К")),
    "7-Л/2025": (("ecology", 5, "базовая", "Спецификация 7-Л"),),
    "301-Л/2026": (("ecology", 1, "базовая", "Спецификация 301-Л"),),
}
NORMS = {"45-С/2026": (OwnNorm(("bug", True, True), 60, 240),)}
PAPER = "Договор № {number}\n\nПредмет, сроки, стоимость и порядок приёмки: учебный текст демонстрации.\n"


def enrich(people: dict[str, User]) -> None:
    """Fill in what the contracts of the demo say, by the operator."""
    by = people["operator"]
    products = {one.code: one for one in Product.objects.offered()}
    modules = {f"{one.product.code}/{one.code}": one for one in Module.objects.select_related("product")}
    for contract in Contract.objects.order_by("id"):
        facts = dict(FACTS.get(contract.number, {}))
        parts = SCOPE.get(contract.number, ())
        facts["scope"] = [
            Covered(products[part]) if part in products else Covered(modules[part].product, modules[part])
            for part in parts
        ]
        facts["licences"] = [
            Delivered(products[code], n, *more) for code, n, *more in LICENCES.get(contract.number, ())
        ]
        facts["norms"] = list(NORMS.get(contract.number, ()))
        change_contract(contract, facts, by=by)
        if contract.number in LICENCES:
            _paper(contract, by)


def _paper(contract: Contract, by: User) -> None:
    name = f"Договор {contract.number.replace('/', '-')}.txt"
    text = [PAPER.format(number=contract.number).encode()]
    attach_papers(contract, [keep(text, settings.FILES_ROOT, name=name, kind="text/plain", limit=1 << 20)], by=by)
