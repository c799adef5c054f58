"""Contracts: written down and corrected."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import Organization, User

FACTS = ("number", "kind", "starts_on", "ends_on", "place")


@transaction.atomic
def add_contract(organization: Organization, facts: Mapping[str, Any], *, by: User) -> Contract:
    """Write down a contract; from its first day on the customer's tickets are shown as covered."""
    contract = Contract(organization=organization)
    _apply(contract, facts)
    _check(contract)
    contract.save(force_insert=True)
    record(contract, "contract.added", by=by, internal=True, number=contract.number)
    return contract


@transaction.atomic
def change_contract(contract: Contract, facts: Mapping[str, Any], *, by: User) -> None:
    """Correct a contract or prolong it."""
    contract.refresh_from_db(from_queryset=Contract.objects.select_for_update())
    changed = _apply(contract, facts)
    _check(contract)
    if changed:
        contract.save(update_fields=list(changed))
        record(contract, "contract.changed", by=by, internal=True, changes=changed)


def _apply(contract: Contract, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    changed = {}
    for name in FACTS:
        if name not in facts:
            continue
        value = clean(facts[name]) if isinstance(facts[name], str) else facts[name]
        if getattr(contract, name) != value:
            changed[name] = [str(getattr(contract, name) or ""), str(value or "")]
            setattr(contract, name, value)
    return changed


def _check(contract: Contract) -> None:
    if contract.ends_on and contract.ends_on < contract.starts_on:
        raise Refused(_("The contract ends before it starts."), field="ends_on")
    twins = Contract.objects.filter(organization=contract.organization_id, number=contract.number)
    if twins.exclude(pk=contract.pk).exists():
        raise Refused(_("This customer has a contract with this number already."), field="number")
