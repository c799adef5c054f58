"""Resolutions and what the customer says to them."""

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Query, Router

from asmo_support.api import naming, reading, showing
from asmo_support.api.bodies import AcceptanceIn, Paging, ReasonIn, TextIn
from asmo_support.api.guard import guard
from asmo_support.api.listing import page
from asmo_support.api.operations.tickets import TICKET, shown
from asmo_support.api.request import ApiRequest
from asmo_support.api.shapes import Listed, ResolutionOut, TicketOut
from asmo_support.tickets import access
from asmo_support.tickets.actions import lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.states import Channel

router = Router(tags=["resolutions"])
RESOLUTIONS = f"{TICKET}/resolutions"
RESOLUTION = RESOLUTIONS + "/{int:n}"


@router.get(
    RESOLUTIONS,
    response=Listed[ResolutionOut],
    url_name="ticket-resolutions",
    summary=gettext_noop("Resolutions, each round"),
)
@guard(access.may_read)
def list_resolutions(request: ApiRequest, number: int, paging: Query[Paging]) -> dict[str, Any]:
    return page(request, reading.resolutions(request.ticket), paging, showing.resolution)


@router.post(
    RESOLUTIONS,
    response={201: ResolutionOut},
    url_name="ticket-resolutions",
    summary=gettext_noop("Send a resolution for checking"),
)
@guard(access.may_resolve)
def add_resolution(request: ApiRequest, number: int, body: TextIn) -> dict[str, Any]:
    words = Words(text=body.text, channel=Channel.API)
    return showing.resolution(lifecycle.propose_resolution(request.ticket, words, by=request.user))


@router.post(
    f"{RESOLUTION}/acceptance",
    response={201: TicketOut},
    url_name="ticket-resolution-acceptance",
    summary=gettext_noop("Accept the resolution and close the ticket"),
)
@guard(access.may_accept)
def accept_resolution(request: ApiRequest, number: int, n: int, body: AcceptanceIn = AcceptanceIn()) -> dict[str, Any]:  # noqa: B008
    speaker = naming.speaker(request.user, request.ticket, body.spoken_by)
    lifecycle.accept(request.ticket, by=request.user, n=n, spoken_by=speaker)
    return shown(request, request.ticket)


@router.post(
    f"{RESOLUTION}/return",
    response={201: TicketOut},
    url_name="ticket-resolution-return",
    summary=gettext_noop("Return the resolution for rework"),
    description=gettext_noop("Resolution time goes on where it stopped."),
)
@guard(access.may_return)
def return_resolution(request: ApiRequest, number: int, n: int, body: ReasonIn) -> dict[str, Any]:
    lifecycle.send_back(request.ticket, by=request.user, reason=body.reason, n=n)
    return shown(request, request.ticket)
