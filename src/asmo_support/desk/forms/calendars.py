"""Years, hours and days of working calendars, as an administrator types them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from asmo_support.lib.zones import zone_choices
from asmo_support.sla.calendar import WEEKDAYS as NAMES
from asmo_support.sla.loading import Unusable, YearDays, read
from asmo_support.sla.loading.days import FIRST, LAST
from asmo_support.sla.loading.reading import MOST
from asmo_support.sla.loading.words import refusal
from asmo_support.sla.wording import days_said, hours_said, read_days, read_hours
from asmo_support.ui.templatetags.zones import zone_said

# As the decree itself is written, in whatever language the page is.
DECREE = "с субботы 27 апреля на понедельник 29 апреля;\nс субботы 2 ноября на вторник 30 апреля…"


def zones() -> list[Any]:
    """The zones by the names people read, those of Russia first."""
    ours, others = zone_choices("en" if (get_language() or "ru").startswith("en") else "ru", timezone.localdate())
    return [(_("Russia"), ours), (_("Other zones"), others)]


class LoadingForm(forms.Form):
    """A year from outside: pasted or as a file. What it holds is in `days` once the form is valid."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST, max_value=LAST)
    text = forms.CharField(
        label=_("Paste the text"), required=False, max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off", "placeholder": DECREE}),
    )  # fmt: skip
    file = forms.FileField(label=_("Or choose a file"), required=False, help_text=_("XML, JSON, CSV or text."))
    title = forms.CharField(
        label=_("Decree"), max_length=200, required=False,
        help_text=_("For example: Постановление № 1466 от 24.09.2025. Empty: taken from the text where it says so."),
    )  # fmt: skip

    days: YearDays

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        text, file = said.get("text", ""), said.get("file")
        if self.errors:
            return said
        if bool(text) == bool(file):
            self.add_error("text", _("Paste a text or choose a file: one of the two."))
            return said
        if file and file.size > MOST:
            self.add_error("file", refusal(Unusable("too_long")))
            return said
        try:
            self.days = read(file.read() if file else text, said["year"])
        except Unusable as wrong:
            self.add_error("file" if file else "text", refusal(wrong))
        return said

    @property
    def named(self) -> str:
        """What the year is called in the calendar: as typed, as the text says, or by its form."""
        return str(self.cleaned_data["title"] or self.days.title or FORMS.get(self.days.form, self.days.form))


FORMS = {
    "xmlcalendar-xml": "xmlcalendar.ru",
    "xmlcalendar-json": "xmlcalendar.ru",
    "isdayoff": "isdayoff.ru",
    "isdayoff-file": "isdayoff.ru",
}


class HoursForm(forms.Form):
    """Hours of a week, the zone they are read in, and days that differ."""

    name = forms.CharField(
        label=pgettext_lazy("calendar", "Name"),
        max_length=120,
        help_text=_("How regulations and contracts refer to it."),
    )
    zone = forms.ChoiceField(label=_("Time zone"), initial="Europe/Moscow")
    production = forms.BooleanField(
        label=_("Holidays, moved days and working Saturdays of Russia count"), required=False, initial=True,
        help_text=_("A Saturday or Sunday that has hours above is worked, holidays excepted."),
    )  # fmt: skip
    shortening = forms.IntegerField(
        label=_("A day before a holiday is shorter by, minutes"), min_value=0, max_value=480, initial=60
    )
    days = forms.CharField(
        label=_("Days of its own"), required=False, max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "placeholder": (
            "30.08.2026\n05.09.2026 10:00–14:00\n01.06.2026–05.06.2026"
        )}),
        help_text=_("A line each: a day or two with a dash, then the hours. Without hours nobody works that day."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer(str(self.initial.get("zone", "")))
        for number, name in enumerate(NAMES):
            self.fields[name] = forms.CharField(label=WEEKDAYS[number], required=False, max_length=100)

    def _offer(self, kept: str) -> None:
        """A zone that a calendar has under another of its names can be kept."""
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        offered = zones()
        if kept and not any(kept == key for _group, options in offered for key, _label in options):
            offered[1] = (offered[1][0], ((kept, zone_said(kept)), *offered[1][1]))
        field.choices = offered

    @property
    def week(self) -> list[Any]:
        """The seven fields of hours, Monday first."""
        return [self[name] for name in NAMES]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in NAMES:
            said[name] = self._read(name, read_hours, said)
        said["days"] = self._read("days", read_days, said)
        if not self.errors and not any(said[name] for name in NAMES):
            self.add_error("mon", _("The week has no working hours: deadlines would never come."))
        return said

    def content(self) -> dict[str, Any]:
        """What was typed as a calendar's content."""
        said = self.cleaned_data
        return {
            "zone": said["zone"],
            "week": {name: said[name] for name in NAMES if said[name]},
            "production": said["production"],
            "shortening": said["shortening"],
            "days": said["days"],
        }

    def _read(self, name: str, reader: Any, said: dict[str, Any]) -> Any:
        try:
            return reader(said.get(name) or "")
        except Unusable as wrong:
            self.add_error(name, refusal(wrong))
            return None


def typed(name: str, content: dict[str, Any]) -> dict[str, Any]:
    """A calendar as the form shows it."""
    week = {day: hours_said(content["week"].get(day, [])) for day in NAMES}
    kept = {key: content.get(key) for key in ("zone", "production", "shortening")}
    return {"name": name, **kept, **week, "days": days_said(content.get("days", {}))}


class PublishingForm(forms.Form):
    """With what words a version goes into force. `seen` is the draft that was looked at, `base` what was in force."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    source = forms.CharField(
        label=_("Where it comes from"), max_length=500, help_text=_("The decree and the page it was taken from.")
    )
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For colleagues who read this years later."),
    )  # fmt: skip
