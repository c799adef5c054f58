"""Words of the desk: answers, notes, questions. A refusal brings the page back with the words kept."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect

from asmo_support.desk import ticket_page
from asmo_support.desk.forms.compose import ComposeForm
from asmo_support.tickets.access import may_ask, may_note, may_reply, may_resolve
from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.models import Ticket
from asmo_support.ui.answering import attempt
from asmo_support.ui.guard import even_late, guard
from asmo_support.ui.request import SignedIn


@guard(Ticket, may=may_reply, by="number", back="desk:ticket")
@even_late
def messages(request: SignedIn, ticket: Ticket) -> HttpResponse:
    return _say(request, ticket, "answer", lambda form: conversation.reply(ticket, form.words(), by=request.user))


@guard(Ticket, may=may_note, by="number", back="desk:ticket")
@even_late
def notes(request: SignedIn, ticket: Ticket) -> HttpResponse:
    return _say(request, ticket, "note", lambda form: conversation.note(ticket, form.words(), by=request.user))


@guard(Ticket, may=may_ask, by="number", back="desk:ticket")
@even_late
def information_requests(request: SignedIn, ticket: Ticket) -> HttpResponse:
    return _say(request, ticket, "question", lambda form: lifecycle.ask(ticket, form.words(), by=request.user))


@guard(Ticket, may=may_resolve, by="number", back="desk:ticket")
@even_late
def resolutions(request: SignedIn, ticket: Ticket) -> HttpResponse:
    return _say(
        request, ticket, "resolution",
        lambda form: lifecycle.propose_resolution(ticket, form.words(), by=request.user),
    )  # fmt: skip


def _say(request: SignedIn, ticket: Ticket, mode: str, deed: Callable[[ComposeForm], object]) -> HttpResponse:
    form = ComposeForm(request.POST, request.FILES, user=request.user)
    if attempt(form, lambda: deed(form), request.verdict):
        return redirect("desk:ticket", ticket.number)
    return ticket_page.refused(request, ticket, mode, form)
