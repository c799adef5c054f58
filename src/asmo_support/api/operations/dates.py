"""The planned date as a negotiation: offers of both sides and what becomes of them."""

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Query, Router

from asmo_support.api import naming, reading, showing
from asmo_support.api.bodies import AcceptanceIn, DateRefusalIn, Paging, PlannedDateIn
from asmo_support.api.guard import guard
from asmo_support.api.listing import page
from asmo_support.api.operations.tickets import TICKET
from asmo_support.api.request import ApiRequest
from asmo_support.api.shapes import Listed, PlannedDateOut
from asmo_support.people.models import User
from asmo_support.tickets import access
from asmo_support.tickets.actions import dates

router = Router(tags=["dates"])
DATES = f"{TICKET}/planned-dates"
DATE = DATES + "/{int:offer}"


@router.get(
    DATES,
    response=Listed[PlannedDateOut],
    url_name="ticket-planned-dates",
    summary=gettext_noop("Offers of a planned date"),
)
@guard(access.may_read)
def list_planned_dates(request: ApiRequest, number: int, paging: Query[Paging]) -> dict[str, Any]:
    return page(request, reading.planned_dates(request.ticket), paging, showing.planned_date)


@router.post(
    DATES,
    response={201: PlannedDateOut},
    url_name="ticket-planned-dates",
    summary=gettext_noop("Offer a date"),
    description=gettext_noop(
        "The desk’s is in force at once, or, where a date is agreed, when the customer accepts it. The customer’s"
        " changes nothing until the desk accepts it."
    ),
)
@guard(access.may_plan)
def offer_date(request: ApiRequest, number: int, body: PlannedDateIn) -> dict[str, Any]:
    return showing.planned_date(dates.offer(request.ticket, body.date, body.reason, by=request.user))


@router.post(
    f"{DATE}/acceptance",
    response={201: PlannedDateOut},
    url_name="ticket-planned-date-acceptance",
    summary=gettext_noop("Agree to the other side’s date"),
)
@guard(access.may_plan)
def accept_date(request: ApiRequest, number: int, offer: int, body: AcceptanceIn = AcceptanceIn()) -> dict[str, Any]:  # noqa: B008
    speaker = _speaker(request, body.spoken_by)
    return showing.planned_date(dates.agree(request.ticket, offer, by=request.user, spoken_by=speaker))


@router.post(
    f"{DATE}/refusal",
    response={201: PlannedDateOut},
    url_name="ticket-planned-date-refusal",
    summary=gettext_noop("Decline a date, or take one’s own offer back"),
    description=gettext_noop("The date in force stays."),
)
@guard(access.may_plan)
def refuse_date(request: ApiRequest, number: int, offer: int, body: DateRefusalIn = DateRefusalIn()) -> dict[str, Any]:  # noqa: B008
    return showing.planned_date(dates.decline(request.ticket, offer, body.reason or "", by=request.user))


def _speaker(request: ApiRequest, address: str | None) -> User | None:
    """To the customer's own offer the desk agrees for itself."""
    if request.user.is_staff and address is None:
        return None
    return naming.speaker(request.user, request.ticket, address)
