"""Reads of the catalogue that doors need."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import cast

from django.db.models import F, QuerySet

from asmo_support.catalog.models import Module, Product, RequestType, Service, Version

Entry = Service | Product | Module | Version | RequestType
KINDS: Mapping[str, type[Entry]] = MappingProxyType(
    {"services": Service, "products": Product, "modules": Module, "versions": Version, "types": RequestType},
)
_OF_PRODUCT = ("retired", "product__name", "name", "id")


def services() -> QuerySet[Service]:
    return Service.objects.offered()


def products() -> QuerySet[Product]:
    return Product.objects.offered()


def modules() -> QuerySet[Module]:
    """Modules that are offered, of products that are offered, under their products."""
    rows = Module.objects.filter(retired=False, product__retired=False)
    return rows.select_related("product").order_by("product__name", "name", "id")


def request_types() -> list[RequestType]:
    """The usual requests a person may choose from at registration."""
    return list(RequestType.objects.offered().select_related("service", "product"))


def chosen(types: Iterable[RequestType], code: object) -> RequestType | None:
    """The one of these that was chosen by its code."""
    return next((one for one in types if one.code == code), None)


def entries(kind: str) -> QuerySet[Entry]:
    """Everything of one kind, what is offered first."""
    rows: QuerySet[Module] | QuerySet[Version] | QuerySet[RequestType]
    if kind == "modules":
        rows = Module.objects.select_related("product").order_by(*_OF_PRODUCT)
    elif kind == "versions":
        newest = F("released_on").desc(nulls_last=True)
        rows = Version.objects.select_related("product").order_by("retired", "product__name", newest, "-name")
    elif kind == "types":
        rows = RequestType.objects.select_related("service", "product").order_by("retired", "name", "id")
    else:
        return cast("QuerySet[Entry]", KINDS[kind]._default_manager.order_by("retired", "name", "id"))  # noqa: SLF001
    return cast("QuerySet[Entry]", rows)


def entry(kind: str, pk: int) -> Entry | None:
    return entries(kind).filter(pk=pk).first() if kind in KINDS else None
