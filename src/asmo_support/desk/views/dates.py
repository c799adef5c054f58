"""The planned date at the desk: offering, agreeing to the customer's, consent by phone, declining."""

from django import forms
from django.contrib import messages as toasts
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.desk import ticket_page
from asmo_support.desk.forms.compose import ConsentForm, PlanForm, ReasonForm
from asmo_support.desk.forms.tickets import AcceptanceForm
from asmo_support.people.queries import people_of
from asmo_support.tickets.access import may_plan, may_reply
from asmo_support.tickets.actions import dates
from asmo_support.tickets.models import PlannedDate, Ticket
from asmo_support.tickets.planned import day_off_words
from asmo_support.tickets.queries import has_offer
from asmo_support.tickets.queries import offers as all_offers
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import even_late, guard
from asmo_support.ui.request import SignedIn


# Whether the ticket allows it is asked by the action: whoever comes second keeps the text.
@guard(Ticket, may=may_reply, by="number", back="desk:ticket")
@even_late
def offers(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = PlanForm(request.POST)
    if attempt(form, lambda: dates.offer(
        ticket, form.cleaned_data["date"], form.cleaned_data["text"], by=request.user), request.verdict):  # fmt: skip
        words = day_off_words(ticket, form.cleaned_data["date"])
        (toasts.warning if words else toasts.success)(request, words or _("The date is offered."))
        return redirect("desk:ticket", ticket.number)
    return ticket_page.refused(request, ticket, "date", form)


@guard(Ticket, may=may_plan, by="number", there=has_offer)
@even_late
def acceptance(request: SignedIn, ticket: Ticket, n: int) -> HttpResponse:
    """The customer's own offer needs one press; of the desk's offer one says who agreed by phone."""
    chosen = all_offers(ticket).get(n=n)
    form = _consent(request, ticket, chosen)
    if attempt(form, lambda: dates.agree(
        ticket, n, by=request.user, spoken_by=form.cleaned_data.get("person")), request.verdict):  # fmt: skip
        toasts.success(request, _("The date is agreed."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "date_acceptance", chosen)


@guard(Ticket, may=may_plan, by="number", there=has_offer)
@even_late
def refusal(request: SignedIn, ticket: Ticket, n: int) -> HttpResponse:
    """Declining the customer's offer with a reason, or taking back one's own."""
    chosen = all_offers(ticket).get(n=n)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: dates.decline(
        ticket, n, form.cleaned_data["reason"], by=request.user), request.verdict):  # fmt: skip
        toasts.success(request, _("The offer is taken back.") if chosen.is_ours else _("The offer is declined."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "date_refusal", chosen)


def _consent(request: SignedIn, ticket: Ticket, chosen: PlannedDate) -> forms.Form:
    sent = request.POST if request.method == "POST" else None
    if not chosen.is_ours:
        return ConsentForm(sent)
    people = people_of(ticket.organization, active=True)
    return AcceptanceForm(sent, people=people, initial={"person": ticket.requester_id})


def _form(request: SignedIn, ticket: Ticket, form: forms.Form, name: str, chosen: PlannedDate) -> HttpResponse:
    context = {"ticket": ticket, "form": form, "offer": chosen}
    return render(request, f"desk/ticket/{name}.html", context, status=status_of(form))
