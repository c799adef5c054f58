"""What a customer is recognised by, and two entries that turned out to be one."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from asmo_support.desk.forms.customers import DomainForm
from asmo_support.insight.merging import preview_of_organizations, preview_of_people
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.access import may_keep_customers, may_keep_domain
from asmo_support.people.actions.domains import add_domain, remove_domain
from asmo_support.people.actions.merging import merge_organizations, merge_people
from asmo_support.people.lookups import domains_of
from asmo_support.people.models import Merge, Organization, OrganizationDomain, User
from asmo_support.people.queries import colleagues, find_organizations, organization_of, person_of
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import WRITE, guard
from asmo_support.ui.request import SignedIn


@guard(Organization, may=may_keep_customers)
def domains(request: SignedIn, organization: Organization) -> HttpResponse:
    form = DomainForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: add_domain(organization, form.cleaned_data["domain"], by=request.user)):
        messages.success(request, _("Letters from there are recognised from now on."))
        return redirect("desk:customer-domains", organization.pk)
    context = {"form": form, "organization": organization, "domains": list(domains_of(organization))}
    return render(request, "desk/customers/domains.html", context, status=status_of(form))


@guard(OrganizationDomain, may=may_keep_domain, methods=WRITE)
def domain_removal(request: SignedIn, row: OrganizationDomain) -> HttpResponse:
    remove_domain(row, by=request.user)
    messages.success(request, _("The domain %(name)s is taken away.") % {"name": row.shown})
    return redirect("desk:customer-domains", row.organization_id)


@guard(Organization, may=may_keep_customers)
def customer_merge(request: SignedIn, organization: Organization) -> HttpResponse:
    """Choose the other customer, look at what would move, confirm. The worker does it."""
    into, words = organization_of(request.user, _asked(request)), clean(request.GET.get("words", ""))[:200]
    if request.method == "POST":
        if into is None:
            raise Http404
        ask = partial(merge_organizations, organization, into, by=request.user)
        return _confirmed(request, ask, "desk:customer", organization.pk)
    found = find_organizations(request.user, words, besides=organization.pk) if into is None else []
    preview = preview_of_organizations(organization, into) if into else None
    context = {"organization": organization, "into": into, "words": words, "found": found, "preview": preview}
    return render(request, "desk/customers/merge.html", context)


@guard(User, may=may_keep_customers)
def person_merge(request: SignedIn, person: User) -> HttpResponse:
    """The same for two entries of one person."""
    if person.is_staff:
        raise Http404
    into = person_of(request.user, _asked(request))
    if request.method == "POST":
        if into is None:
            raise Http404
        return _confirmed(request, partial(merge_people, person, into, by=request.user), "desk:person", person.pk)
    preview = preview_of_people(person, into) if into else None
    context = {"person": person, "into": into, "found": list(colleagues(person, request.user)), "preview": preview}
    return render(request, "desk/people/merge.html", context)


def _confirmed(request: SignedIn, ask: Callable[[], Merge], page: str, pk: int) -> HttpResponse:
    """To the entry that is going: it shows how the merge stands, and leads on once it is done."""
    try:
        ask()
    except Refused as refusal:
        messages.error(request, refusal.words)
        preview = reverse(f"{page}-merge", args=[pk])
        return redirect(f"{preview}?into={_asked(request)}")
    messages.success(request, _("The merge is on its way; it takes some seconds."))
    return redirect(page, pk)


def _asked(request: SignedIn) -> int:
    said = (request.POST if request.method == "POST" else request.GET).get("into", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0
