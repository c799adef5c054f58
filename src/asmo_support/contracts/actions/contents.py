"""What is written in a contract: replaced as a whole when it differs, so that a form sends what it shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from asmo_support.contracts.content import Covered, Delivered, OwnNorm
from asmo_support.contracts.models import Contract, ContractModule, ContractNorm, Licence
from asmo_support.lib.errors import Refused

FACTS = ("scope", "licences", "norms")
NUMBERS = ("reaction_minutes", "resolution_minutes", "update_minutes")


def scope_of(contract: Contract) -> list[Covered]:
    return [Covered(one.product, one.module) for one in contract.scope.select_related("product", "module")]


def licences_of(contract: Contract) -> list[Delivered]:
    rows = contract.licences.select_related("product")
    return [Delivered(one.product, one.count, one.edition, one.specification) for one in rows]


def norms_of(contract: Contract) -> list[OwnNorm]:
    return [
        OwnNorm((one.kind, one.critical, one.standard), one.reaction_minutes, one.resolution_minutes,
                planned=one.planned, update_minutes=one.update_minutes)
        for one in contract.norms.all()
    ]  # fmt: skip


def write_contents(contract: Contract, facts: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    """Replace products, licences and norms that are named; what has changed comes back in words for history."""
    changed: dict[str, list[str]] = {}
    for name, read, write in (
        ("scope", scope_of, _scope), ("licences", licences_of, _licence), ("norms", norms_of, _norm),
    ):  # fmt: skip
        if name not in facts:
            continue
        before, after = read(contract), list(facts[name])
        if sorted(one.words for one in before) == sorted(one.words for one in after):
            continue
        rows = [write(contract, one) for one in after]
        getattr(contract, name).all().delete()
        for row in rows:
            row.save(force_insert=True)
        changed[name] = [", ".join(one.words for one in before), ", ".join(one.words for one in after)]
    getattr(contract, "_prefetched_objects_cache", {}).clear()
    return changed


def _scope(contract: Contract, one: Covered) -> models.Model:
    if one.module and one.module.product_id != one.product.pk:
        raise Refused(_("This module belongs to another product."), field="scope")
    return ContractModule(
        contract=contract, organization_id=contract.organization_id, product=one.product, module=one.module
    )


def _licence(contract: Contract, one: Delivered) -> models.Model:
    if one.count < 1:
        raise Refused(_("A licence is for one workplace or more."))
    return Licence(
        contract=contract, organization_id=contract.organization_id, product=one.product, edition=one.edition,
        count=one.count, specification=one.specification,
    )  # fmt: skip


def _norm(contract: Contract, one: OwnNorm) -> models.Model:
    kind, critical, standard = one.case
    if any(minutes is not None and minutes < 0 for minutes in (getattr(one, name) for name in NUMBERS)):
        raise Refused(_("A norm is not less than nothing: 0 promises none, and empty is as in the regulation."))
    if one.planned and one.resolution_minutes is not None:
        raise Refused(_("Either a time for the resolution or a planned date, not both."))
    return ContractNorm(
        contract=contract, organization_id=contract.organization_id, kind=kind, critical=critical, standard=standard,
        planned=one.planned, **{name: getattr(one, name) for name in NUMBERS},
    )  # fmt: skip
