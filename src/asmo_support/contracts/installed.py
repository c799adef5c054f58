"""Reads of what stands at customers."""

from django.db.models import Prefetch, QuerySet

from asmo_support.catalog.models import Version
from asmo_support.contracts.models import Installation, InstallationContact, InstallationModule
from asmo_support.people.models import Organization, User


def installations_of(organization: Organization, user: User) -> list[Installation]:
    """What stands at a customer, what is in use first, with modules and contacts, in three statements."""
    rows = _whole(Installation.objects.visible_to(user).filter(organization=organization))
    return sorted(rows, key=lambda one: (not one.is_standing, one.product.name, one.name, one.pk))


def installed(user: User) -> list[Installation]:
    """Everything in use at the organizations this person may see, under their names."""
    rows = _whole(Installation.objects.visible_to(user).standing())
    return list(rows.order_by("organization__sort_name", "product__name", "name", "id"))


def versions() -> QuerySet[Version]:
    """Versions that may be installed somewhere, the latest first under each product."""
    rows = Version.objects.filter(retired=False, product__retired=False).select_related("product")
    return rows.order_by("product__name", "-released_on", "-id")


def _whole(rows: QuerySet[Installation]) -> QuerySet[Installation]:
    modules = InstallationModule.objects.select_related("module").order_by("module__name")
    people = InstallationContact.objects.select_related("person").order_by("person__sort_name")
    return rows.select_related("organization", "product", "version").prefetch_related(
        Prefetch("module_rows", modules), Prefetch("contact_rows", people)
    )
