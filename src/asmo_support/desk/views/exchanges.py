"""Telephone exchanges that tell us of calls: the administrator's."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from asmo_support.channels.models import Exchange
from asmo_support.channels.phone.access import may_keep_exchanges
from asmo_support.channels.phone.exchanges import add_exchange, revoke
from asmo_support.channels.phone.queries import exchanges
from asmo_support.desk.forms.calls import ExchangeForm
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import WRITE, guard
from asmo_support.ui.request import SignedIn


@guard(may=may_keep_exchanges)
def index(request: SignedIn) -> HttpResponse:
    """The address of a new one is in the answer itself and nowhere else: it is kept as a hash."""
    form = ExchangeForm(request.POST if request.method == "POST" else None)
    made: list[tuple[Exchange, str]] = []
    address = ""
    if attempt(form, lambda: made.append(add_exchange(form.cleaned_data["name"], by=request.user))):
        address = request.build_absolute_uri(reverse("api:cti", args=[made[0][1]]))
        form = ExchangeForm()
    context = {"form": form, "rows": exchanges(), "address": address, "made": made[0][0] if made else None}
    return render(request, "desk/calls/exchanges.html", context, status=status_of(form))


@guard(may=may_keep_exchanges, methods=WRITE)
def revocation(request: SignedIn, pk: int) -> HttpResponse:
    row = next((one for one in exchanges() if one.pk == pk), None)
    if row is None:
        raise Http404
    revoke(row, by=request.user)
    messages.success(request, _("The address of “%(name)s” opens nothing any more.") % {"name": row.name})
    return redirect("desk:exchanges")
