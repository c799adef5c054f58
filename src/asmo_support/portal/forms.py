"""What a customer fills in: little, and the rest unfolds."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from asmo_support.catalog import queries as catalog
from asmo_support.catalog.models import RequestType
from asmo_support.channels.links import Said
from asmo_support.people.roles import Visibility
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.actions.opening import Request
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Impact, Kind, Urgency
from asmo_support.ui.fields import DayField, ModuleField, NameField
from asmo_support.ui.uploads import LONGEST, SaidForm

KINDS = [
    (Kind.BUG, pgettext_lazy("kind of request", "Error")),
    (Kind.CONSULTATION, pgettext_lazy("kind of request", "Question")),
    (Kind.CHANGE, pgettext_lazy("kind of request", "Change")),
]


class MessageForm(SaidForm):
    """A word to the support desk, with files."""

    def words(self) -> Words:
        return Words(text=self.cleaned_data["text"], files=self.kept)


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class PlanForm(ReasonForm):
    """Another day than the one that was offered, and why."""

    date = DayField(error_messages={"required": _("Choose the day.")})


class VerdictForm(forms.Form):
    """What a one-time link asks beside its button; only what is named in `asks` is there."""

    reason = forms.CharField(
        label=_("What is still wrong"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what is still wrong.")},
    )
    day = DayField(label=_("What day suits you"))

    def __init__(self, *args: Any, asks: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in set(self.fields) - set(asks):
            del self.fields[name]
        if "day" in asks:
            self.fields["reason"].label = _("Why this day")
            self.fields["reason"].error_messages["required"] = _("Say why this date: the other side will read it.")
            self.order_fields(["day", "reason"])

    def said(self) -> Said:
        return Said(reason=self.cleaned_data.get("reason", ""), day=self.cleaned_data.get("day"))


class RequestForm(SaidForm):
    """A new ticket. Three things are required; the desk can find out the rest."""

    type = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, initial=Kind.BUG, widget=forms.RadioSelect)
    subject = forms.CharField(label=_("How can we help?"), max_length=250)
    text = forms.CharField(
        label=_("What you did and what came out"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The text of an error can be pasted as a whole. Passwords and personal data are not needed."),
    )
    critical = forms.BooleanField(label=_("A whole module or subsystem cannot be worked with"), required=False)
    module = ModuleField(label=_("Where"), queryset=None, required=False, empty_label=_("I do not know"))
    service = NameField(label=_("Service"), queryset=None, required=False, empty_label=_("not chosen"))
    impact = forms.ChoiceField(label=_("Whom it hinders"), choices=Impact.choices, initial=Impact.PERSON)
    urgency = forms.ChoiceField(label=_("How much it hinders"), choices=Urgency.choices, initial=Urgency.NORMAL)
    expected_at = DayField(label=_("By what day it is needed"), required=False)

    def __init__(self, *args: Any, types: Sequence[RequestType] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.types = types
        self.fields["service"].queryset = catalog.services()  # type: ignore[attr-defined]
        self.fields["module"].queryset = catalog.modules()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        # The mark of a hidden field must not travel with another kind.
        if said and said.get("kind") != Kind.BUG:
            said["critical"] = False
        return said

    def request(self, follows: Ticket | None) -> Request:
        said, chosen = self.cleaned_data, catalog.chosen(self.types, self.cleaned_data["type"])
        return Request(
            subject=said["subject"],
            description=said["text"],
            kind=Kind(said["kind"]),
            critical=said["critical"],
            standard=chosen is None or chosen.standard or chosen.kind != said["kind"],
            impact=Impact(said["impact"]),
            urgency=Urgency(said["urgency"]),
            service=said["service"],
            # A module that was named knows its product better than the type of the request does.
            product=chosen.product if chosen and not said["module"] else None,
            module=said["module"],
            expected_at=said["expected_at"],
            files=self.kept,
            follows=follows,
            by_form=True,
        )


class VisibilityForm(forms.Form):
    """Whose tickets the people of an organization see."""

    visibility = forms.ChoiceField(label=_("Colleagues see"), choices=Visibility.choices, widget=forms.RadioSelect)
