"""From a pasted text to a published year: loading, the audit and the preview, publishing, throwing away."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.desk.calendar_sheet import changes, findings, sheet, week
from asmo_support.desk.forms.calendars import LoadingForm, PublishingForm
from asmo_support.desk.views.calendars import shown_or_404
from asmo_support.lib.errors import Refused
from asmo_support.sla import calendars
from asmo_support.sla.access import may_keep_calendars
from asmo_support.sla.actions.calendars import drop, load_year, publish
from asmo_support.sla.calendars import Shown
from asmo_support.sla.layers import read_layers
from asmo_support.tickets.calendars import refresh
from asmo_support.tickets.foreseeing import foresee
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn


@guard(may=may_keep_calendars)
def loading(request: SignedIn, pk: int) -> HttpResponse:
    one = shown_or_404(pk)
    years = calendars.years_of(one.calendar, timezone.localdate())
    first = next((year.year for year in years if year.is_provisional), years[-1].year + 1)
    form = LoadingForm(
        request.POST if request.method == "POST" else None, request.FILES or None, initial={"year": first}
    )
    if attempt(
        form,
        lambda: load_year(one.row, form.days, by=request.user, title=form.named, seen=request.POST.get("seen", "")),
    ):
        messages.success(request, _("Read. Look at what would change, then publish it."))
        return redirect("desk:calendar-draft", pk)
    return render(
        request,
        "desk/calendars/loading.html",
        {"form": form, "shown": one, "draft": calendars.draft_of(one.row), "standing": calendars.standing(one.row)},
        status=status_of(form),
    )


@guard(may=may_keep_calendars)
def draft(request: SignedIn, pk: int) -> HttpResponse:
    one = shown_or_404(pk)
    row = calendars.draft_of(one.row)
    if row is None:
        return redirect("desk:calendar", pk) if request.method in READ else _gone(request, one)
    form = PublishingForm(request.POST if request.method == "POST" else None, initial={"source": row.source})
    if attempt(form, lambda: publish(one.row, by=request.user, **form.cleaned_data)):
        transaction.on_commit(refresh)  # never before others can read the new version
        messages.success(request, _("In force. Deadlines of open tickets are being counted anew."))
        return redirect("desk:calendar", pk)
    new = read_layers(row.content)
    loaded = calendars.loaded_year(row)
    years = [loaded.year] if loaded else calendars.changed_years(one.calendar, new, timezone.localdate())
    context = {
        "shown": one,
        "draft": row,
        "standing": calendars.standing(one.row),
        "form": form,
        "findings": findings(calendars.audited(row)),
        "faulty": bool(calendars.faults(row)),
        "stale": row.base != one.row.current,
        "week": week(row.content),
        "changes": changes(one.version.content, row.content),
        "sheet": sheet(new, one.calendar, years, request.GET.get("year", "")),
        "foreseen": foresee(calendars.would_be(row)),
    }
    return render(request, "desk/calendars/draft.html", context, status=status_of(form))


@guard(may=may_keep_calendars, methods=WRITE)
def dropping(request: SignedIn, pk: int) -> HttpResponse:
    row = shown_or_404(pk).row
    try:
        drop(row, by=request.user, seen=request.POST.get("seen", ""))
    except Refused as refusal:
        messages.error(request, refusal.words)
        return redirect("desk:calendar-draft" if calendars.draft_of(row) else "desk:calendar", pk)
    messages.success(request, _("Thrown away. What is in force stays as it is."))
    return redirect("desk:calendar", pk)


def _gone(request: SignedIn, one: Shown) -> HttpResponse:
    """The draft of this page is there no more: the action says what became of it, and what was typed is kept."""
    form = PublishingForm(request.POST)
    attempt(form, lambda: publish(one.row, by=request.user, **form.cleaned_data))
    return render(request, "desk/calendars/gone.html", {"shown": one, "form": form}, status=status_of(form))
