"""Regulations: the matrix of norms in hours as people write them, and the day a version begins."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asmo_support.lib.amounts import hours_of, read_minutes
from asmo_support.sla.models import RegulationVersion
from asmo_support.sla.norms import Norms
from asmo_support.sla.queries import RulesCase
from asmo_support.sla.regulations import CASES, Terms, calendars, matrix_of
from asmo_support.ui.fields import DayField, NameField

HOURS, PLANNED, NONE = "hours", "planned", "none"
# In minutes: 1,666 hours.
LONGEST = 100_000
NAMES: dict[RulesCase, Promise] = {
    ("bug", True, True): gettext_lazy("Critical bug, standard"),
    ("bug", True, False): gettext_lazy("Critical bug, not standard"),
    ("bug", False, True): gettext_lazy("Bug, standard"),
    ("bug", False, False): gettext_lazy("Bug, not standard"),
    ("consultation", False, True): gettext_lazy("Consultation, standard"),
    ("consultation", False, False): gettext_lazy("Consultation, not standard"),
    ("change", False, True): gettext_lazy("Change, standard"),
    ("change", False, False): gettext_lazy("Change, not standard"),
}


class HoursField(forms.CharField):
    """Working hours: «2», «2:30», «8 ч». Empty is no promise."""

    def __init__(self, *, label: str) -> None:
        attrs = {"class": "input num", "aria-label": label, "autocomplete": "off", "inputmode": "text"}
        super().__init__(max_length=20, required=False, widget=forms.TextInput(attrs=attrs))

    def prepare_value(self, value: Any) -> Any:
        return hours_of(value) if value is None or isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        minutes = read_minutes(text, hours=True)
        if minutes is None or not 0 < minutes <= LONGEST:
            raise forms.ValidationError(_("Hours like 2, 2:30 or 8 h; more than nothing, 1,666 at most."))
        return minutes


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the matrix as the form shows it."""

    name: str
    reaction: forms.BoundField
    mode: forms.BoundField
    resolution: forms.BoundField
    update: forms.BoundField

    @property
    def errors(self) -> list[str]:
        cells = (self.reaction, self.mode, self.resolution, self.update)
        return [str(error) for cell in cells for error in cell.errors]


class RegulationNameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120,
        help_text=gettext_lazy("As it is called in contracts, for example “Round-the-clock support”."),
    )  # fmt: skip


class RegulationForm(RegulationNameForm):
    retired = forms.BooleanField(label=gettext_lazy("No longer offered to contracts"), required=False)


class DraftForm(forms.Form):
    """Everything a version says. The matrix has four fields for each case."""

    calendar = NameField(
        label=gettext_lazy("Calendar"), queryset=None, empty_label=None,
        help_text=gettext_lazy("Norms are counted in its working hours."),
    )  # fmt: skip
    vulnerability_days = forms.IntegerField(label=gettext_lazy("Days for an update"), min_value=1, max_value=365)
    vulnerability_in_working_days = forms.TypedChoiceField(
        label=gettext_lazy("These days are"), coerce=lambda value: value == "True",
        choices=[("False", gettext_lazy("calendar days of 24 hours")), ("True", gettext_lazy("working days"))],
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("What changes and why"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Stays with the version for those who come later."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["calendar"].queryset = calendars()  # type: ignore[attr-defined]
        modes = [(HOURS, _("within hours")), (PLANNED, _("planned date")), (NONE, _("no promise"))]
        for case in CASES:
            key, name = _key(case), NAMES[case]
            self.fields[f"{key}-reaction"] = HoursField(label=_("%(case)s: reaction, hours") % {"case": name})
            attrs = {"class": "input", "aria-label": _("%(case)s: resolution") % {"case": name}}
            self.fields[f"{key}-mode"] = forms.ChoiceField(choices=modes, widget=forms.Select(attrs=attrs))
            self.fields[f"{key}-resolution"] = HoursField(label=_("%(case)s: resolution, hours") % {"case": name})
            self.fields[f"{key}-update"] = HoursField(label=_("%(case)s: news every, hours") % {"case": name})

    @property
    def rows(self) -> Iterator[Row]:
        for case in CASES:
            names = ("reaction", "mode", "resolution", "update")
            yield Row(str(NAMES[case]), *(self[f"{_key(case)}-{name}"] for name in names))

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        for key in map(_key, CASES):
            mode, hours = self.cleaned_data.get(f"{key}-mode"), self.cleaned_data.get(f"{key}-resolution")
            if mode is None or f"{key}-resolution" in self.errors:
                continue
            if mode == HOURS and hours is None:
                self.add_error(f"{key}-resolution", _("How many hours? Or choose “planned date” or “no promise”."))
            if mode != HOURS and hours is not None:
                self.add_error(f"{key}-resolution", _("Either hours or a planned date: clear the hours."))
        return said

    def terms(self) -> Terms:
        said = self.cleaned_data
        same = {
            name: said[name] for name in ("calendar", "vulnerability_days", "vulnerability_in_working_days", "note")
        }
        return Terms(matrix={case: _norms(said, _key(case)) for case in CASES}, **same)


class PublicationForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    starts_on = DayField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Tickets registered from this day on are served by this version."),
    )


def written(version: RegulationVersion) -> dict[str, Any]:
    """What the form shows of a draft."""
    initial: dict[str, Any] = {
        "calendar": version.calendar_id, "vulnerability_days": version.vulnerability_days,
        "vulnerability_in_working_days": str(version.vulnerability_in_working_days), "note": version.note,
    }  # fmt: skip
    for case, norms in matrix_of(version).items():
        mode = PLANNED if norms.planned else HOURS if norms.resolution_minutes else NONE
        initial |= {
            f"{_key(case)}-reaction": norms.reaction_minutes, f"{_key(case)}-mode": mode,
            f"{_key(case)}-resolution": norms.resolution_minutes, f"{_key(case)}-update": norms.update_minutes,
        }  # fmt: skip
    return initial


def _key(case: RulesCase) -> str:
    kind, critical, standard = case
    return f"{kind}{'-critical' if critical else ''}-{'standard' if standard else 'special'}"


def _norms(said: Mapping[str, Any], key: str) -> Norms:
    return Norms(
        said[f"{key}-reaction"],
        said[f"{key}-resolution"],
        planned=said[f"{key}-mode"] == PLANNED,
        update_minutes=said[f"{key}-update"],
    )
