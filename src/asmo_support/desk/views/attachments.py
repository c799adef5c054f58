"""Files of a ticket: found through the ticket, sent by the router, never by a Django thread."""

from django.http import Http404, HttpResponse

from asmo_support.tickets.access import may_read
from asmo_support.tickets.models import Ticket
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn
from asmo_support.ui.sending import send_file, send_picture


@guard(Ticket, by="number", may=may_read, methods=READ)
def attachment(request: SignedIn, ticket: Ticket, pk: int) -> HttpResponse:
    file = ticket.attachments.filter(pk=pk).first()
    if file is None:
        raise Http404
    return send_file(file.sha256, file.name)


@guard(Ticket, by="number", may=may_read, methods=READ)
def picture(request: SignedIn, ticket: Ticket, pk: int) -> HttpResponse:
    """A picture that stands among the words of a letter."""
    file = ticket.attachments.filter(pk=pk).first()
    if file is None or not file.can_be_shown:
        raise Http404
    return send_picture(file.sha256, file.name, file.kind)
