"""The catalogue: a plain table and one form for each kind of its entries."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.catalog.access import may_keep_catalog
from asmo_support.catalog.actions.keeping import add_entry, change_entry
from asmo_support.catalog.queries import entries, entry
from asmo_support.desk.forms.catalog import FORMS, facts
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import guard
from asmo_support.ui.request import SignedIn


@guard(may=may_keep_catalog)
def services(request: SignedIn) -> HttpResponse:
    return _table(request, "services")


@guard(may=may_keep_catalog)
def products(request: SignedIn) -> HttpResponse:
    return _table(request, "products")


@guard(may=may_keep_catalog)
def modules(request: SignedIn) -> HttpResponse:
    return _table(request, "modules")


@guard(may=may_keep_catalog)
def service(request: SignedIn, pk: int) -> HttpResponse:
    return _entry(request, "services", pk)


@guard(may=may_keep_catalog)
def product(request: SignedIn, pk: int) -> HttpResponse:
    return _entry(request, "products", pk)


@guard(may=may_keep_catalog)
def module(request: SignedIn, pk: int) -> HttpResponse:
    return _entry(request, "modules", pk)


@guard(may=may_keep_catalog)
def versions(request: SignedIn) -> HttpResponse:
    return _table(request, "versions")


@guard(may=may_keep_catalog)
def types(request: SignedIn) -> HttpResponse:
    return _table(request, "types")


@guard(may=may_keep_catalog)
def version(request: SignedIn, pk: int) -> HttpResponse:
    return _entry(request, "versions", pk)


@guard(may=may_keep_catalog)
def request_type(request: SignedIn, pk: int) -> HttpResponse:
    return _entry(request, "types", pk)


def _table(request: SignedIn, kind: str) -> HttpResponse:
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    if attempt(form, lambda: add_entry(kind, form.cleaned_data, by=request.user)):
        messages.success(request, _("Added; it is offered from now on."))
        return redirect(f"desk:catalog-{kind}")
    context = {"kind": kind, "entries": list(entries(kind)), "form": form, "today": timezone.localdate()}
    return render(request, "desk/catalog/table.html", context, status=status_of(form))


def _entry(request: SignedIn, kind: str, pk: int) -> HttpResponse:
    row = entry(kind, pk)
    if row is None:
        raise Http404
    form = FORMS[kind](request.POST if request.method == "POST" else None, initial=facts(kind, row))
    if attempt(form, lambda: change_entry(kind, row, form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect(f"desk:catalog-{kind}")
    context = {"kind": kind, "entry": row, "form": form}
    return render(request, "desk/catalog/entry.html", context, status=status_of(form))
