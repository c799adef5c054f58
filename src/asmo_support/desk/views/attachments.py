"""Files of a ticket: found through the ticket, sent by the router, never by a Django thread."""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from asmo_support.lib.files import location
from asmo_support.tickets.access import may_read
from asmo_support.tickets.models import Ticket
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn

SANDBOX = "sandbox; default-src 'none'"


@guard(Ticket, by="number", may=may_read, methods=READ)
def attachment(request: SignedIn, ticket: Ticket, pk: int) -> HttpResponse:
    """Always a download, whatever its kind says: nothing a customer sent runs here."""
    file = ticket.attachments.filter(pk=pk).first()
    if file is None:
        raise Http404
    headers = {
        "X-Asmo-File": quote(location(file.sha256)),
        "X-Asmo-Name": quote(file.name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(headers=headers, content_type="application/octet-stream")
