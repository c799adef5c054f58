"""What a customer does with a ticket: writes, accepts, returns, closes, reopens. A refusal keeps the words."""

from collections.abc import Callable

from django.contrib import messages as toasts
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.portal.forms import MessageForm, ReasonForm
from asmo_support.portal.ticket_page import moved_on, ticket_page
from asmo_support.tickets.access import may_accept, may_cancel, may_reopen, may_reply, may_return
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.queries import has_round
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import even_late, guard
from asmo_support.ui.request import SignedIn


@guard(Ticket, may=may_reply, by="number", back="portal:ticket")
@even_late
def messages(request: SignedIn, ticket: Ticket) -> HttpResponse:
    """A message; while questions are open it answers them."""
    form = MessageForm(request.POST, request.FILES, user=request.user)
    done = attempt(form, lambda: conversation.reply(ticket, form.words(), by=request.user), request.verdict)
    return answer(request, ticket, _("Sent.") if done else "", form=form)


@guard(Ticket, may=may_accept, by="number", there=has_round, back="portal:ticket")
@even_late
def acceptance(request: SignedIn, ticket: Ticket, n: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = attempt(form, lambda: lifecycle.accept(ticket, by=request.user, n=n), request.verdict)
    return answer(request, ticket, _("Accepted, the ticket is closed. Thank you.") if done else "", accept_form=form)


@guard(Ticket, may=may_return, by="number", there=has_round, back="portal:ticket")
@even_late
def send_back(request: SignedIn, ticket: Ticket, n: int) -> HttpResponse:
    done, form = _reason(request, lambda reason: lifecycle.send_back(ticket, by=request.user, reason=reason, n=n))
    return answer(request, ticket, _("Returned; we go on with it.") if done else "", return_form=form)


@guard(Ticket, may=may_cancel, by="number", back="portal:ticket")
@even_late
def cancellation(request: SignedIn, ticket: Ticket) -> HttpResponse:
    done, form = _reason(request, lambda reason: lifecycle.cancel(ticket, by=request.user, reason=reason))
    return answer(request, ticket, _("The ticket is closed.") if done else "", cancel_form=form)


@guard(Ticket, may=may_reopen, by="number", back="portal:ticket")
@even_late
def reopening(request: SignedIn, ticket: Ticket) -> HttpResponse:
    done, form = _reason(request, lambda reason: lifecycle.reopen(ticket, by=request.user, reason=reason))
    return answer(request, ticket, _("The ticket is open again.") if done else "", reopen_form=form)


def _reason(request: SignedIn, deed: Callable[[str], object]) -> tuple[bool, ReasonForm]:
    form = ReasonForm(request.POST)
    return attempt(form, lambda: deed(form.cleaned_data["reason"]), request.verdict), form


def answer(request: SignedIn, ticket: Ticket, done: str, **forms: Form) -> HttpResponse:
    """Back to the page with a word of what was done; or the page itself with the refused form in its place."""
    if done:
        toasts.success(request, done)
        return redirect("portal:ticket", ticket.number)
    name, form = next(iter(forms.items()))
    context = ticket_page(request, request.user, ticket, **forms)
    if getattr(form, "conflict", False):
        context |= moved_on(request.user, form, name, context)
    return render(request, "portal/ticket.html", context, status=status_of(form))
