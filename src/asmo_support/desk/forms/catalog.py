"""Reference data: services, products, modules, versions, request types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.catalog.queries import Entry, products, services
from asmo_support.tickets.states import Kind
from asmo_support.ui.fields import DayField, NameField


class EntryForm(forms.Form):
    """A line that has a name and a code."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Latin letters, digits and dashes: for the API and exports.")
    )
    retired = forms.BooleanField(label=_("No longer offered"), required=False)


class ModuleForm(EntryForm):
    product = NameField(label=_("Product"), queryset=None, empty_label=_("not chosen"))
    field_order = ("product", "name", "code", "retired")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["product"].queryset = products()  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    product = NameField(label=_("Product"), queryset=None, empty_label=_("not chosen"))
    name = forms.CharField(label=_("Version"), max_length=60, help_text=_("As it is shown in the product: 7.2.1"))
    released_on = DayField(label=_("Released"), required=False)
    supported_until = DayField(label=_("Supported until"), required=False)
    retired = forms.BooleanField(label=_("No longer offered"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["product"].queryset = products()  # type: ignore[attr-defined]


class TypeForm(EntryForm):
    """A usual request in the customer's words, and what choosing it fills in."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("In the customer’s words: “A form is not printed”.")
    )
    hint = forms.CharField(
        label=_("Hint"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What to write or attach, so that nobody has to ask."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    service = NameField(label=_("Service"), queryset=None, required=False, empty_label=_("not chosen"))
    product = NameField(label=_("Product"), queryset=None, required=False, empty_label=_("not chosen"))
    standard = forms.BooleanField(label=_("Standard: the fixed norm applies"), required=False, initial=True)
    field_order = ("name", "code", "hint", "kind", "service", "product", "standard", "retired")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service"].queryset = services()  # type: ignore[attr-defined]
        self.fields["product"].queryset = products()  # type: ignore[attr-defined]


FORMS: dict[str, type[forms.Form]] = {
    "services": EntryForm,
    "products": EntryForm,
    "modules": ModuleForm,
    "versions": VersionForm,
    "types": TypeForm,
}


def facts(kind: str, row: Entry) -> dict[str, Any]:
    """The form of an entry as it stands."""
    return {name: getattr(row, f"{name}_id", getattr(row, name)) for name in FORMS[kind].base_fields}
