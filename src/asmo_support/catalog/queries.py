"""Reads of the catalogue that doors need."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from django.db.models import QuerySet

from asmo_support.catalog.models import Module, Product, Service

Entry = Service | Product | Module
KINDS: Mapping[str, type[Service] | type[Product] | type[Module]] = MappingProxyType(
    {"services": Service, "products": Product, "modules": Module},
)


def services() -> QuerySet[Service]:
    return Service.objects.offered()


def products() -> QuerySet[Product]:
    return Product.objects.offered()


def modules() -> QuerySet[Module]:
    """Modules that are offered, of products that are offered, under their products."""
    rows = Module.objects.filter(retired=False, product__retired=False)
    return rows.select_related("product").order_by("product__name", "name", "id")


def entries(kind: str) -> QuerySet[Entry]:
    """Everything of one kind, what is offered first."""
    if kind == "modules":
        rows = Module.objects.select_related("product").order_by("retired", "product__name", "name", "id")
        return cast("QuerySet[Entry]", rows)
    return cast("QuerySet[Entry]", KINDS[kind].objects.order_by("retired", "name", "id"))


def entry(kind: str, pk: int) -> Entry | None:
    return entries(kind).filter(pk=pk).first() if kind in KINDS else None
