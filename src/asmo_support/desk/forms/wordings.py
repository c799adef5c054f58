"""The texts of a letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.notifications.forms import FIELDS, Texts
from asmo_support.notifications.wordings import LONGEST


def _lines(label: Any, name: str, rows: int, hint: Any) -> forms.CharField:
    # What is too long is refused by the deed, whose sentence says how much fits.
    area = forms.Textarea(attrs={"rows": rows, "class": "input", "spellcheck": "true"})
    return forms.CharField(label=label, required=False, max_length=LONGEST[name] * 2, help_text=hint, widget=area)


class WordingForm(forms.Form):
    """`seen` is the version the writer began with."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    subject = forms.CharField(
        label=_("Subject"), max_length=LONGEST["subject"] * 2,
        error_messages={"required": _("A letter needs a subject.")},
        help_text=_("In letters about a ticket the tag with its number stands before it, always."),
    )  # fmt: skip
    greeting = _lines(_("Greeting"), "greeting", 2, _("Stands under the reader’s next step, which comes first."))
    intro = _lines(_("Before the facts"), "intro", 4, "")
    closing = _lines(_("After the facts"), "closing", 3, "")
    signature = _lines(_("Signature"), "signature", 2, "")

    def texts(self) -> Texts:
        return Texts(**{name: self.cleaned_data[name] for name in FIELDS})
