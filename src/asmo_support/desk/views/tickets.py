"""The list of tickets and the page of one."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from asmo_support.channels.access import may_sort_letters
from asmo_support.desk import listing, ticket_page
from asmo_support.desk.forms.filters import ChoosingForm, FilterForm
from asmo_support.insight.lists import page
from asmo_support.people.queries import names
from asmo_support.tickets import queries
from asmo_support.tickets.access import may_read, may_register
from asmo_support.tickets.models import Ticket
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    """Filters combine and live in the address; without any it is my move."""
    form, now = FilterForm(request.GET), timezone.now()
    asked = form.asked()
    found = page(request.user, asked, request.GET.get("after", ""), request.GET.get("before", ""))
    whole = not (found.next or found.previous)
    elsewhere = sum(1 for row in found.rows if row.ticket.queue)
    context = {
        "total": len(found.rows) - (elsewhere if asked.mine else 0) if whole else 0,
        "elsewhere": elsewhere,
        "title": listing.title_of(asked.state, dict(form.fields["state"].choices).get(asked.state, "")),  # type: ignore[attr-defined]
        "asked": asked,
        "groups": listing.groups(found.rows, request.user, now, more=bool(found.next)),
        "page": found,
        "chips": _chips(request, form),
        "choosing": ChoosingForm(request.GET, user=request.user) if "choose" in request.GET else None,
        "may_register": may_register(request.user),
        "here": listing.here(request.GET),
        "close": listing.address(request.GET),
        "plain": asked == FilterForm({}).asked(),
    }
    return render(request, "desk/tickets/index.html", context)


@guard(Ticket, by="number", may=may_read, methods=READ)
def whole(request: SignedIn, ticket: Ticket, said: int) -> HttpResponse:
    """All of a letter of which the talk shows the new words."""
    letter = queries.said(ticket, said, request.user)
    if letter is None:
        raise Http404
    return _whole(request, ticket, letter)


@guard(Ticket, by="number", may=may_read, methods=READ)
def first_letter(request: SignedIn, ticket: Ticket) -> HttpResponse:
    """All of a letter of which the ticket shows the beginning."""
    return _whole(request, ticket, queries.opened_by(ticket))


def _whole(request: SignedIn, ticket: Ticket, letter: queries.Whole) -> HttpResponse:
    context = {"ticket": ticket, "letter": letter, "may_sort": may_sort_letters(request.user)}
    return render(request, "desk/ticket/whole.html", context)


@guard(Ticket, by="number", may=may_read, methods=READ)
def show(request: SignedIn, ticket: Ticket) -> HttpResponse:
    return render(request, "desk/ticket/page.html", ticket_page.page(request, ticket))


def _chips(request: SignedIn, form: FilterForm) -> list[listing.Chip]:
    asked = form.asked()
    person = int(asked.assignee) if asked.assignee.isdecimal() else None
    who, customer = names(request.user, person=person, organization=asked.organization) if (
        person or asked.organization) else ("", "")  # fmt: skip
    return listing.chips(request.GET, asked, who=who, customer=customer)
