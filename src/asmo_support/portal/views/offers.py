"""The commercial offer on the customer's side: asked for, accepted, declined."""

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.portal.forms import ReasonForm
from asmo_support.portal.ticket_page import ticket_page
from asmo_support.tickets.access import may_read
from asmo_support.tickets.actions import offers
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.paid import may_ask_offer
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import even_late, guard
from asmo_support.ui.request import SignedIn


@guard(Ticket, may=may_ask_offer, by="number", back="portal:ticket")
@even_late
def asking(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = attempt(form, lambda: offers.ask(ticket, by=request.user), request.verdict)
    return _answer(request, ticket, _("Asked. We write to you when the offer is ready.") if done else "", form)


@guard(Ticket, may=may_read, by="number", back="portal:ticket")
def acceptance(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = attempt(form, lambda: offers.accept(ticket, by=request.user, seen=request.POST.get("seen", "")))
    return _answer(request, ticket, _("The offer is accepted; we go on with the work.") if done else "", form)


@guard(Ticket, may=may_read, by="number", back="portal:ticket")
def refusal(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = ReasonForm(request.POST)
    seen = request.POST.get("seen", "")
    done = attempt(form, lambda: offers.decline(ticket, by=request.user, seen=seen, reason=form.cleaned_data["reason"]))
    return _answer(request, ticket, _("Declined; we read your reason.") if done else "", form)


def _answer(request: SignedIn, ticket: Ticket, done: str, form: ReasonForm) -> HttpResponse:
    if done:
        toasts.success(request, done)
        return redirect("portal:ticket", ticket.number)
    context = ticket_page(request, request.user, ticket, offer_form=form)
    return render(request, "portal/ticket.html", context, status=status_of(form))
