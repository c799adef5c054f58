"""The page behind the link of an invitation: the first password, or a new link instead of one that ran out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.people.actions.invitations import accept, ask_again, known
from asmo_support.signin.forms import FirstPasswordForm
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import guard


@guard()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = known(token)
    if found is None or not found.is_live:
        return _over(request, token, found.state if found else "")
    form = FirstPasswordForm(request.POST if request.method == "POST" else None, person=found.person)
    if attempt(form, lambda: accept(token, form.cleaned_data["password"])):
        messages.success(request, _("The password is set. Sign in with it."))
        return redirect("account_login")
    context = {"form": form, "person": found.person}
    return render(request, "signin/invitation.html", context, status=status_of(form))


def _over(request: HttpRequest, token: str, state: str) -> HttpResponse:
    """What became of the link; whoever holds one that ran out may ask for another, and sees the same in any case."""
    asked = request.method == "POST" and state == "expired"
    if asked:
        ask_again(token)
    return render(request, "signin/invitation_over.html", {"state": state, "asked": asked})
