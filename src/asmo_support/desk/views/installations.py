"""What stands at customers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.contracts.access import may_keep_installations
from asmo_support.contracts.actions.installing import add_installation, change_installation
from asmo_support.contracts.models import Installation
from asmo_support.desk.forms.installations import InstallationForm
from asmo_support.people.models import Organization
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import guard
from asmo_support.ui.request import SignedIn


@guard(Organization, may=may_keep_installations)
def new(request: SignedIn, organization: Organization) -> HttpResponse:
    form = InstallationForm(request.POST if request.method == "POST" else None, organization=organization)
    if attempt(form, lambda: add_installation(organization, form.cleaned_data, by=request.user)):
        messages.success(request, _("The installation is written down."))
        return redirect("desk:customer", organization.pk)
    context = {"form": form, "organization": organization, "title": _("New installation")}
    return render(request, "desk/customers/form.html", context, status=status_of(form))


@guard(Installation, may=may_keep_installations)
def installation(request: SignedIn, installation: Installation) -> HttpResponse:
    form = InstallationForm(
        request.POST if request.method == "POST" else None,
        organization=installation.organization, installation=installation,
    )  # fmt: skip
    if attempt(form, lambda: change_installation(installation, form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("desk:customer", installation.organization_id)
    context = {"form": form, "organization": installation.organization, "title": installation.name}
    return render(request, "desk/customers/form.html", context, status=status_of(form))
