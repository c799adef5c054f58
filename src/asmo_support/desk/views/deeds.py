"""Deeds on a ticket that need no long text: taking, assigning, triage, acceptance by phone, refusal."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.desk.forms.compose import ReasonForm
from asmo_support.desk.forms.tickets import AcceptanceForm, AssignForm, TriageForm
from asmo_support.lib.errors import Refused
from asmo_support.people.queries import people_of
from asmo_support.tickets.access import may_accept, may_assign, may_read, may_refuse, may_take, may_triage
from asmo_support.tickets.actions import assignment as assigning
from asmo_support.tickets.actions import lifecycle, planning
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.queries import has_round
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import WRITE, NotAllowed, guard
from asmo_support.ui.request import SignedIn


@guard(Ticket, may=may_take, by="number", methods=WRITE)
def work(request: SignedIn, ticket: Ticket) -> HttpResponse:
    try:
        assigning.take(ticket, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    return redirect("desk:ticket", ticket.number)


@guard(Ticket, may=may_assign, by="number")
def assignment(request: SignedIn, ticket: Ticket) -> HttpResponse:
    agents = [one.agent_id for one in ticket.assignments.all()]
    initial = {"first": agents[0] if agents else None, "others": agents[1:]}
    form = AssignForm(request.POST if request.method == "POST" else None, initial=initial)
    if attempt(form, lambda: assigning.assign(ticket, form.agents(), by=request.user)):
        messages.success(request, _("The specialists are saved."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "assignment")


@guard(Ticket, may=may_triage, by="number")
def triage(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = TriageForm(request.POST) if request.method == "POST" else TriageForm.of(ticket)
    if attempt(form, lambda: planning.triage(
        ticket, form.changes(), by=request.user, reason=form.cleaned_data["reason"])):  # fmt: skip
        messages.success(request, _("Saved; the deadlines follow."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "triage")


@guard(Ticket, may=may_read, by="number")
def acceptance(request: SignedIn, ticket: Ticket, n: int) -> HttpResponse:
    """Accepted by phone or in the free words of a letter, with the name of who said so; the customer is told."""
    _may_accept(request, ticket, n)
    people = people_of(ticket.organization, active=True)
    form = AcceptanceForm(
        request.POST if request.method == "POST" else None, people=people, initial={"person": ticket.requester_id}
    )
    if attempt(form, lambda: lifecycle.accept(ticket, by=request.user, n=n, **form.said())):
        messages.success(request, _("The resolution is accepted, the ticket is closed."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "acceptance", n=n)


@guard(Ticket, may=may_refuse, by="number")
def refusal(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: lifecycle.refuse(ticket, by=request.user, reason=form.cleaned_data["reason"])):
        messages.success(request, _("The ticket is refused; the customer is told why."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "refusal")


def _may_accept(request: SignedIn, ticket: Ticket, n: int) -> None:
    """A round that was never proposed is not there, whoever asks; then comes the right."""
    if not has_round(ticket, n):
        raise Http404
    verdict = may_accept(request.user, ticket)
    if not verdict:
        raise NotAllowed(verdict.reason)


def _form(request: SignedIn, ticket: Ticket, form: object, name: str, **more: object) -> HttpResponse:
    context = {"ticket": ticket, "form": form, **more}
    return render(request, f"desk/ticket/{name}.html", context, status=status_of(form))  # type: ignore[arg-type]
