"""Registering on behalf of a customer, triage, assignment, acceptance by phone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.catalog import queries as catalog
from asmo_support.catalog.models import RequestType
from asmo_support.desk.forms.compose import ComposeForm
from asmo_support.people.models import User
from asmo_support.people.queries import assignable
from asmo_support.tickets import triaging
from asmo_support.tickets.actions.opening import Request
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Channel, Impact, Kind, Urgency, Via
from asmo_support.ui.fields import DayField, ModuleField, NameField
from asmo_support.ui.uploads import LONGEST


class TriageForm(forms.Form):
    """What kind of request it is. The three first ones move the deadline and need a reason."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    critical = forms.BooleanField(label=_("Critical: a module or subsystem cannot be worked with"), required=False)
    standard = forms.BooleanField(label=_("Standard: the fixed norm applies"), required=False)
    impact = forms.ChoiceField(label=_("Impact"), choices=Impact.choices)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)
    service = NameField(label=_("Service"), queryset=None, required=False, empty_label=_("not chosen"))
    product = NameField(label=_("Product"), queryset=None, required=False, empty_label=_("not chosen"))
    module = ModuleField(label=_("Module"), queryset=None, required=False, empty_label=_("not chosen"))
    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when the deadline changes; the customer sees it."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self)

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in triaging.TRIAGED}

    def seen_facts(self) -> dict[str, str]:
        return triaging.read(self.cleaned_data["seen"])

    def catch_up(self, ticket: Ticket) -> None:
        """Show the ticket as it is now, but for what this person changed: the next attempt is made on that."""
        seen, now, sent = triaging.read(self.data.get("seen", "")), triaging.marks(ticket), dict(self.data.items())
        for name in (one for one in seen if triaging.mark(self.cleaned_data.get(one)) == seen[one]):
            sent.pop(name, None)
            if now[name]:
                sent[name] = now[name]
        sent["seen"] = triaging.written(ticket)
        self.data = sent

    @classmethod
    def of(cls, ticket: Ticket) -> "TriageForm":
        """The form as the ticket stands."""
        facts = ("kind", "critical", "standard", "impact", "urgency")
        links = ("service", "product", "module")
        initial = {name: getattr(ticket, name) for name in facts}
        initial |= {name: getattr(ticket, f"{name}_id") for name in links}
        return cls(initial=initial | {"seen": triaging.written(ticket)})


class RegisterForm(ComposeForm):
    """A ticket in the customer's name. Three things are required, the rest the desk can find out."""

    requester = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": _("Choose who asks.")})
    type = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(Channel.PHONE, _("by phone")), (Channel.WEB, _("otherwise"))],
        widget=forms.RadioSelect(attrs={"class": "radio"}), initial=Channel.PHONE,
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices, initial=Kind.BUG, widget=forms.RadioSelect(attrs={"class": "radio"})
    )
    critical = forms.BooleanField(label=_("Critical: a module or subsystem cannot be worked with"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=250)
    text = forms.CharField(
        label=_("What happens"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("What was done, what was expected, what happened instead; since when."),
    )  # fmt: skip
    impact = forms.ChoiceField(label=_("Impact"), choices=Impact.choices, initial=Impact.PERSON)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)
    service = NameField(label=_("Service"), queryset=None, required=False, empty_label=_("not chosen"))
    product = NameField(label=_("Product"), queryset=None, required=False, empty_label=_("not chosen"))
    module = ModuleField(label=_("Module"), queryset=None, required=False, empty_label=_("not chosen"))
    expected_at = DayField(label=_("Expected by"), required=False)

    def __init__(self, *args: Any, types: Sequence[RequestType] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.types = types
        _offer(self)

    def request(self) -> Request:
        said, chosen = self.cleaned_data, catalog.chosen(self.types, self.cleaned_data["type"])
        same = ("subject", "critical", "service", "product", "module", "expected_at")
        return Request(
            description=said["text"], kind=Kind(said["kind"]), impact=Impact(said["impact"]),
            urgency=Urgency(said["urgency"]), files=self.kept, by_form=True, **{name: said[name] for name in same},
            standard=chosen is None or chosen.standard or chosen.kind != said["kind"],
        )  # fmt: skip


class AssignForm(forms.Form):
    """Who answers for the ticket, and who helps."""

    first = NameField(label=_("Answers for it"), queryset=None, required=False, empty_label=_("nobody"))
    others: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        label=_("Helps"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "check"})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = assignable()
        self.fields["first"].queryset = people  # type: ignore[attr-defined]
        self.fields["others"].queryset = people  # type: ignore[attr-defined]

    def agents(self) -> list[User]:
        first = self.cleaned_data["first"]
        return [*([first] if first else []), *(one for one in self.cleaned_data["others"] if one != first)]


class RequesterForm(forms.Form):
    """Whose request it is: one of the customer's people."""

    to = NameField(label=_("Requester"), queryset=None, empty_label=_("not chosen"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class AcceptanceForm(forms.Form):
    """Who of the customer said that the resolution is accepted: by phone, or in a letter."""

    via = forms.ChoiceField(
        choices=[("", ""), (Via.LETTER, Via.LETTER.label)], required=False, widget=forms.HiddenInput
    )
    person = NameField(label=_("Who said so"), queryset=None, empty_label=_("not chosen"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        return {"spoken_by": self.cleaned_data["person"], "via": self.cleaned_data["via"]}


def _offer(form: forms.Form) -> None:
    form.fields["service"].queryset = catalog.services()  # type: ignore[attr-defined]
    form.fields["product"].queryset = catalog.products()  # type: ignore[attr-defined]
    form.fields["module"].queryset = catalog.modules()  # type: ignore[attr-defined]
