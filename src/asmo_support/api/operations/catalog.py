"""The catalogue: which codes a ticket may name."""

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Router

from asmo_support.api.guard import guard
from asmo_support.api.request import ApiRequest
from asmo_support.api.shapes import CatalogOut
from asmo_support.catalog import queries
from asmo_support.catalog.models import Module, Product, Service

router = Router(tags=["catalog"])


@router.get(
    "/catalog",
    response=CatalogOut,
    url_name="catalog",
    summary=gettext_noop("Services, products and modules with their codes"),
)
@guard()
def show_catalog(request: ApiRequest) -> dict[str, Any]:
    modules = list(queries.modules())
    return {
        "services": [_line(one) for one in queries.services()],
        "products": [
            {**_line(one), "modules": [_line(part) for part in modules if part.product_id == one.pk]}
            for one in queries.products()
        ],
    }


def _line(entry: Service | Product | Module) -> dict[str, str]:
    return {"code": entry.code, "name": entry.name}
