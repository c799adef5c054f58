"""Letters and the servers they travel through."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.channels.models.server import Security
from asmo_support.channels.setup import Account
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


class ServerForm(forms.Form):
    """How to reach a server. An empty password leaves the one that is known."""

    host = forms.CharField(label=_("Server"), max_length=253, help_text="imap.example.ru")
    security = forms.ChoiceField(label=_("Protection"), choices=Security.choices, initial=Security.TLS)
    port = forms.IntegerField(
        label=_("Port"), min_value=1, max_value=65_535, required=False, help_text=_("Empty: the usual one.")
    )
    user = forms.CharField(label=_("Name to sign in with"), max_length=254, required=False)
    password = forms.CharField(
        label=_("Password"), max_length=1000, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted and never shown. Empty: the one that is known stays."),
    )  # fmt: skip

    def account(self) -> Account:
        said = self.cleaned_data
        return Account(
            host=said["host"], port=said["port"] or 0, security=said["security"], user=said["user"],
            password=said["password"] or None,
        )  # fmt: skip


class MailboxForm(ServerForm):
    address = forms.EmailField(label=_("Address"), max_length=254, help_text="support@example.ru")
    aliases = forms.CharField(
        label=_("Other addresses of this folder"), max_length=2000, required=False, help_text=_("Separated by spaces.")
    )
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX")
    authserv_id = forms.CharField(
        label=_("Server whose Authentication-Results are believed"), max_length=253, required=False,
        help_text=_("The name it writes there. Empty: nobody’s; then letters of ours by mail are held."),
    )  # fmt: skip
    only_new = forms.BooleanField(label=_("Leave letters that lie there already"), required=False)

    def more(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("aliases", "folder", "authserv_id")}


class SmtpForm(ServerForm):
    host = forms.CharField(label=_("Server"), max_length=253, help_text="smtp.example.ru")
    from_address = forms.EmailField(label=_("Letters are from"), max_length=254)
    from_name = forms.CharField(label=_("Name of the sender"), max_length=100, required=False)
    envelope = forms.EmailField(
        label=_("Where returned letters come back to"), max_length=254, required=False,
        help_text=_("Empty: the address letters are from."),
    )  # fmt: skip

    field_order = ("from_address", "from_name", "host", "security", "port", "user", "password", "envelope")


def facts(row: Any, form: type[ServerForm]) -> dict[str, Any]:
    """What a form shows of a server; the password never."""
    return {name: getattr(row, name) for name in form.base_fields if name not in {"password", "only_new"}}
