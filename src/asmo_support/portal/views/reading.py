"""What can be read beside the ticket: history, the arithmetic of a deadline, files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from asmo_support.channels.queries import letters_of
from asmo_support.notifications.holding import own_zone
from asmo_support.tickets import queries
from asmo_support.tickets.access import may_read
from asmo_support.tickets.explaining import told
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.planned import negotiation
from asmo_support.tickets.sentences import sentence
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn, zone_of
from asmo_support.ui.sending import send_file, send_picture


@guard(Ticket, may=may_read, by="number", methods=READ)
def history(request: SignedIn, ticket: Ticket) -> HttpResponse:
    """Every event the customer may know of, in order."""
    found = [(event, sentence(event)) for event in queries.history(ticket, for_=request.user)[:1000]]
    return render(request, "portal/history.html", {"ticket": ticket, "events": found})


@guard(Ticket, may=may_read, by="number", methods=READ)
def deadline(request: SignedIn, ticket: Ticket, target: str) -> HttpResponse:
    if target == Target.PLANNED:
        if not ticket.planned_owed:
            raise Http404  # a fixed norm holds now
        return _planned(request, ticket)
    clock = ticket.clocks.filter(target=target).first()
    if clock is None:
        raise Http404
    now = timezone.now()
    context = {"ticket": ticket, "clock": clock, "told": told(clock, ticket, request.user, now), "now": now}
    context["own"] = zone_of(request) or own_zone(request.user)
    return render(request, "portal/deadline.html", context)


def _planned(request: SignedIn, ticket: Ticket) -> HttpResponse:
    """The date in force and every offer that led to it."""
    now, found = timezone.now(), list(queries.offers(ticket))
    context = {"ticket": ticket, "offers": found, "dates": negotiation(ticket, found, now), "now": now}
    context["own"] = zone_of(request) or own_zone(request.user)
    return render(request, "portal/planned.html", context)


@guard(Ticket, may=may_read, by="number", methods=READ)
def letter(request: SignedIn, ticket: Ticket, letter: int) -> HttpResponse:
    """What was written to the people of the customer about this very ticket, with its fate."""
    found = letters_of(ticket, request.user).filter(pk=letter).first()
    if found is None:
        raise Http404
    return render(request, "portal/letter.html", {"ticket": ticket, "letter": found})


@guard(Ticket, may=may_read, by="number", methods=READ)
def whole(request: SignedIn, ticket: Ticket, said: int) -> HttpResponse:
    """All of a letter of which the talk shows the new words."""
    letter = queries.said(ticket, said, request.user)
    if letter is None:
        raise Http404
    return render(request, "portal/whole.html", {"ticket": ticket, "letter": letter})


@guard(Ticket, may=may_read, by="number", methods=READ)
def first_letter(request: SignedIn, ticket: Ticket) -> HttpResponse:
    """All of a letter of which the ticket shows the beginning."""
    return render(request, "portal/whole.html", {"ticket": ticket, "letter": queries.opened_by(ticket)})


@guard(Ticket, may=may_read, by="number", methods=READ)
def attachment(request: SignedIn, ticket: Ticket, pk: int) -> HttpResponse:
    file = queries.attachment(ticket, pk, request.user)
    if file is None:
        raise Http404
    return send_file(file.sha256, file.name)


@guard(Ticket, may=may_read, by="number", methods=READ)
def picture(request: SignedIn, ticket: Ticket, pk: int) -> HttpResponse:
    """A picture that stands among the words of a letter."""
    file = queries.attachment(ticket, pk, request.user)
    if file is None or not file.can_be_shown:
        raise Http404
    return send_picture(file.sha256, file.name, file.kind)
