"""What the operations read, with everything an answer shows in a constant number of queries."""

from django.db.models import Q, QuerySet

from asmo_support.api.bodies import TicketFilters
from asmo_support.people.models import User, canonical_email
from asmo_support.tickets.models import Attachment, InformationRequest, Message, PlannedDate, Resolution, Ticket
from asmo_support.tickets.states import AWAITS

ME = "me"


def tickets(user: User) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(user)


def filtered(rows: QuerySet[Ticket], by: TicketFilters, user: User) -> QuerySet[Ticket]:
    states = set(by.state)
    if by.awaits:
        moving = {state for state, awaits in AWAITS.items() if awaits in by.awaits}
        states = states & moving if by.state else moving
    if by.state or by.awaits:
        rows = rows.filter(state__in=sorted(states))
    if by.kind:
        rows = rows.filter(kind__in=by.kind)
    if by.critical is not None:
        rows = rows.filter(critical=by.critical)
    return rows.filter(_people(by, user))


def _people(by: TicketFilters, user: User) -> Q:
    found = Q()
    if by.assignee:
        # A person is assigned to a ticket at most once, so the join doubles no row.
        found &= Q(assignments__agent__email=_address(by.assignee, user))
    if by.requester:
        found &= Q(requester__email=_address(by.requester, user))
    if by.organization:
        found &= Q(organization__short_name=by.organization)
    return found


def _address(word: str, user: User) -> str:
    return user.email if word == ME else canonical_email(word)


def messages(ticket: Ticket, user: User) -> QuerySet[Message]:
    found: QuerySet[Message] = Message.objects.visible_to(user).filter(ticket=ticket)
    return found.select_related("author").prefetch_related("attachments__by")


def attachments(ticket: Ticket, user: User) -> QuerySet[Attachment]:
    found: QuerySet[Attachment] = Attachment.objects.visible_to(user).filter(ticket=ticket)
    return found.select_related("by")


def questions(ticket: Ticket) -> QuerySet[InformationRequest]:
    return ticket.requests.select_related("author", "answer").defer("answer__whole")


def planned_dates(ticket: Ticket) -> QuerySet[PlannedDate]:
    return ticket.planned_dates.select_related("author", "decided_by", "recorded_by")


def resolutions(ticket: Ticket) -> QuerySet[Resolution]:
    return ticket.resolutions.select_related("author", "decided_by", "recorded_by")
