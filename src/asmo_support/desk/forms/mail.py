"""The ways letters come in by and the server they leave through."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from asmo_support.catalog.queries import products, services
from asmo_support.channels.models import Mailbox
from asmo_support.channels.models.server import Security, SignIn
from asmo_support.channels.setup import Account, Defaults, Right
from asmo_support.people.queries import assignable
from asmo_support.tickets.states import Kind
from asmo_support.ui.fields import NameField

Groups = tuple[tuple[Any, tuple[str, ...]], ...]
SECRETS = frozenset({"password", "client_secret", "refresh_token"})
_KEPT = _("Kept encrypted and never shown. Empty: the one that is known stays.")


def _secret(label: Any) -> forms.CharField:
    hidden = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    field = forms.CharField(label=label, max_length=10_000, required=False, strip=False, widget=hidden, help_text=_KEPT)
    # Whether one is needed depends on what is known and on how one signs in.
    field.unmarked = True  # type: ignore[attr-defined]
    return field


class ServerForm(forms.Form):
    """How to reach a server and sign in. An empty secret leaves the one that is known."""

    host = forms.CharField(label=_("Server"), max_length=253, help_text="imap.example.ru")
    security = forms.ChoiceField(label=_("Protection"), choices=Security.choices, initial=Security.TLS)
    port = forms.IntegerField(
        label=_("Port"), min_value=1, max_value=65_535, required=False, help_text=_("Empty: the usual one.")
    )
    user = forms.CharField(label=_("Name to sign in with"), max_length=254, required=False)
    sign_in = forms.ChoiceField(label=_("Signs in by"), choices=SignIn.choices, initial=SignIn.PASSWORD, required=False)
    password = _secret(_("Password"))
    token_url = forms.CharField(
        label=_("Token address"), max_length=500, required=False, help_text="https://login.example.ru/oauth2/token"
    )
    client_id = forms.CharField(label=_("Client id"), max_length=500, required=False)
    client_secret = _secret(_("Client secret"))
    refresh_token = _secret(_("Refresh token"))
    scope = forms.CharField(
        label=pgettext_lazy("of an access token", "Scope"), max_length=1000, required=False,
        help_text=_("As the mail service asks for it; often empty."),
    )  # fmt: skip

    TOKENS = ("token_url", "client_id", "client_secret", "refresh_token", "scope")
    GROUPS: Groups = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("token_url", "client_id"):
            self.fields[name].unmarked = True  # type: ignore[attr-defined]

    def account(self) -> Account:
        said = self.cleaned_data
        right = Right(
            token_url=said["token_url"], client_id=said["client_id"], scope=said["scope"],
            client_secret=said["client_secret"] or None, refresh_token=said["refresh_token"] or None,
        )  # fmt: skip
        return Account(
            host=said["host"], port=said["port"] or 0, security=said["security"] or Security.TLS, user=said["user"],
            password=said["password"] or None, right=right if said["sign_in"] == SignIn.OAUTH2 else None,
        )  # fmt: skip

    def asked(self) -> Groups:
        """The groups that this server needs."""
        return self.GROUPS

    def groups(self) -> Iterator[dict[str, Any]]:
        """The fields in the order they are asked in, under headings; the page hides what a way in does not use."""
        for title, names in self.asked():
            fields: list[BoundField] = [self[name] for name in names]
            yield {"title": title, "fields": fields, "tokens": names == self.TOKENS}


class MailboxForm(ServerForm):
    way = forms.ChoiceField(
        label=_("How letters come"), choices=Mailbox.Way.choices, initial=Mailbox.Way.IMAP, required=False
    )
    address = forms.EmailField(label=_("Address"), max_length=254, help_text="support@example.ru")
    aliases = forms.CharField(
        label=_("Other addresses whose letters come here"), max_length=2000, required=False,
        help_text=_("Separated by spaces."),
    )  # fmt: skip
    host = forms.CharField(label=_("Server"), max_length=253, required=False, help_text="imap.example.ru")
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX", required=False)
    authserv_id = forms.CharField(
        label=_("Server whose Authentication-Results are believed"), max_length=253, required=False,
        help_text=_("The name it writes there. Empty: nobody’s; then letters of ours by mail are held."),
    )  # fmt: skip
    only_new = forms.BooleanField(label=_("Leave letters that lie there already"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("consultation, until somebody looks")), *Kind.choices], required=False
    )
    service = NameField(label=_("Service"), queryset=None, required=False, empty_label=_("not chosen"))
    product = NameField(label=_("Product"), queryset=None, required=False, empty_label=_("not chosen"))
    assignee = NameField(label=_("Answers for it"), queryset=None, required=False, empty_label=_("nobody yet"))
    language = forms.ChoiceField(
        label=_("Language of people who have not chosen one"), choices=settings.LANGUAGES, initial="ru", required=False
    )

    GROUPS = (
        (_("Address"), ("way", "address", "aliases", "authserv_id")),
        (
            _("Folder at a mail server"),
            ("host", "security", "port", "folder", "user", "sign_in", "password", "only_new"),
        ),
        (_("Access tokens (OAuth2)"), ServerForm.TOKENS),
        (_("A ticket from a letter to this address"), ("kind", "service", "product", "assignee", "language")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_handed = self["way"].value() == Mailbox.Way.LMTP
        self.fields["way"].widget = forms.HiddenInput()
        for name in ("host", "user", "security"):
            # Nothing is asked of a server that hands its letters over.
            self.fields[name].required = not self.is_handed
        if not self.initial.get("address"):
            for name in SECRETS:
                self.fields[name].help_text = _("Kept encrypted and never shown.")
        self.fields["folder"].unmarked = True  # type: ignore[attr-defined]
        self.fields["service"].queryset = services()  # type: ignore[attr-defined]
        self.fields["product"].queryset = products()  # type: ignore[attr-defined]
        self.fields["assignee"].queryset = assignable()  # type: ignore[attr-defined]

    def asked(self) -> Groups:
        return (self.GROUPS[0], self.GROUPS[-1]) if self.is_handed else self.GROUPS

    def clean_way(self) -> str:
        return self.cleaned_data["way"] or Mailbox.Way.IMAP

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        by_password = not self.is_handed and said.get("sign_in") != SignIn.OAUTH2
        if by_password and not said.get("password") and not self.initial.get("address"):
            self.add_error("password", _("Enter the password."))
        return said

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or settings.LANGUAGE_CODE

    def more(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("way", "aliases", "folder", "authserv_id")}

    def defaults(self) -> Defaults:
        return Defaults(**{name: self.cleaned_data[name] for name in self.GROUPS[-1][1]})


class SmtpForm(ServerForm):
    host = forms.CharField(label=_("Server"), max_length=253, help_text="smtp.example.ru")
    from_address = forms.EmailField(label=_("Letters are from"), max_length=254)
    from_name = forms.CharField(label=_("Name of the sender"), max_length=100, required=False)
    envelope = forms.EmailField(
        label=_("Where returned letters come back to"), max_length=254, required=False,
        help_text=_("Empty: the address letters are from."),
    )  # fmt: skip

    GROUPS = (
        (_("Sender"), ("from_address", "from_name", "envelope")),
        (_("Mail server"), ("host", "security", "port", "user", "sign_in", "password")),
        (_("Access tokens (OAuth2)"), ServerForm.TOKENS),
    )


def facts(row: Any, form: type[ServerForm]) -> dict[str, Any]:
    """What a form shows of a server; the secrets never."""
    return {name: getattr(row, name) for name in form.base_fields if name not in SECRETS | {"only_new"}}
