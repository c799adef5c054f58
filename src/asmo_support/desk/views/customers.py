"""Customers with their people, contracts and open tickets."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.contracts.access import may_keep_installations
from asmo_support.contracts.installed import installations_of
from asmo_support.contracts.queries import contracts_of
from asmo_support.desk.forms.customers import OrganizationForm
from asmo_support.desk.listing import row_of
from asmo_support.insight.lists import Filter
from asmo_support.insight.lists import page as ticket_page
from asmo_support.lib.text import clean
from asmo_support.people.access import may_keep_customers
from asmo_support.people.actions.people import add_organization, change_organization
from asmo_support.people.lookups import domains_of, history_of, listed, merge_of, stands_for
from asmo_support.people.models import Organization
from asmo_support.people.queries import branches_of, organization_of, organization_page, people_of
from asmo_support.people.sentences import happened
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn

SHOWN = 20


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    words = clean(request.GET.get("words", ""))[:200]
    page = organization_page(request.user, words, request.GET.get("after", ""))
    context = {"page": page, "words": words, "may_keep": may_keep_customers(request.user)}
    return render(request, "desk/customers/index.html", context)


@guard(methods=READ)
def show(request: SignedIn, pk: int) -> HttpResponse:
    organization = organization_of(request.user, pk)
    if organization is None:
        return _moved(request, pk)
    now = timezone.now()
    tickets = ticket_page(request.user, Filter(state="open", organization=organization.pk), size=SHOWN)
    context = {
        "organization": organization,
        "people": listed(people_of(organization)),
        "domains": list(domains_of(organization)),
        "merge": merge_of(organization),
        "history": happened(history_of(organization)),
        "contracts": contracts_of(organization, request.user),
        "installations": installations_of(organization, request.user),
        "may_install": may_keep_installations(request.user),
        "branches": list(branches_of(organization)),
        "rows": [row_of(one, request.user, now) for one in tickets.rows],
        "more": bool(tickets.next),
        "today": timezone.localdate(now),
        "may_keep": may_keep_customers(request.user),
    }
    return render(request, "desk/customers/show.html", context)


def _moved(request: SignedIn, pk: int) -> HttpResponse:
    """The number of a customer that was merged leads to the one that stays."""
    into = stands_for(pk)
    if into is None or organization_of(request.user, into) is None:
        raise Http404
    return redirect("desk:customer", into)


@guard(may=may_keep_customers)
def new(request: SignedIn) -> HttpResponse:
    form = OrganizationForm(request.POST if request.method == "POST" else None, user=request.user)
    made: list[Organization] = []
    if attempt(form, lambda: made.append(add_organization(form.cleaned_data, by=request.user))):
        messages.success(request, _("The customer is added. Now its people and contract."))
        return redirect("desk:customer", made[0].pk)
    context = {"form": form, "title": _("New customer")}
    return render(request, "desk/customers/form.html", context, status=status_of(form))


@guard(Organization, may=may_keep_customers)
def details(request: SignedIn, organization: Organization) -> HttpResponse:
    initial = {name: getattr(organization, name) for name in ("name", "short_name", "visibility", "phones")}
    form = OrganizationForm(
        request.POST if request.method == "POST" else None, user=request.user, organization=organization,
        initial=initial | {"parent": organization.parent_id},
    )  # fmt: skip
    if attempt(form, lambda: change_organization(organization, form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("desk:customer", organization.pk)
    context = {"form": form, "organization": organization, "title": organization.short_name}
    return render(request, "desk/customers/form.html", context, status=status_of(form))
