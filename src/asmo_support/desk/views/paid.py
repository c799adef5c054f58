"""Work written down, the contract a ticket is served under, the commercial offer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.desk import ticket_page
from asmo_support.desk.forms.paid import CoverageForm, OfferForm, WorkForm
from asmo_support.lib.errors import Refused
from asmo_support.tickets.access import may_read
from asmo_support.tickets.actions import coverage as covering
from asmo_support.tickets.actions import offers
from asmo_support.tickets.actions import work as working
from asmo_support.tickets.models import Ticket, TimeEntry
from asmo_support.tickets.paid import (
    entry_of,
    has_entry,
    may_cover,
    may_make_offer,
    may_strike,
    may_write_work,
    offer_of,
)
from asmo_support.tickets.states import Coverage
from asmo_support.ui.answering import UNPROCESSABLE, attempt, status_of
from asmo_support.ui.guard import NotAllowed, even_late, guard
from asmo_support.ui.request import SignedIn


@guard(Ticket, may=may_write_work, by="number", back="desk:ticket")
def time(request: SignedIn, ticket: Ticket) -> HttpResponse:
    """My own work; the page itself says when the contract's hours are over."""
    form, begun = WorkForm(request.POST), timezone.now()
    made: list[TimeEntry] = []
    if attempt(form, lambda: made.append(working.write_down(ticket, form.work(), by=request.user))):
        _say_written(request, twice=made[0].at < begun)
        if made[0].is_undrawn:
            messages.warning(request, _("The contract is not in force on that day: none of its hours are drawn."))
        return redirect("desk:ticket", ticket.number)
    context = ticket_page.page(request, ticket) | {"work_form": form}
    return render(request, "desk/ticket/page.html", context, status=UNPROCESSABLE)


def _say_written(request: SignedIn, *, twice: bool) -> None:
    if twice:
        words = _("This very work was written down a minute ago; it is not written twice. If it is other work, say so.")
        messages.warning(request, words)
    else:
        messages.success(request, _("The work is written down."))


@guard(Ticket, may=may_read, by="number", there=has_entry, back="desk:ticket")
def time_removal(request: SignedIn, ticket: Ticket, pk: int) -> HttpResponse:
    entry = entry_of(ticket, pk)
    if entry is None:
        raise Http404
    verdict = may_strike(request.user, entry)
    if not verdict:
        raise NotAllowed(verdict.reason)
    try:
        working.strike_out(entry, by=request.user)
        messages.success(request, _("Struck out; history keeps it."))
    except Refused as refusal:
        messages.error(request, refusal.words)
    return redirect("desk:ticket", ticket.number)


@guard(Ticket, may=may_cover, by="number")
@even_late
def coverage(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = CoverageForm(request.POST if request.method == "POST" else None, ticket=ticket)
    if attempt(form, lambda: _cover(ticket, form.cleaned_data, request), request.verdict):
        messages.success(request, _("Saved; the deadlines follow."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "coverage", mark=covering.mark_of(ticket))


@guard(Ticket, may=may_make_offer, by="number")
@even_late
def offer(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = OfferForm(request.POST) if request.method == "POST" else OfferForm.of(offer_of(ticket))
    seen = request.POST.get("seen", "")
    if attempt(form, lambda: offers.make(ticket, form.proposal(), by=request.user, seen=seen), request.verdict):
        messages.success(request, _("The offer is sent; the customer answers on its page."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "offer", offer=offer_of(ticket))


def _cover(ticket: Ticket, said: dict[str, Any], request: SignedIn) -> None:
    seen = request.POST.get("seen", "")
    choice = covering.Choice(Coverage(said["coverage"]), said["contract"], said["reason"], seen)
    covering.cover(ticket, choice, by=request.user)


def _form(request: SignedIn, ticket: Ticket, form: Any, name: str, **more: object) -> HttpResponse:
    context = {"ticket": ticket, "form": form, **more}
    return render(request, f"desk/ticket/{name}.html", context, status=status_of(form))
