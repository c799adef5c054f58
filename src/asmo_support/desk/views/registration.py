"""Registering in a customer's name: find who asks, then say what."""

from datetime import date

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from asmo_support.catalog.queries import chosen, request_types
from asmo_support.channels.models import Call
from asmo_support.channels.phone.keeping import put_into
from asmo_support.channels.phone.queries import going_on
from asmo_support.contracts.queries import coverage
from asmo_support.contracts.terms import Terms, contracts_for, terms_among
from asmo_support.desk.forms.tickets import RegisterForm
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import Organization, User
from asmo_support.people.queries import find_requesters, requester
from asmo_support.tickets.access import may_register
from asmo_support.tickets.actions.opening import register
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Channel, Kind
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import guard
from asmo_support.ui.request import SignedIn


@guard(may=may_register)
def new(request: SignedIn) -> HttpResponse:
    """`words` looks for the requester, `requester` chooses one; the form keeps both in its address, and the call."""
    posted = request.method == "POST"
    types = request_types()
    begun = chosen(types, request.GET.get("type"))
    form = RegisterForm(
        *((request.POST, request.FILES) if posted else ()), user=request.user, types=types,
        initial=begun.fills if begun else None,
    )  # fmt: skip
    made: list[Ticket] = []
    call = going_on(request.user, request.GET.get("call", ""))
    if attempt(form, lambda: made.append(_register(form, request.user, call))):
        return redirect("desk:ticket", made[0].number)
    today = timezone.localdate()
    words = clean((request.POST if posted else request.GET).get("words", ""))[:200]
    who = _who(request)
    context = {
        "form": form,
        "types": types,
        "chosen": chosen(types, form["type"].value()),
        "words": words,
        "call": call,
        "who": who,
        "coverage": coverage(who.organization, today) if who and who.organization else None,
        "terms": _terms(who.organization, today) if who and who.organization else [],
        "found": find_requesters(request.user, words) if words and who is None else [],
    }
    return render(request, "desk/tickets/new.html", context, status=status_of(form))


def _terms(organization: Organization, day: date) -> list[tuple[str, str, Terms]]:
    """What covers each kind of request, before one is sent; nothing is turned away."""
    found = contracts_for(organization)
    return [(kind.value, str(kind.label), terms_among(found, kind.value, None, day)) for kind in Kind]


@transaction.atomic
def _register(form: RegisterForm, user: User, call: Call | None) -> Ticket:
    who = requester(user, form.cleaned_data["requester"])
    if who is None:
        raise Refused(str(form.fields["requester"].error_messages["required"]), field="requester")
    ticket = register(form.request(), by=user, requester=who, channel=Channel(form.cleaned_data["channel"]))
    if call:
        put_into(call, ticket, by=user)
    return ticket


def _who(request: SignedIn) -> User | None:
    chosen = (request.POST if request.method == "POST" else request.GET).get("requester", "")
    return requester(request.user, int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else None
