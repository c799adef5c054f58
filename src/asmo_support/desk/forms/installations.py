"""What stands at a customer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.catalog import queries as catalog
from asmo_support.contracts.installed import versions
from asmo_support.contracts.models import Installation
from asmo_support.people.models import Organization
from asmo_support.people.queries import people_of
from asmo_support.ui.fields import DayField, NameField

FACTS = ("name", "place", "phones", "since", "retired_on", "note")


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A version shown under its product."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.product.name} · {obj.name}"


class ModulesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Modules shown under their products."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.product.name} · {obj.name}"


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.position}" if obj.position else str(obj.name)


class InstallationForm(forms.Form):
    name = forms.CharField(label=_("Called"), max_length=100, help_text=_("Working, test, training."))
    product = NameField(label=_("Product"), queryset=None, empty_label=_("choose a product"))
    version = VersionField(label=_("Version"), queryset=None, required=False, empty_label=_("not known"))
    modules = ModulesField(
        label=_("Modules in use"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("Server, address, who hosts it.")
    )  # fmt: skip
    phones = forms.CharField(
        label=_("Phones there"), max_length=300, required=False,
        help_text=_("Several separated by commas; a caller is recognised by them."),
    )  # fmt: skip
    contacts = PeopleField(
        label=_("Whom to ask about it"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    since = DayField(label=_("Stands since"), required=False)
    retired_on = DayField(label=_("Out of use since"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The coordinator of the customer reads it too."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, organization: Organization, installation: Installation | None = None, **options: Any
    ) -> None:
        options["initial"] = _facts(installation) if installation else None
        super().__init__(*args, **options)
        sets = {"product": catalog.products(), "version": versions(), "modules": catalog.modules()}
        for name, rows in (sets | {"contacts": people_of(organization, active=True)}).items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


def _facts(installation: Installation) -> dict[str, Any]:
    return {name: getattr(installation, name) for name in FACTS} | {
        "product": installation.product_id,
        "version": installation.version_id,
        "modules": [row.module_id for row in installation.module_rows.all()],
        "contacts": [row.person_id for row in installation.contact_rows.all()],
    }
