"""Services, products, modules, versions, request types: added, rewritten, retired, brought back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from asmo_support.catalog.models import Module, RequestType, Version
from asmo_support.catalog.queries import KINDS, Entry
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.sla import norms

FACTS: Mapping[str, tuple[str, ...]] = {
    "services": ("code", "name", "retired"),
    "products": ("code", "name", "retired"),
    "modules": ("code", "name", "product", "retired"),
    "versions": ("name", "product", "released_on", "supported_until", "retired"),
    "types": ("code", "name", "hint", "kind", "service", "product", "standard", "retired"),
}
LINKS = frozenset({"product", "service"})


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
    _apply(kind, row, facts)
    _check(kind, row)
    row.save(force_insert=True)
    record(Noted(row.pk, kind), "catalog.added", by=by, internal=True, name=row.name, code=getattr(row, "code", ""))
    return row


@transaction.atomic
def change_entry(kind: str, row: Entry, facts: Mapping[str, Any], *, by: User) -> None:
    """Rename, retire or bring back. What is retired stays with old tickets and is no longer offered."""
    changed = _apply(kind, row, facts)
    _check(kind, row)
    if changed:
        row.save(update_fields=list(changed))
        record(Noted(row.pk, kind), "catalog.changed", by=by, internal=True, changes=changed)


def _apply(kind: str, row: Entry, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    changed = {}
    for name in FACTS[kind]:
        if name not in facts:
            continue
        value = clean(facts[name]) if isinstance(facts[name], str) else facts[name]
        known = name not in LINKS or getattr(row, f"{name}_id", None)
        before = getattr(row, name, None) if known else None
        if before != value:
            changed[name] = [str(getattr(before, "name", before)), str(getattr(value, "name", value))]
            setattr(row, name, value)
    return changed


def _check(kind: str, row: Entry) -> None:
    if not row.name or not getattr(row, "code", row.name):
        raise Refused(_("An entry needs a name and a code."), field="name")
    if isinstance(row, Version):
        _check_version(row)
        return
    if isinstance(row, RequestType) and row.kind not in norms.KINDS:
        raise Refused(_("Choose what kind of ticket it makes."), field="kind")
    if isinstance(row, Module):
        twin = Module.objects.filter(code=row.code, product=row.product_id).exclude(pk=row.pk).exists()
    else:
        twin = KINDS[kind]._default_manager.filter(code=row.code).exclude(pk=row.pk).exists()  # noqa: SLF001
    if twin:
        raise Refused(_("This code is taken."), field="code")


def _check_version(row: Version) -> None:
    if Version.objects.filter(name=row.name, product=row.product_id).exclude(pk=row.pk).exists():
        raise Refused(_("This product has such a version already."), field="name")
    if row.released_on and row.supported_until and row.supported_until < row.released_on:
        raise Refused(_("Support ends before the release."), field="supported_until")
