"""How a page does a deed: a refusal becomes the form's own error, so that nothing typed is lost."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from asmo_support.lib.errors import Conflict, Refused
from asmo_support.ui.request import SignedIn

UNPROCESSABLE = 422


def attempt(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do the deed of a valid form. False when the form or a rule says no: then the form says why."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.words)
        # Somebody else was faster: the page says who.
        form.conflict = isinstance(refusal, Conflict)  # type: ignore[attr-defined]
        return False
    return True


def status_of(form: forms.Form) -> int:
    """422 for a form that came back with errors, 200 for one that is shown for the first time."""
    return UNPROCESSABLE if form.is_bound and form.errors else 200


def back(request: SignedIn, fallback: str, *args: object) -> HttpResponse:
    """To the local page the form came from."""
    asked = request.POST.get("next", "")
    local = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if local else fallback, *(() if local else args))
