"""Who works on a ticket, and the steps of its life that are no resolution."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from asmo_support.api import naming
from asmo_support.api.bodies import AssignmentIn, CancellationIn, Nothing, ReasonIn
from asmo_support.api.guard import guard
from asmo_support.api.operations.tickets import TICKET, shown
from asmo_support.api.request import ApiRequest
from asmo_support.api.shapes import AssignmentOut, TicketOut
from asmo_support.lib.errors import Refused
from asmo_support.tickets import access
from asmo_support.tickets.actions import assignment, lifecycle

router = Router(tags=["life"])
ASSIGNMENT = f"{TICKET}/assignment"


@router.get(ASSIGNMENT, response=AssignmentOut, url_name="ticket-assignment", summary=gettext_noop("Who works on it"))
@guard(access.may_read)
def show_assignment(request: ApiRequest, number: int) -> dict[str, Any]:
    return {"assignees": [one.agent.email for one in request.ticket.assignments.select_related("agent")]}


@router.post(
    ASSIGNMENT,
    response={201: TicketOut},
    url_name="ticket-assignment",
    summary=gettext_noop("Assign specialists"),
    description=gettext_noop(
        "Send assignees in order, the first one answers for the ticket, or a single assignee. It replaces who is"
        " assigned; an empty list frees the ticket. A registered ticket is taken to work by it."
    ),
)
@guard(access.may_assign)
def assign_ticket(request: ApiRequest, number: int, body: AssignmentIn) -> dict[str, Any]:
    if (body.assignees is None) == (body.assignee is None):
        raise Refused(_("Send either assignees or assignee."), field="assignees")
    named = naming.agents(body.assignees if body.assignees is not None else [str(body.assignee)])
    try:
        assignment.assign(request.ticket, named, by=request.user)
    except Refused as refusal:
        # The action calls the field by another name than the body does.
        raise Refused(refusal.words, field="assignees" if refusal.field == "agents" else refusal.field) from refusal
    return shown(request, request.ticket)


@router.post(
    f"{TICKET}/work",
    response={201: TicketOut},
    url_name="ticket-work",
    summary=gettext_noop("Take the ticket to work"),
    description=gettext_noop("You answer for the ticket when nobody does."),
)
@guard(access.may_take)
def take_ticket(request: ApiRequest, number: int, body: Nothing = Nothing()) -> dict[str, Any]:  # noqa: B008
    assignment.take(request.ticket, by=request.user)
    return shown(request, request.ticket)


@router.post(
    f"{TICKET}/cancellation",
    response={201: TicketOut},
    url_name="ticket-cancellation",
    summary=gettext_noop("The customer ends it"),
    description=gettext_noop("With a resolution under review that is its acceptance."),
)
@guard(access.may_cancel)
def cancel_ticket(request: ApiRequest, number: int, body: CancellationIn = CancellationIn()) -> dict[str, Any]:  # noqa: B008
    lifecycle.cancel(request.ticket, by=request.user, reason=body.reason or "")
    return shown(request, request.ticket)


@router.post(
    f"{TICKET}/refusal",
    response={201: TicketOut},
    url_name="ticket-refusal",
    summary=gettext_noop("Refuse with a reason"),
)
@guard(access.may_refuse)
def refuse_ticket(request: ApiRequest, number: int, body: ReasonIn) -> dict[str, Any]:
    lifecycle.refuse(request.ticket, by=request.user, reason=body.reason)
    return shown(request, request.ticket)


@router.post(
    f"{TICKET}/reopening",
    response={201: TicketOut},
    url_name="ticket-reopening",
    summary=gettext_noop("Reopen a closed ticket"),
    description=gettext_noop("Within 14 days; resolution time goes on."),
)
@guard(access.may_reopen)
def reopen_ticket(request: ApiRequest, number: int, body: ReasonIn) -> dict[str, Any]:
    lifecycle.reopen(request.ticket, by=request.user, reason=body.reason)
    return shown(request, request.ticket)
