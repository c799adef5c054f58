"""Contracts: written down, corrected, prolonged. History keeps what stood before."""

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.contracts.actions.contents import FACTS as CONTENTS
from asmo_support.contracts.actions.contents import licences_of, norms_of, scope_of, write_contents
from asmo_support.contracts.models import Contract, ContractKind
from asmo_support.contracts.sentences import sentence
from asmo_support.journal.models import Event
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import Organization, User
from asmo_support.sla.models import RegulationVersion

FACTS = ("number", "kind", "starts_on", "ends_on", "place", "cost", "regulation", "calendar", "budget_minutes",
         "rounding_minutes", "note")  # fmt: skip


@transaction.atomic
def add_contract(organization: Organization, facts: Mapping[str, Any], *, by: User) -> Contract:
    """Write down a contract; from its first day on the customer's tickets are shown as covered.

    A licence agreement without an end gives a year of support (regulation, item 3).
    """
    contract = Contract(organization=organization)
    _apply(contract, facts)
    if contract.kind == ContractKind.LICENCE and contract.ends_on is None:
        contract.ends_on = year_from(contract.starts_on)
    _check(contract)
    contract.save(force_insert=True)
    write_contents(contract, {name: facts[name] for name in CONTENTS if name in facts})
    record(contract, "contract.added", by=by, internal=True, number=contract.number)
    return contract


@transaction.atomic
def change_contract(contract: Contract, facts: Mapping[str, Any], *, by: User, seen: str = "") -> None:
    """Correct a contract or prolong it. What was registered under it keeps its norms until it is sorted anew.

    `seen` is the mark of what the form showed: what somebody else has written since is not overwritten unseen.
    """
    contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(no_key=True))
    if seen and seen != mark_of(contract):
        raise Conflict(_meanwhile(contract))
    changed = _apply(contract, facts)
    _check(contract)
    fields = list(changed)
    if "ends_on" in changed:
        # Another end is reminded of anew.
        contract.reminded_days = None
        fields.append("reminded_days")
    changed |= write_contents(contract, {name: facts[name] for name in CONTENTS if name in facts})
    if fields:
        contract.save(update_fields=fields)
    if changed:
        record(contract, "contract.changed", by=by, internal=True, changes=changed)


def mark_of(contract: Contract) -> str:
    """Changes with whatever the form shows."""
    facts = [_plain(getattr(contract, name)) for name in FACTS]
    facts += [one.words for one in scope_of(contract)]
    facts += [one.words for one in licences_of(contract)]
    facts += [one.words for one in norms_of(contract)]
    return sha256("\0".join(facts).encode()).hexdigest()[:16]


def _meanwhile(contract: Contract) -> str:
    last = (
        Event.objects.filter(thing=contract.journal_name, thing_id=contract.pk)
        .select_related("by")
        .order_by("-id")
        .first()
    )
    return _("The contract was changed while you wrote. %(name)s: %(what)s. Compare and save again.") % {
        "name": last.by.name if last and last.by else _("Somebody"),
        "what": sentence(last) if last else _("changed the contract meanwhile"),
    }


def year_from(day: date) -> date:
    """The last day of the year that begins on this day."""
    following = day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)
    return following - timedelta(days=1)


def _apply(contract: Contract, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    changed = {}
    for name in FACTS:
        if name not in facts:
            continue
        value = clean(facts[name]) if isinstance(facts[name], str) else facts[name]
        if getattr(contract, name) != value:
            changed[name] = [_plain(getattr(contract, name)), _plain(value)]
            setattr(contract, name, value)
    return changed


def _plain(value: Any) -> str:
    return str(getattr(value, "name", "") if hasattr(value, "pk") else "" if value is None else value)


def _check(contract: Contract) -> None:
    if contract.ends_on and contract.ends_on < contract.starts_on:
        raise Refused(_("The contract ends before it starts."), field="ends_on")
    if contract.cost is not None and contract.cost < 0:
        raise Refused(_("The cost is not negative."), field="cost")
    if contract.budget_minutes is not None and contract.budget_minutes < 0:
        raise Refused(_("A budget is not negative."), field="budget_minutes")
    if contract.rounding_minutes < 1:
        raise Refused(_("Work is rounded to a minute or more."), field="rounding_minutes")
    twins = Contract.objects.filter(organization=contract.organization_id, number=contract.number)
    if twins.exclude(pk=contract.pk).exists():
        raise Refused(_("This customer has a contract with this number already."), field="number")
    _check_regulation(contract)


def _check_regulation(contract: Contract) -> None:
    """A regulation that is not in force promises nothing: tickets under such a contract could not be counted."""
    if contract.regulation_id is None:
        return
    day = max(contract.starts_on, timezone.localdate())
    if not RegulationVersion.objects.in_force(day).filter(regulation=contract.regulation_id).exists():
        words = _("This regulation is not in force on %(day)s: publish it first.")
        raise Refused(words % {"day": date_format(day, "DATE_FORMAT")}, field="regulation")
