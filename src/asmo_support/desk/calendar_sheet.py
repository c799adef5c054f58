"""What the calendar pages draw: twelve sheets with their differences, the week in words, the audit in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from asmo_support.sla.layers import LayeredCalendar
from asmo_support.sla.loading import Difference, Finding, YearDays, compare
from asmo_support.sla.loading.compare import Month, months
from asmo_support.sla.loading.keeping import year_as_worked
from asmo_support.sla.loading.words import finding
from asmo_support.sla.wording import days_said, hours_said, week_said
from asmo_support.ui.templatetags.zones import zone_said

KINDS = {
    "off": pgettext_lazy("day", "day off"),
    "work": pgettext_lazy("day", "working day"),
    "short": pgettext_lazy("day", "shortened day"),
}
ICONS = {"fine": "check", "note": "info", "doubt": "warn", "wrong": "x"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A year on twelve sheets beside what it was before."""

    year: int
    years: Sequence[int]
    months: Sequence[Month]
    days: YearDays
    before: YearDays | None
    provisional: bool

    @property
    def differences(self) -> list[Difference]:
        return compare(self.before, self.days) if self.before else []

    @property
    def rows(self) -> list[tuple[Any, str, str]]:
        return [(one.day, str(KINDS[one.before]), str(KINDS[one.after])) for one in self.differences]

    @property
    def weekdays(self) -> list[str]:
        return [str(WEEKDAYS_ABBR[number]) for number in range(7)]


def sheet(new: LayeredCalendar, old: LayeredCalendar | None, years: Sequence[int], asked: str) -> Sheet | None:
    """The year that was asked for, or the last one that differs; None when there is no year to show."""
    if not years:
        return None
    chosen = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else _first(new, old, years)
    days = year_as_worked(new, chosen)
    before = year_as_worked(old, chosen) if old else None
    return Sheet(chosen, years, months(days, before), days, before, new.year(chosen).is_provisional)


def week(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The hours of a week, days with the same hours together: (“Mon–Fri”, “8:45–17:00”)."""
    return [(_span(first, last), hours or _("nobody works")) for first, last, hours in week_said(content["week"])]


def own_days(content: Mapping[str, Any]) -> list[tuple[date, str]]:
    """Days that differ from the week, with their hours in words."""
    days = sorted(content.get("days", {}).items())
    return [(date.fromisoformat(day), hours_said(spans) or _("nobody works")) for day, spans in days]


def findings(found: Sequence[Finding]) -> list[dict[str, str]]:
    return [{"severity": one.severity, "icon": ICONS[one.severity], "words": finding(one)} for one in found]


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What of a calendar would be another, besides its years: (what, before, after)."""
    pairs = [(label, said(old), said(new)) for label, said in _parts()]
    return [(label, before, after) for label, before, after in pairs if before != after]


def _parts() -> list[tuple[str, Any]]:
    return [
        (_("Time zone"), lambda one: zone_said(one["zone"])),
        (_("Hours of the week"), lambda one: "; ".join(f"{days} {hours}" for days, hours in week(one))),
        (_("Holidays of Russia"), lambda one: _("yes") if one.get("production", True) else _("no")),
        (_("Shortening, minutes"), lambda one: str(one.get("shortening", 60))),
        (_("Days of its own"), lambda one: days_said(one.get("days", {})).replace("\n", "; ") or _("none")),
    ]


def _first(new: LayeredCalendar, old: LayeredCalendar | None, years: Sequence[int]) -> int:
    """The first year from today's on that differs, else the last one that does, else today's."""
    today = timezone.localdate().year
    differing = [year for year in years if old and compare(year_as_worked(old, year), year_as_worked(new, year))]
    coming = [year for year in differing if year >= today]
    return next(iter([*coming, *reversed(differing)]), today if today in years else years[-1])


def _span(first: int, last: int) -> str:
    return str(WEEKDAYS_ABBR[first]) if first == last else f"{WEEKDAYS_ABBR[first]}–{WEEKDAYS_ABBR[last]}"
