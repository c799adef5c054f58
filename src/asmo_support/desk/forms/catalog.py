"""Reference data: services, products, modules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.catalog.queries import products
from asmo_support.ui.fields import NameField


class EntryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Latin letters, digits and dashes: for the API and exports.")
    )
    retired = forms.BooleanField(label=_("No longer offered"), required=False)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind == "modules":
            self.fields = {
                "product": NameField(label=_("Product"), queryset=products(), empty_label=_("not chosen")),
                **self.fields,
            }
