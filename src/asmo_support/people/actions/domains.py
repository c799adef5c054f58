"""Which domains a customer's letters come from."""

from django.db import transaction
from django.utils.translation import gettext as _

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.people.domains import canonical, is_public, readable
from asmo_support.people.models import Organization, OrganizationDomain, User


@transaction.atomic
def add_domain(organization: Organization, text: str, *, by: User) -> OrganizationDomain:
    """From now on a stranger's letter from there waits for the operator with this customer beside it."""
    domain = canonical(text)
    if not domain:
        raise Refused(_("This is not a domain. Write what stands after the @, like kama.ru."), field="domain")
    if is_public(domain):
        words = _("Anybody can have an address at %(domain)s: it says nothing about the customer.")
        raise Refused(words % {"domain": readable(domain)}, field="domain")
    taken = OrganizationDomain.objects.select_related("organization").filter(domain=domain).first()
    if taken:
        words = _("This domain belongs to %(name)s already.")
        raise Refused(words % {"name": taken.organization.short_name}, field="domain")
    row = OrganizationDomain(organization=organization, domain=domain, by=by)
    row.save(force_insert=True)
    record(organization, "organization.domain-added", by=by, internal=True, domain=domain)
    return row


@transaction.atomic
def remove_domain(row: OrganizationDomain, *, by: User) -> None:
    """Letters from there say nothing any more."""
    row.delete()
    record(row.organization, "organization.domain-removed", by=by, internal=True, domain=row.domain)
