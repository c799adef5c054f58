"""How a page does a deed: a refusal becomes the form's own error, so that nothing typed is lost."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.verdict import YES, Verdict
from asmo_support.ui.guard import CONFLICT
from asmo_support.ui.request import SignedIn

UNPROCESSABLE = 422


def attempt(form: forms.Form, deed: Callable[[], object], verdict: Verdict = YES) -> bool:
    """Do the deed of a valid form. False when the form or a rule says no: then the form says why.

    A view that is called even late hands its `request.verdict` over.
    """
    fits = form.is_valid()
    if verdict.late:
        return _late(form, verdict.reason)
    if not fits:
        return False
    try:
        deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.words)
        # Somebody else was faster: the page says who.
        form.conflict = isinstance(refusal, Conflict)  # type: ignore[attr-defined]
        return False
    return True


def _late(form: forms.Form, reason: str) -> bool:
    # Whether something is missing in the words does not matter any more.
    form.errors.clear()
    form.add_error(None, reason)
    form.conflict = True  # type: ignore[attr-defined]
    return False


def status_of(form: forms.Form) -> int:
    """409 when somebody was faster, 422 for other errors, 200 for a form that is shown for the first time."""
    if getattr(form, "conflict", False):
        return CONFLICT
    return UNPROCESSABLE if form.is_bound and form.errors else 200


def back(request: SignedIn, fallback: str, *args: object) -> HttpResponse:
    """To the local page the form came from."""
    asked = request.POST.get("next", "")
    local = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if local else fallback, *(() if local else args))
