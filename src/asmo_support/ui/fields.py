"""Fields that both doors offer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NameField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice shown by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class ModuleField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A module shown under its product."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.product.name} · {obj.name}"


class DayField(forms.DateField):
    """A day of this age, picked in the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not 2000 <= day.year <= 2200:
            raise forms.ValidationError(_("Check the year."))
        return day
