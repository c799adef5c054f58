"""Whom we promised to call."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.channels.models import Call, Callback
from asmo_support.channels.phone import callbacks as deeds
from asmo_support.channels.phone.access import may_close, may_take_calls
from asmo_support.channels.phone.callbacks import Plan
from asmo_support.channels.phone.queries import callbacks
from asmo_support.desk.communication import tabs_for
from asmo_support.desk.forms.calls import CallbackForm
from asmo_support.lib.errors import Refused
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn, asked_page


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    closed = request.GET.get("state") == "closed"
    page = asked_page(request)
    rows, more = callbacks(request.user, closed=closed, page=page)
    context = {"rows": rows, "more": more, "page": page, "closed": closed, "may_take": may_take_calls(request.user),
               "tabs": tabs_for(request.user)}  # fmt: skip
    return render(request, "desk/calls/callbacks.html", context)


@guard(may=may_take_calls)
def new(request: SignedIn) -> HttpResponse:
    return _new(request, None)


@guard(Call, may=may_take_calls)
def of_call(request: SignedIn, call: Call) -> HttpResponse:
    return _new(request, call)


@guard(Callback, may=may_close)
def closing(request: SignedIn, callback: Callback) -> HttpResponse:
    """Done, or cancelled."""
    if request.method == "POST":
        try:
            deeds.close(callback, done=request.POST.get("done") == "1", by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.words)
        else:
            messages.success(request, _("Off the list."))
    return redirect("desk:callbacks")


def _new(request: SignedIn, call: Call | None) -> HttpResponse:
    form = CallbackForm(
        request.POST if request.method == "POST" else None, initial=CallbackForm.facts(call, request.user)
    )
    if attempt(form, lambda: deeds.plan(_plan(form, call), by=request.user)):
        messages.success(request, _("The callback is planned."))
        return redirect("desk:callbacks")
    return render(request, "desk/calls/callback.html", {"form": form, "call": call}, status=status_of(form))


def _plan(form: CallbackForm, call: Call | None) -> Plan:
    if call is None:
        return Plan(**form.cleaned_data)
    return Plan(**form.cleaned_data, call=call, ticket=call.ticket, person=call.person, organization=call.organization)
