"""Lists by pages: each page goes on after the last row of the one before, however many rows came since."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from asmo_support.api.bodies import Paging
from asmo_support.api.problems import BadParameter

PLACE = re.compile(r"after:([0-9]{1,18})")


def page(
    request: HttpRequest,
    rows: QuerySet[Any],
    paging: Paging,
    show: Callable[[Any], dict[str, Any]],
    *,
    newest_first: bool = False,
) -> dict[str, Any]:
    """`{items, next}`. A parameter that the list does not know is refused: an unnoticed one would show too much."""
    _refuse_unknown(request, paging)
    after = _read(paging.cursor)
    if after is not None:
        rows = rows.filter(pk__lt=after) if newest_first else rows.filter(pk__gt=after)
    found: list[Model] = list(rows.order_by("-pk" if newest_first else "pk")[: paging.limit + 1])
    shown = found[: paging.limit]
    more = len(found) > paging.limit
    return {"items": [show(row) for row in shown], "next": _cursor(shown[-1]) if more else None}


def _refuse_unknown(request: HttpRequest, paging: Paging) -> None:
    for name in request.GET:
        if name not in type(paging).model_fields:
            raise BadParameter(name, _("This list has no such parameter."))


def _cursor(row: Model) -> str:
    return urlsafe_b64encode(f"after:{row.pk}".encode()).decode().rstrip("=")


def _read(cursor: str | None) -> int | None:
    if not cursor:
        return None
    try:
        place = PLACE.fullmatch(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode())
    except ValueError:
        place = None
    if place is None:
        raise BadParameter("cursor", _("Send `next` of the page before, as it is."))
    return int(place[1])
