"""«Why this deadline?»: the arithmetic of one clock, to read and to print."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from asmo_support.desk.explaining import told
from asmo_support.tickets.access import may_read
from asmo_support.tickets.models import Ticket
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn


@guard(Ticket, by="number", may=may_read, methods=READ)
def deadline(request: SignedIn, ticket: Ticket, target: str) -> HttpResponse:
    clock = ticket.clocks.filter(target=target).first()
    if clock is None:
        raise Http404
    now = timezone.now()
    context = {"ticket": ticket, "clock": clock, "story": told(clock, ticket, request.user, now), "now": now}
    return render(request, "desk/ticket/deadline.html", context)
