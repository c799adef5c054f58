"""What stands at a customer: written down, kept true, retired."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from asmo_support.catalog.models import Module
from asmo_support.contracts.models import Installation, InstallationContact, InstallationModule
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import Organization, User

FACTS = ("name", "product", "version", "place", "phones", "since", "retired_on", "note")


@transaction.atomic
def add_installation(organization: Organization, facts: Mapping[str, Any], *, by: User) -> Installation:
    """Write down what stands at a customer; its coordinators see it from now on."""
    made = Installation(organization=organization)
    _apply(made, facts)
    _check(made, facts)
    made.save(force_insert=True)
    _list(made, facts)
    version = made.version.name if made.version else ""
    record(made, "installation.added", by=by, name=made.name, product=made.product.name, version=version)
    return made


@transaction.atomic
def change_installation(installation: Installation, facts: Mapping[str, Any], *, by: User) -> None:
    """Another version, place, modules or contacts; or the day since which it is out of use."""
    installation.refresh_from_db(from_queryset=Installation.objects.select_for_update())
    changed = _apply(installation, facts)
    _check(installation, facts)
    if changed:
        installation.save(update_fields=list(changed))
    changed |= _list(installation, facts)
    if changed:
        record(installation, "installation.changed", by=by, changes=changed)


def _apply(installation: Installation, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    changed = {}
    for name in FACTS:
        if name not in facts:
            continue
        value = clean(facts[name]) if isinstance(facts[name], str) else facts[name]
        before = getattr(installation, name) if installation.pk or name not in {"product", "version"} else None
        if before != value:
            changed[name] = [_plain(before), _plain(value)]
            setattr(installation, name, value)
    return changed


def _check(installation: Installation, facts: Mapping[str, Any]) -> None:
    if not installation.name:
        raise Refused(_("Give it a name: working, test, training."), field="name")
    if installation.version and installation.version.product_id != installation.product_id:
        raise Refused(_("This version is of another product."), field="version")
    modules: Sequence[Module] = facts.get("modules", ())
    if strange := next((one for one in modules if one.product_id != installation.product_id), None):
        words = _("The module “%(name)s” is of another product.")
        raise Refused(words % {"name": strange.name}, field="modules")
    people: Sequence[User] = facts.get("contacts", ())
    if any(one.organization_id != installation.organization_id for one in people):
        raise Refused(_("Contacts are people of this customer."), field="contacts")
    if installation.since and installation.retired_on and installation.retired_on < installation.since:
        raise Refused(_("It cannot be retired before it stands."), field="retired_on")


def _list(installation: Installation, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    changed = {}
    own = {"installation": installation, "organization_id": installation.organization_id}
    if "modules" in facts:
        rows = InstallationModule.objects.filter(installation=installation)
        before, after = list(rows.values_list("module__name", flat=True)), [one.name for one in facts["modules"]]
        if sorted(before) != sorted(after):
            rows.delete()
            InstallationModule.objects.bulk_create([InstallationModule(module=one, **own) for one in facts["modules"]])
            changed["modules"] = [", ".join(before), ", ".join(after)]
    if "contacts" in facts:
        people = InstallationContact.objects.filter(installation=installation)
        were, are = list(people.values_list("person__name", flat=True)), [one.name for one in facts["contacts"]]
        if sorted(were) != sorted(are):
            people.delete()
            InstallationContact.objects.bulk_create(
                [InstallationContact(person=one, **own) for one in facts["contacts"]]
            )
            changed["contacts"] = [", ".join(were), ", ".join(are)]
    return changed


def _plain(value: Any) -> str:
    return str(getattr(value, "name", value) or "")
