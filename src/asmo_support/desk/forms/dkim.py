"""A key for signing letters."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyForm(forms.Form):
    domain = forms.CharField(label=_("Domain"), max_length=253, help_text=_("The one letters are from."))
    selector = forms.CharField(label=_("Selector"), max_length=63, help_text=_("Names the key in DNS; any free word."))
    secret = forms.CharField(
        label=_("A private key of your own"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("RSA, PEM, without a password. Empty: we make one. Kept encrypted and never shown."),
    )  # fmt: skip
