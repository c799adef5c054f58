"""Letters that wait for a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.people.models import User
from asmo_support.people.queries import assignable, people_of
from asmo_support.tickets.queries import seen
from asmo_support.ui.fields import NameField


class RegisterLetterForm(forms.Form):
    """For whom a letter is registered."""

    requester = forms.IntegerField(min_value=1, max_value=2**63 - 1, error_messages={"required": _("Choose who asks.")})


class JoinLetterForm(forms.Form):
    """Which ticket a letter belongs to; and, where the sender is not of its customer, in whose name it speaks."""

    number = forms.CharField(
        label=_("Number of the ticket"), max_length=20, error_messages={"required": _("Write the number.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    person = NameField(label=_("In whose name"), queryset=None, required=False, empty_label=_("of the sender"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ticket = seen(user, str(self.data.get("number", "")).strip(" №#"))
        people = people_of(self.ticket.organization, active=True) if self.ticket else assignable().none()
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean_number(self) -> int:
        if self.ticket is None:
            raise forms.ValidationError(_("There is no ticket with this number."))
        return self.ticket.number
