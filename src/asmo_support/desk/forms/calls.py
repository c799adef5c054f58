"""Calls, callbacks, exchanges."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from asmo_support.channels.models import Call
from asmo_support.people.models import User
from asmo_support.people.queries import assignable
from asmo_support.ui.fields import NameField
from asmo_support.ui.uploads import LONGEST

NEW, NO_TICKET = "new", "none"
# An extension has two.
FEWEST_DIGITS = 2
DEEDS = [
    (NEW, pgettext_lazy("phone call", "New ticket")),
    ("continue", _("Continue a ticket")),
    (NO_TICKET, _("No ticket is needed")),
]


class NoteForm(forms.Form):
    """What was said, and where its recording lies."""

    note = forms.CharField(
        label=_("What was said"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the desk alone; the customer sees that a call took place."),
    )  # fmt: skip
    recording = forms.CharField(
        label=_("Address of the recording"), max_length=2000, required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )  # fmt: skip

    @staticmethod
    def of(call: Call) -> "NoteForm":
        return NoteForm(initial={"note": call.note, "recording": call.recording})


class CallForm(NoteForm):
    """A call that somebody has or has had, written down by hand."""

    direction = forms.ChoiceField(
        label=_("Who called"), initial=Call.Direction.IN, widget=forms.RadioSelect(attrs={"class": "radio"}),
        choices=[("in", _("the customer called")), ("out", pgettext_lazy("call", "we called"))],
    )  # fmt: skip
    talked = forms.ChoiceField(
        label=_("Did you talk"), initial="yes", widget=forms.RadioSelect(attrs={"class": "radio"}),
        choices=[("yes", pgettext_lazy("call", "yes, we talked")), ("no", pgettext_lazy("call", "nobody answered"))],
    )  # fmt: skip
    typed = forms.CharField(
        label=pgettext_lazy("telephone", "Number"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=0, max_value=24 * 60, required=False, help_text=_("Empty: not known.")
    )
    deed = forms.ChoiceField(
        label=_("What follows"), choices=DEEDS, initial=NEW, widget=forms.RadioSelect(attrs={"class": "radio"})
    )
    number = forms.CharField(label=_("Number of the ticket"), max_length=20, required=False)
    # A caller nobody has written down yet, of the organization that is chosen or named.
    caller_name = forms.CharField(label=_("Name"), max_length=150, required=False)
    caller_email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, help_text=_("Answers and resolutions go to it.")
    )  # fmt: skip
    caller_home = forms.CharField(
        label=_("Customer"),
        max_length=300,
        required=False,
        help_text=_("A part of the name is enough when it fits one."),
    )

    field_order = ("direction", "talked", "typed", "minutes", "note", "recording", "deed", "number")


class EntryForm(forms.Form):
    """Into which ticket a call goes."""

    number = forms.CharField(
        label=_("Number of the ticket"), max_length=20, error_messages={"required": _("Choose a ticket.")}
    )


class CallerForm(forms.Form):
    """Who called: a person, or a customer of whom nobody knows who exactly."""

    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
    organization = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CallbackForm(forms.Form):
    """A promise to call."""

    typed = forms.CharField(
        label=pgettext_lazy("telephone", "Number"), max_length=100, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    due_at = forms.DateTimeField(
        label=_("When to call"), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    about = forms.CharField(label=_("What about"), max_length=500)
    agent = NameField(label=_("Who calls"), queryset=None, required=False, empty_label=_("whoever is free"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agent"].queryset = assignable()  # type: ignore[attr-defined]

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if sum(one.isdigit() for one in typed) < FEWEST_DIGITS:
            raise forms.ValidationError(_("Write the number to call."))
        return typed

    def clean_due_at(self) -> datetime:
        due: datetime = self.cleaned_data["due_at"]
        if not 2000 <= due.year <= 2200:
            raise forms.ValidationError(_("Check the year."))
        return due

    @staticmethod
    def facts(call: Call | None, user: User) -> dict[str, Any]:
        return {"agent": user.pk} | ({"typed": call.shown, "about": ""} if call else {})


class ExchangeForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the exchange"), max_length=100, help_text=_("For people: Asterisk in the office, MANGO.")
    )
