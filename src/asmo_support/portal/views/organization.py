"""The organization: its people, contracts, and whose tickets colleagues see."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.contracts.queries import contracts_of
from asmo_support.people.access import may_choose_visibility
from asmo_support.people.actions.organizations import choose_visibility
from asmo_support.people.queries import people_of
from asmo_support.portal.forms import VisibilityForm
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import NotAllowed, guard
from asmo_support.ui.request import SignedIn


@guard()
def show(request: SignedIn) -> HttpResponse:
    user, organization = request.user, request.user.organization
    verdict = may_choose_visibility(user)
    if request.method == "POST" and not verdict:
        raise NotAllowed(verdict.reason)
    sent = request.POST if request.method == "POST" else None
    form = VisibilityForm(sent, initial={"visibility": organization.visibility if organization else ""})
    if (
        sent
        and organization
        and attempt(form, lambda: choose_visibility(organization, form.cleaned_data["visibility"], by=user))
    ):
        messages.success(request, _("Saved."))
        return redirect("portal:organization")
    context = {
        "organization": organization,
        "people": people_of(organization, active=True) if organization else [],
        "contracts": contracts_of(organization, user) if organization else [],
        "today": timezone.localdate(),
        "form": form,
        "may_choose": verdict,
    }
    return render(request, "portal/organization.html", context, status=status_of(form))
