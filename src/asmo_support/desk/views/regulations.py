"""Regulations, the administrator's: what is in force, what was, the draft, and the day it begins."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.contracts.queries import followers
from asmo_support.desk.forms.regulations import (
    NAMES,
    DraftForm,
    PublicationForm,
    RegulationForm,
    RegulationNameForm,
    written,
)
from asmo_support.lib.errors import Refused
from asmo_support.sla import regulations as known
from asmo_support.sla.access import may_keep_regulations
from asmo_support.sla.actions import regulations as deeds
from asmo_support.sla.models import Regulation, RegulationVersion
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn

SHOWN = 20


@guard(may=may_keep_regulations, methods=READ)
def index(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    rows = [(one, known.in_force(one, today), _coming(one), known.draft_of(one)) for one in known.regulations()]
    return render(request, "desk/regulations/index.html", {"rows": rows})


@guard(may=may_keep_regulations)
def new(request: SignedIn) -> HttpResponse:
    form = RegulationNameForm(request.POST if request.method == "POST" else None)
    made: list[RegulationVersion] = []
    if attempt(form, lambda: made.append(deeds.found(form.cleaned_data["name"], by=request.user))):
        return redirect("desk:regulation-draft", made[0].regulation_id)
    return render(request, "desk/regulations/new.html", {"form": form}, status=status_of(form))


@guard(may=may_keep_regulations, methods=READ)
def show(request: SignedIn, pk: int) -> HttpResponse:
    one = _regulation(pk)
    versions = known.published(one)
    current = known.in_force(one, timezone.localdate()) or (versions[-1] if versions else known.draft_of(one))
    return _page(request, one, current)


@guard(may=may_keep_regulations, methods=READ)
def version(request: SignedIn, pk: int, n: int) -> HttpResponse:
    one = _regulation(pk)
    return _page(request, one, known.version_of(one, n))


@guard(may=may_keep_regulations)
def details(request: SignedIn, pk: int) -> HttpResponse:
    one = _regulation(pk)
    initial = {"name": one.name, "retired": one.retired}
    form = RegulationForm(request.POST if request.method == "POST" else None, initial=initial)
    if attempt(form, lambda: deeds.change_regulation(one, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("desk:regulation", one.pk)
    return render(request, "desk/regulations/details.html", {"regulation": one, "form": form}, status=status_of(form))


@guard(may=may_keep_regulations, methods=WRITE)
def drafts(request: SignedIn, pk: int) -> HttpResponse:
    deeds.begin_draft(_regulation(pk), by=request.user)
    return redirect("desk:regulation-draft", pk)


@guard(may=may_keep_regulations)
def draft(request: SignedIn, pk: int) -> HttpResponse:
    one, row = _draft(request, pk)
    if not _is_shown(request, row):
        return _published_already(request, one, row)
    form = DraftForm(request.POST if request.method == "POST" else None, initial=written(row))
    seen = request.POST.get("seen", "")
    if attempt(form, lambda: deeds.write_draft(row, form.terms(), by=request.user, seen=seen)):
        messages.success(request, _("The draft is saved; nobody is served by it yet."))
        if any(known.is_odd(one.reaction_minutes, one.resolution_minutes) for one in form.terms().matrix.values()):
            messages.warning(request, _("Somewhere the reaction norm is longer than the resolution norm: look again."))
        return redirect("desk:regulation-version", one.pk, row.n)
    return render(request, "desk/regulations/draft.html", _context(one, row) | {"form": form}, status=status_of(form))


@guard(may=may_keep_regulations, methods=WRITE)
def draft_removal(request: SignedIn, pk: int) -> HttpResponse:
    one, row = _draft(request, pk)
    remains = bool(known.published(one))
    if not _said_no(request, lambda: deeds.drop_draft(row, by=request.user)):
        messages.success(request, _("The draft is thrown away."))
        return redirect("desk:regulation", pk) if remains else redirect("desk:regulations")
    return redirect("desk:regulation-version", pk, row.n)


@guard(may=may_keep_regulations)
def publication(request: SignedIn, pk: int) -> HttpResponse:
    one, row = _draft(request, pk)
    if not _is_shown(request, row):
        return _published_already(request, one, row)
    form = PublicationForm(
        request.POST if request.method == "POST" else None, initial={"starts_on": timezone.localdate()}
    )
    if attempt(form, lambda: deeds.publish(row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Published. Tickets that are registered already keep their norms."))
        return redirect("desk:regulation-version", one.pk, row.n)
    context = _context(one, row) | {"form": form}
    return render(request, "desk/regulations/publication.html", context, status=status_of(form))


@guard(may=may_keep_regulations)
def withdrawal(request: SignedIn, pk: int, n: int) -> HttpResponse:
    """Which contracts would be served by another regulation is said before it is taken back."""
    one = _regulation(pk)
    row = known.version_of(one, n)
    if row is None:
        raise Http404
    if request.method in READ:
        return _withdrawing(request, one, row)
    if _said_no(request, lambda: deeds.withdraw(row, by=request.user)):
        return redirect("desk:regulation-version", one.pk, n)
    messages.success(request, _("Taken back; what was written is a draft again."))
    return redirect("desk:regulation-draft", one.pk)


def _withdrawing(request: SignedIn, one: Regulation, row: RegulationVersion) -> HttpResponse:
    context = _context(one, row)
    if words := known.why_not_withdrawn(one, row, context["today"]):
        messages.error(request, words)
        return redirect("desk:regulation-version", one.pk, row.n)
    contracts = followers(one, row.starts_on or timezone.localdate())
    context |= {"contracts": contracts[:SHOWN], "more": max(contracts.count() - SHOWN, 0), "default": known.default()}
    return render(request, "desk/regulations/withdrawal.html", context)


def _said_no(request: SignedIn, deed: Callable[[], object]) -> bool:
    """Do the deed of a button without a form; when a rule refuses it, the page says why."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, refusal.words)
        return True
    return False


def _regulation(pk: int) -> Regulation:
    one = known.regulation(pk)
    if one is None:
        raise Http404
    return one


def _draft(request: SignedIn, pk: int) -> tuple[Regulation, RegulationVersion]:
    """The draft, or the version a form was opened for: it may be published since, and the action says so."""
    one, n = _regulation(pk), request.POST.get("n", "")
    meant = known.version_of(one, int(n)) if n.isascii() and n.isdigit() else known.draft_of(one)
    row = meant or known.draft_of(one) or next(iter(known.published(one)), None)
    if row is None:
        raise Http404
    return one, row


def _is_shown(request: SignedIn, row: RegulationVersion) -> bool:
    return request.method not in READ or row.state == RegulationVersion.State.DRAFT


def _published_already(request: SignedIn, one: Regulation, row: RegulationVersion) -> HttpResponse:
    """A page of a draft that is no draft any more, opened or loaded again."""
    messages.info(request, _("There is no draft. Version %(n)s is published already; here it is.") % {"n": row.n})
    return redirect("desk:regulation-version", one.pk, row.n)


def _coming(one: Regulation) -> RegulationVersion | None:
    """The version that is published and has not begun."""
    today = timezone.localdate()
    return next((row for row in known.published(one) if row.starts_on and row.starts_on > today), None)


def _page(request: SignedIn, one: Regulation, row: RegulationVersion | None) -> HttpResponse:
    if row is None:
        raise Http404
    return render(request, "desk/regulations/show.html", _context(one, row))


def _context(one: Regulation, row: RegulationVersion) -> dict[str, Any]:
    now, today = timezone.now(), timezone.localdate()
    older = known.before(one, row)
    return {
        "regulation": one, "version": row, "older": older, "now": now,
        "lines": [(NAMES[line.case], line) for line in known.lines_of(row, older, now)],
        "versions": [(other, known.is_in_force(other, today)) for other in one.versions.all()],
        "in_force": known.is_in_force(row, today), "draft": known.draft_of(one),
        "coming": bool(row.starts_on and row.starts_on > today), "today": today,
        "why_not_withdrawn": known.why_not_withdrawn(one, row, today),
    }  # fmt: skip
