"""Fields for spans of work and sums of money, written as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from asmo_support.lib.amounts import clock_of, read_minutes, read_money
from asmo_support.ui.words import money

DAY = 1440
# What people write where a norm is not promised.
NONE = frozenset({"нет", "no", "none"})
# What fits into the column, and more than anybody was ever paid for.
MOST = Decimal("999999999999.99")


class SpanField(forms.CharField):
    """Minutes in the database, “1:30”, “1 h 30 min” or a bare number on the screen. Less than nothing is refused, and
    nothing too, unless `none` says that 0 means something: then “no” means it as well.
    """

    def __init__(self, *, hours: bool, most: int = 6_000_000, none: bool = False, **options: Any) -> None:
        super().__init__(max_length=30, **options)
        self.hours, self.most, self.none = hours, most, none

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        if self.none and value == 0:
            return gettext("no")
        return str(value // 60) if self.hours and value % 60 == 0 else clock_of(value)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        minutes = 0 if self.none and text.lower() in NONE else read_minutes(text, hours=self.hours)
        if minutes is None:
            raise forms.ValidationError(_("Write the time as 1:30, 1.5 h or 90 min."))
        if minutes < 0 or not (minutes or self.none):
            raise forms.ValidationError(_("The time must be more than nothing."))
        if minutes > self.most:
            raise forms.ValidationError(_("That is too much."))
        return minutes


class MoneyField(forms.CharField):
    """A sum in roubles."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)

    def prepare_value(self, value: Any) -> Any:
        return money(value, "ru").removesuffix("₽").strip() if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        amount = read_money(text)
        if amount is None or amount > MOST:
            raise forms.ValidationError(_("Write the sum as 1 250 000 or 1 250 000,50."))
        if amount < 0:
            raise forms.ValidationError(_("A sum is not negative."))
        return amount
