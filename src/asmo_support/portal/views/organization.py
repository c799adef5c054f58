"""The organization: its people, contracts, branches, and whose tickets colleagues see."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.contracts.queries import contracts_of
from asmo_support.people.access import may_choose_visibility, may_manage_people
from asmo_support.people.actions.organizations import choose_visibility
from asmo_support.people.lookups import domains_of, listed
from asmo_support.people.models import Organization
from asmo_support.people.queries import branches_of, people_of
from asmo_support.portal.forms import VisibilityForm
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import NotAllowed, guard
from asmo_support.ui.request import SignedIn


@guard()
def show(request: SignedIn) -> HttpResponse:
    if request.user.organization is None:
        raise Http404
    return _page(request, request.user.organization)


@guard(Organization)
def branch(request: SignedIn, organization: Organization) -> HttpResponse:
    """The same page of a branch, for the coordinator of its head office."""
    return _page(request, organization)


def _page(request: SignedIn, organization: Organization) -> HttpResponse:
    user = request.user
    may_choose, may_manage = may_choose_visibility(user), may_manage_people(user)
    if request.method == "POST" and not may_choose:
        raise NotAllowed(may_choose.reason)
    sent = request.POST if request.method == "POST" else None
    form = VisibilityForm(sent, initial={"visibility": organization.visibility})
    if sent and attempt(form, lambda: choose_visibility(organization, form.cleaned_data["visibility"], by=user)):
        messages.success(request, _("Saved."))
        return redirect(request.path)
    context = {
        "organization": organization,
        "people": listed(people_of(organization, active=not may_manage)),
        "branches": list(branches_of(organization)) if user.is_coordinator else [],
        "domains": list(domains_of(organization)),
        "contracts": contracts_of(organization, user),
        "today": timezone.localdate(),
        "form": form,
        "may_choose": may_choose,
        "may_manage": may_manage,
    }
    return render(request, "portal/organization.html", context, status=status_of(form))
