"""The start page, my tickets, a new one, and the page of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.catalog.models import RequestType
from asmo_support.catalog.queries import chosen, request_types
from asmo_support.insight.similar import similar
from asmo_support.portal import pages
from asmo_support.portal.forms import RequestForm
from asmo_support.portal.ticket_page import ticket_page
from asmo_support.tickets.access import may_read, may_register
from asmo_support.tickets.actions import opening
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.queries import seen
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn


@guard(methods=READ)
def home(request: SignedIn) -> HttpResponse:
    if request.user.is_staff:
        return redirect("desk:tickets")
    return render(request, "portal/home.html", pages.home(request.user))


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    return render(request, "portal/tickets.html", pages.listing(request))


@guard(may=may_register)
def new(request: SignedIn) -> HttpResponse:
    """The form asks little; it says before sending when an answer is due and what the contract covers."""
    user, now = request.user, timezone.now()
    follows = seen(user, request.GET.get("after", ""))
    types = request_types()
    initial = _begun(request, follows, chosen(types, request.GET.get("type")))
    form = RequestForm(*_sent(request), user=user, initial=initial, types=types)
    made: list[Ticket] = []
    if attempt(form, lambda: made.append(opening.register(form.request(follows), by=user, requester=user))):
        messages.success(request, _("Registered under № %(number)s.") % {"number": made[0].number})
        return redirect("portal:ticket", made[0].number)
    usual = chosen(types, form["type"].value())
    special = usual.kind if usual and not usual.standard else ""
    context: dict[str, Any] = {"form": form, "follows": follows, "now": now, "types": types, "chosen": usual}
    context |= pages.contract(user, now, special=special)
    context["similar"] = similar(user, str(form["subject"].value() or "")) if not follows else []
    return render(request, "portal/new.html", context, status=status_of(form))


@guard(Ticket, may=may_read, by="number", methods=READ)
def show(request: SignedIn, ticket: Ticket) -> HttpResponse:
    return render(request, "portal/ticket.html", ticket_page(request, request.user, ticket))


def _sent(request: SignedIn) -> tuple[object, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _begun(request: SignedIn, follows: Ticket | None, usual: RequestType | None) -> dict[str, Any]:
    """What is known before typing: the subject of the old ticket, or what was asked or chosen on the way here."""
    if follows is None:
        return {"subject": request.GET.get("subject", "").strip()[:250]} | (usual.fills if usual else {})
    facts = ("kind", "impact", "urgency")
    return {"subject": follows.subject, "module": follows.module_id, "service": follows.service_id} | {
        name: getattr(follows, name) for name in facts
    }
