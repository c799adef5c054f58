"""The tickets themselves: registering, listing, showing, triage."""

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Query, Router

from asmo_support.api import naming, reading, showing
from asmo_support.api.bodies import TicketFilters, TicketIn, TriageIn
from asmo_support.api.guard import guard
from asmo_support.api.listing import page
from asmo_support.api.request import ApiRequest
from asmo_support.api.shapes import Listed, TicketOut, TicketRow
from asmo_support.tickets import access
from asmo_support.tickets.actions import opening, planning
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.queries import for_page, whole
from asmo_support.tickets.states import Channel

router = Router(tags=["tickets"])
TICKET = "/tickets/{int:number}"


@router.get("/tickets", response=Listed[TicketRow], url_name="tickets", summary=gettext_noop("Tickets, newest first"))
@guard()
def list_tickets(request: ApiRequest, filters: Query[TicketFilters]) -> dict[str, Any]:
    found = for_page(reading.filtered(reading.tickets(request.user), filters, request.user))
    return page(request, found, filters, showing.ticket_row, newest_first=True)


@router.post(
    "/tickets",
    response={201: TicketOut},
    url_name="tickets",
    summary=gettext_noop("Register a new ticket"),
    description=gettext_noop(
        "The clocks start now. Subject, description and kind are required, the rest the desk can find out."
    ),
)
@guard(access.may_register)
def create_ticket(request: ApiRequest, body: TicketIn) -> dict[str, Any]:
    requester = naming.requester(request.user, body.requester)
    product = naming.product(body.product)
    said = body.model_dump(exclude={"requester", "service", "product", "module"})
    asked = opening.Request(
        **said,
        service=naming.service(body.service),
        product=product,
        module=naming.module(body.module, product),
    )
    ticket = opening.register(asked, by=request.user, requester=requester, channel=Channel.API)
    return shown(request, ticket)


@router.get(TICKET, response=TicketOut, url_name="ticket", summary=gettext_noop("One ticket"))
@guard(access.may_read)
def show_ticket(request: ApiRequest, number: int) -> dict[str, Any]:
    return shown(request, request.ticket)


@router.patch(
    TICKET,
    response=TicketOut,
    url_name="ticket",
    summary=gettext_noop("Triage"),
    description=gettext_noop(
        "Change what the request is; the clocks follow, with pauses kept. What is not sent stays as it is;"
        " null empties service, product and module."
    ),
)
@guard(access.may_triage)
def triage_ticket(request: ApiRequest, number: int, body: TriageIn) -> dict[str, Any]:
    changes = body.model_dump(exclude_unset=True, exclude={"reason"})
    changes |= _entries(request.ticket, body)
    planning.triage(request.ticket, changes, by=request.user, reason=body.reason or "")
    return shown(request, request.ticket)


def _entries(ticket: Ticket, body: TriageIn) -> dict[str, Any]:
    """The lines of the catalogue that are named; a module brings its product to a ticket without one."""
    sent = body.model_fields_set
    found: dict[str, Any] = {}
    if "service" in sent:
        found["service"] = naming.service(body.service)
    if "product" in sent:
        product = found["product"] = naming.product(body.product)
        if ticket.module and (product is None or ticket.module.product_id != product.pk):
            found["module"] = None  # a module goes with its product
    if "module" in sent:
        product = found.get("product", ticket.product)
        module = naming.module(body.module, product)
        found |= {"module": module, **({"product": module.product} if module and not product else {})}
    return found


def shown(request: ApiRequest, ticket: Ticket) -> dict[str, Any]:
    """The ticket as it is after the deed."""
    return showing.ticket(whole(ticket, request.user))
