"""The key letters are signed with: the administrator's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.channels import signing_keys
from asmo_support.channels.access import may_keep_servers
from asmo_support.channels.models import SigningKey
from asmo_support.desk.forms.dkim import KeyForm
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import guard
from asmo_support.ui.request import SignedIn


@guard(may=may_keep_servers)
def page(request: SignedIn) -> HttpResponse:
    """Make a key or bring one; publish its record; switch it on."""
    key, switches = signing_keys.newest(), request.POST.get("do") in {"on", "off"}
    if key and request.method == "POST" and switches:
        return _switched(request, key)
    form = KeyForm(request.POST if request.method == "POST" else None, initial=signing_keys.proposed())
    if attempt(form, lambda: signing_keys.keep(**form.cleaned_data, by=request.user)):
        messages.success(request, _("The key is kept. Publish its record, then switch it on."))
        return redirect("desk:mail-dkim")
    return render(request, "desk/mail/dkim.html", {"form": form, "key": key}, status=status_of(form))


def _switched(request: SignedIn, key: SigningKey) -> HttpResponse:
    on = request.POST.get("do") == "on"
    signing_keys.switch(key, on=on, by=request.user)
    messages.success(request, _("Letters are signed from now on.") if on else _("Letters are not signed from now on."))
    return redirect("desk:mail-dkim")
