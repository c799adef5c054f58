"""Services, products and modules: added, renamed, retired, brought back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from asmo_support.catalog.models import Module
from asmo_support.catalog.queries import KINDS, Entry
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User

FACTS = ("code", "name", "product", "retired")


@dataclass(frozen=True, slots=True)
class Noted:
    """How the journal names an entry of the catalogue, which belongs to no customer."""

    pk: int
    journal_name: str
    journal_organization: int | None = None


@transaction.atomic
def add_entry(kind: str, facts: Mapping[str, Any], *, by: User) -> Entry:
    """A new entry; it is offered at registration from now on."""
    row = KINDS[kind]()
    _apply(row, facts)
    _check(kind, row)
    row.save(force_insert=True)
    record(Noted(row.pk, kind), "catalog.added", by=by, internal=True, name=row.name, code=row.code)
    return row


@transaction.atomic
def change_entry(kind: str, row: Entry, facts: Mapping[str, Any], *, by: User) -> None:
    """Rename, retire or bring back. What is retired stays with old tickets and is no longer offered."""
    changed = _apply(row, facts)
    _check(kind, row)
    if changed:
        row.save(update_fields=list(changed))
        record(Noted(row.pk, kind), "catalog.changed", by=by, internal=True, changes=changed)


def _apply(row: Entry, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    changed = {}
    for name in FACTS:
        if name not in facts or (name == "product" and not isinstance(row, Module)):
            continue
        value = clean(facts[name]) if isinstance(facts[name], str) else facts[name]
        before = getattr(row, name, None) if name != "product" or getattr(row, "product_id", None) else None
        if before != value:
            changed[name] = [str(getattr(before, "name", before)), str(getattr(value, "name", value))]
            setattr(row, name, value)
    return changed


def _check(kind: str, row: Entry) -> None:
    if not row.name or not row.code:
        raise Refused(_("An entry needs a name and a code."), field="name")
    if isinstance(row, Module):
        twin = Module.objects.filter(code=row.code, product=row.product_id).exclude(pk=row.pk).exists()
    else:
        twin = KINDS[kind].objects.filter(code=row.code).exclude(pk=row.pk).exists()
    if twin:
        raise Refused(_("This code is taken."), field="code")
