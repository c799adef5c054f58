"""The catalogue: a plain table and one form for services, products and modules."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.catalog.access import may_keep_catalog
from asmo_support.catalog.actions.keeping import add_entry, change_entry
from asmo_support.catalog.queries import entries, entry
from asmo_support.desk.forms.catalog import EntryForm
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


def _table(request: SignedIn, kind: str) -> HttpResponse:
    form = EntryForm(request.POST if request.method == "POST" else None, kind=kind)
    if attempt(form, lambda: add_entry(kind, form.cleaned_data, by=request.user)):
        messages.success(request, _("Added; it is offered from now on."))
        return redirect(f"desk:catalog-{kind}")
    context = {"kind": kind, "entries": list(entries(kind)), "form": form}
    return render(request, "desk/catalog/table.html", context, status=status_of(form))


def _entry(request: SignedIn, kind: str, pk: int) -> HttpResponse:
    row = entry(kind, pk)
    if row is None:
        raise Http404
    initial = {"name": row.name, "code": row.code, "retired": row.retired, "product": getattr(row, "product_id", None)}
    form = EntryForm(request.POST if request.method == "POST" else None, kind=kind, initial=initial)
    if attempt(form, lambda: change_entry(kind, row, form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect(f"desk:catalog-{kind}")
    context = {"kind": kind, "entry": row, "form": form}
    return render(request, "desk/catalog/entry.html", context, status=status_of(form))
