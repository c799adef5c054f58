"""«Why this deadline?»: the arithmetic of one clock, to read and to print."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from asmo_support.notifications.holding import own_zone
from asmo_support.tickets.access import may_read
from asmo_support.tickets.explaining import told
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.planned import negotiation
from asmo_support.tickets.queries import offers
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn, zone_of


@guard(Ticket, by="number", may=may_read, methods=READ)
def deadline(request: SignedIn, ticket: Ticket, target: str) -> HttpResponse:
    if target not in Target:
        raise Http404
    if target == Target.PLANNED:
        if not ticket.planned_owed:
            raise Http404  # a fixed norm holds now
        return _planned(request, ticket)
    clock = ticket.clocks.filter(target=target).first()
    now = timezone.now()
    found = told(clock, ticket, request.user, now) if clock else None
    own = {"own": zone_of(request) or own_zone(request.user), "now": now}
    return render(request, "desk/ticket/deadline.html", {"ticket": ticket, "clock": clock, "told": found} | own)


def _planned(request: SignedIn, ticket: Ticket) -> HttpResponse:
    """The date in force and every offer that led to it."""
    now, found = timezone.now(), list(offers(ticket))
    context = {"ticket": ticket, "offers": found, "dates": negotiation(ticket, found, now), "now": now}
    context["own"] = zone_of(request) or own_zone(request.user)
    return render(request, "desk/ticket/planned.html", context)
