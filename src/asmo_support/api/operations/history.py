"""What happened to a ticket, and what was written to whom about it."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Query, Router

from asmo_support.api import explaining, showing
from asmo_support.api.bodies import Paging
from asmo_support.api.guard import guard
from asmo_support.api.listing import page
from asmo_support.api.operations.tickets import TICKET
from asmo_support.api.request import ApiRequest
from asmo_support.api.shapes import DeadlineOut, EventOut, Listed, NotificationOut, OwedDateOut
from asmo_support.channels.queries import letters_of
from asmo_support.tickets import access
from asmo_support.tickets.explaining import owed, told
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.queries import history

router = Router(tags=["history"])


@router.get(
    f"{TICKET}/history",
    response=Listed[EventOut],
    url_name="ticket-history",
    summary=gettext_noop("History, oldest first"),
)
@guard(access.may_read)
def list_history(request: ApiRequest, number: int, paging: Query[Paging]) -> dict[str, Any]:
    return page(request, history(request.ticket, for_=request.user), paging, showing.event)


@router.get(
    f"{TICKET}/deadlines/{{target}}",
    response=DeadlineOut | OwedDateOut,
    url_name="ticket-deadline",
    summary=gettext_noop("Why a deadline is what it is"),
    description=gettext_noop(
        "Where the norm comes from, the calendar, each day counted, each wait, each change."
        " A planned date that nobody has named yet says by which norm it is owed."
    ),
)
@guard(access.may_read)
def explain_deadline(request: ApiRequest, number: int, target: Target) -> dict[str, Any]:
    clock = request.ticket.clocks.filter(target=target).first()
    if clock is None:
        source = owed(request.ticket) if target == Target.PLANNED else ""
        if not source:
            raise Http404
        return explaining.owed_date(request.ticket, source)
    return explaining.deadline(clock, told(clock, request.ticket, request.user, timezone.now()))


@router.get(
    f"{TICKET}/notifications",
    response=Listed[NotificationOut],
    url_name="ticket-notifications",
    summary=gettext_noop("Letters about it and their fate, oldest first"),
    description=gettext_noop("A customer sees the letters to its own people."),
)
@guard(access.may_read)
def list_notifications(request: ApiRequest, number: int, paging: Query[Paging]) -> dict[str, Any]:
    return page(request, letters_of(request.ticket, request.user), paging, showing.notification)
