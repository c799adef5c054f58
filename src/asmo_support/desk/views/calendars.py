"""Working calendars: which there are, what their years rest on, their hours and days; the administrator's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.desk.calendar_sheet import own_days, sheet, week
from asmo_support.desk.forms.calendars import HoursForm, typed
from asmo_support.lib.errors import Refused
from asmo_support.sla import calendars
from asmo_support.sla.access import may_keep_calendars
from asmo_support.sla.actions.calendars import change_hours, go_back, open_calendar, rename, retire
from asmo_support.sla.calendars import Shown
from asmo_support.sla.layers import read_layers
from asmo_support.sla.models import CalendarVersion
from asmo_support.tickets.actions.recounting import progress
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn

NEW = {
    "zone": "Europe/Moscow",
    "week": {day: [["08:45", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "production": True,
    "shortening": 60,
}


@guard(may=may_keep_calendars, methods=READ)
def index(request: SignedIn) -> HttpResponse:
    shelf, going = calendars.shelf(), progress()
    today = timezone.localdate()
    context = {
        "rows": [{"one": one, "week": week(one.version.content), "clocks": going[one.row.slug]} for one in shelf],
        "years": calendars.years_of(shelf[0].calendar, today),
        "wanted": calendars.wanted_year(shelf[0].calendar, today),
    }
    return render(request, "desk/calendars/index.html", context)


@guard(may=may_keep_calendars)
def new(request: SignedIn) -> HttpResponse:
    form = HoursForm(request.POST if request.method == "POST" else None, initial=typed("", NEW))
    made: list[Any] = []
    if attempt(form, lambda: made.append(
        open_calendar(form.cleaned_data["name"], {**form.content(), "years": {}}, by=request.user)
    )):  # fmt: skip
        messages.success(request, _("The calendar is there. Name it in a regulation or a contract to use it."))
        return redirect("desk:calendar", made[0].pk)
    return render(request, "desk/calendars/hours.html", {"form": form, "shown": None}, status=status_of(form))


@guard(may=may_keep_calendars, methods=READ)
def show(request: SignedIn, pk: int) -> HttpResponse:
    one = shown_or_404(pk)
    today = timezone.localdate()
    context = {
        "shown": one,
        "week": week(one.version.content),
        "days": own_days(one.version.content),
        "years": calendars.years_of(one.calendar, today),
        "wanted": calendars.wanted_year(one.calendar, today) if one.is_base else None,
        "versions": calendars.versions(one.row),
        "draft": calendars.draft_of(one.row),
        "clocks": progress()[one.row.slug],
    }
    return render(request, "desk/calendars/show.html", context)


@guard(may=may_keep_calendars)
def hours(request: SignedIn, pk: int) -> HttpResponse:
    one = shown_or_404(pk)
    form = HoursForm(
        request.POST if request.method == "POST" else None, initial=typed(one.row.name, one.version.content)
    )
    if attempt(form, lambda: _change(one, form, by=request.user, seen=request.POST.get("seen", ""))):
        drafted = calendars.draft_of(one.row) is not None
        messages.success(request, _("Look at what would change, then publish it.") if drafted else _("Saved."))
        return redirect("desk:calendar-draft" if drafted else "desk:calendar", pk)
    found = {"draft": calendars.draft_of(one.row), "standing": calendars.standing(one.row)}
    return render(request, "desk/calendars/hours.html", {"form": form, "shown": one, **found}, status=status_of(form))


@guard(may=may_keep_calendars, methods=WRITE)
def retirement(request: SignedIn, pk: int) -> HttpResponse:
    one = shown_or_404(pk)
    try:
        retire(one.row, by=request.user, retired=request.POST.get("retired") == "1")
        messages.success(request, _("Saved."))
    except Refused as refusal:
        messages.error(request, refusal.words)
    return redirect("desk:calendar", pk)


@guard(may=may_keep_calendars, methods=READ)
def version(request: SignedIn, pk: int, n: int) -> HttpResponse:
    row = version_or_404(pk, n)
    calendar = read_layers(row.content)
    before = calendars.version(pk, n - 1)
    old = read_layers(before.content) if before else None
    years = [one.year for one in calendars.years_of(calendar, timezone.localdate())]
    context = {
        "version": row,
        "calendar": calendar,
        "week": week(row.content),
        "days": own_days(row.content),
        "sheet": sheet(calendar, old, years, request.GET.get("year", "")),
        "in_force": row.n == row.calendar.current,
        "standing": calendars.standing(row.calendar),
    }
    return render(request, "desk/calendars/version.html", context)


@guard(may=may_keep_calendars, methods=WRITE)
def rollback(request: SignedIn, pk: int, n: int) -> HttpResponse:
    row = version_or_404(pk, n)
    try:
        go_back(row, by=request.user, seen=request.POST.get("seen", ""))
    except Refused as refusal:
        messages.error(request, refusal.words)
        return redirect("desk:calendar-version", pk, n)
    messages.success(request, _("Look at what would change, then publish it."))
    return redirect("desk:calendar-draft", pk)


def shown_or_404(pk: int) -> Shown:
    one = calendars.shown(pk)
    if one is None:
        raise Http404
    return one


def version_or_404(pk: int, n: int) -> CalendarVersion:
    row = calendars.version(pk, n)
    if row is None:
        raise Http404
    return row


def _change(one: Shown, form: HoursForm, *, by: Any, seen: str) -> None:
    """A name is changed at once; hours and days become a draft."""
    renamed = form.cleaned_data["name"].strip() != one.row.name
    content = form.content()
    if not renamed or any(one.version.content.get(key) != value for key, value in content.items()):
        change_hours(one.row, content, by=by, seen=seen)
    rename(one.row, form.cleaned_data["name"], by=by)
