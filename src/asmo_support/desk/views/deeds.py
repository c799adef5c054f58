"""Deeds on a ticket that need no long text: taking, assigning, triage, whose it is, acceptance by phone, refusal."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.desk import ticket_page
from asmo_support.desk.forms.compose import ReasonForm
from asmo_support.desk.forms.tickets import AcceptanceForm, AssignForm, RequesterForm, TriageForm
from asmo_support.people.access import may_keep_customers
from asmo_support.people.queries import people_of
from asmo_support.tickets.access import may_accept, may_assign, may_refuse, may_take, may_triage
from asmo_support.tickets.actions import assignment as assigning
from asmo_support.tickets.actions import lifecycle, planning
from asmo_support.tickets.actions.handing import change_requester
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.queries import has_round
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import CONFLICT, even_late, guard
from asmo_support.ui.request import SignedIn


@guard(Ticket, may=may_take, by="number", back="desk:ticket")
@even_late
def work(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = Form(request.POST)
    if attempt(form, lambda: assigning.take(ticket, by=request.user), request.verdict):
        return redirect("desk:ticket", ticket.number)
    for words in form.non_field_errors():
        messages.error(request, str(words))
    return render(request, "desk/ticket/page.html", ticket_page.page(request, ticket), status=status_of(form))


@guard(Ticket, may=may_assign, by="number")
@even_late
def assignment(request: SignedIn, ticket: Ticket) -> HttpResponse:
    agents = [one.agent_id for one in ticket.assignments.all()]
    initial = {"first": agents[0] if agents else None, "others": agents[1:]}
    form = AssignForm(request.POST if request.method == "POST" else None, initial=initial)
    if attempt(form, lambda: assigning.assign(ticket, form.agents(), by=request.user), request.verdict):
        messages.success(request, _("The specialists are saved."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "assignment")


@guard(Ticket, may=may_triage, by="number")
@even_late
def triage(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = TriageForm(request.POST) if request.method == "POST" else TriageForm.of(ticket)
    if attempt(form, lambda: planning.triage(
        ticket, form.changes(), by=request.user, reason=form.cleaned_data["reason"], seen=form.seen_facts()),
        request.verdict):  # fmt: skip
        messages.success(request, _("Saved; the deadlines follow."))
        return redirect("desk:ticket", ticket.number)
    if status_of(form) == CONFLICT:
        form.catch_up(ticket)
    return _form(request, ticket, form, "triage")


@guard(Ticket, may=may_accept, by="number", there=has_round)
@even_late
def acceptance(request: SignedIn, ticket: Ticket, n: int) -> HttpResponse:
    """Accepted by phone or in the free words of a letter, with the name of who said so; the customer is told."""
    people = people_of(ticket.organization, active=True)
    form = AcceptanceForm(
        request.POST if request.method == "POST" else None, people=people, initial={"person": ticket.requester_id}
    )
    if attempt(form, lambda: lifecycle.accept(ticket, by=request.user, n=n, **form.said()), request.verdict):
        messages.success(request, _("The resolution is accepted, the ticket is closed."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "acceptance", n=n)


@guard(Ticket, may=may_triage, by="number")
@even_late
def requester(request: SignedIn, ticket: Ticket) -> HttpResponse:
    """Whose request it is, when somebody else sent it or the letter was forwarded."""
    people = people_of(ticket.organization, active=True)
    form = RequesterForm(
        request.POST if request.method == "POST" else None, people=people, initial={"to": ticket.requester_id}
    )
    if attempt(form, lambda: change_requester(ticket, form.cleaned_data["to"], by=request.user), request.verdict):
        messages.success(request, _("The requester is %(name)s.") % {"name": form.cleaned_data["to"].name})
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "requester", may_keep=may_keep_customers(request.user))


@guard(Ticket, may=may_refuse, by="number")
@even_late
def refusal(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    reason = form["reason"].value() or ""
    if attempt(form, lambda: lifecycle.refuse(ticket, by=request.user, reason=reason), request.verdict):
        messages.success(request, _("The ticket is refused; the customer is told why."))
        return redirect("desk:ticket", ticket.number)
    return _form(request, ticket, form, "refusal")


def _form(request: SignedIn, ticket: Ticket, form: object, name: str, **more: object) -> HttpResponse:
    context = {"ticket": ticket, "form": form, **more}
    return render(request, f"desk/ticket/{name}.html", context, status=status_of(form))  # type: ignore[arg-type]
