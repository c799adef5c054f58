"""The mailbox letters are taken from and the server they leave through. Passwords lie here encrypted."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.channels.troubles import words_for
from asmo_support.tickets.states import Kind
from asmo_support.wall.declare import system


class Security(models.TextChoices):
    TLS = "tls", pgettext_lazy("mail server", "TLS")
    STARTTLS = "starttls", pgettext_lazy("mail server", "STARTTLS")
    PLAIN = "none", pgettext_lazy("mail server", "without encryption")


class SignIn(models.TextChoices):
    PASSWORD = "password", pgettext_lazy("mail server", "password")
    OAUTH2 = "oauth2", pgettext_lazy("mail server", "access token (OAuth2)")


class Server(models.Model):
    """What both kinds of servers have, and how they have been doing."""

    host = models.CharField(max_length=253, blank=True)
    port = models.IntegerField()
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=254, default="", blank=True)
    password = models.TextField(default="", blank=True)
    sign_in = models.CharField(
        max_length=8, choices=SignIn.choices, default=SignIn.PASSWORD, db_default=SignIn.PASSWORD
    )
    # Where access tokens are asked for, by what right, and the last one: the secrets among them encrypted.
    token_url = models.CharField(max_length=500, default="", db_default="", blank=True)
    client_id = models.CharField(max_length=500, default="", db_default="", blank=True)
    client_secret = models.TextField(default="", db_default="", blank=True)
    scope = models.CharField(max_length=1000, default="", db_default="", blank=True)
    refresh_token = models.TextField(default="", db_default="", blank=True)
    access_token = models.TextField(default="", db_default="", blank=True)
    access_until = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)
    good_at = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)
    # A code (see `channels.troubles`); `error` is what the server or the system said.
    trouble = models.CharField(max_length=20, default="", db_default="", blank=True)
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(default=timezone.now)
    # When the administrators were told of the trouble that still lasts.
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def journal_organization(self) -> None:
        return None

    @property
    def advice(self) -> str:
        """What is wrong and what to do about it, in one sentence; empty when all is well."""
        return words_for(self.trouble) if self.error else ""


class Mailbox(Server):
    """An address letters come to, and what becomes of them: an IMAP folder, or one a mail server hands them over for.

    `uid` is the last one of the folder whose letter, like all before it, is kept here.
    """

    wall = system(desk="SELECT, INSERT, UPDATE")

    class Way(models.TextChoices):
        IMAP = "imap", pgettext_lazy("mailbox", "taken from a folder (IMAP)")
        LMTP = "lmtp", pgettext_lazy("mailbox", "handed over by our mail server (LMTP)")

    way = models.CharField(max_length=4, choices=Way.choices, default=Way.IMAP, db_default=Way.IMAP)
    name = models.CharField(max_length=100)
    address = models.EmailField(max_length=254)
    # Further addresses whose letters end up in this folder, separated by spaces.
    aliases = models.TextField(default="", blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    # The server whose Authentication-Results are believed; empty: nobody's.
    authserv_id = models.CharField(max_length=253, default="", blank=True)
    uidvalidity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(default=0)

    # What a ticket is when a letter to this address opens it, until somebody looks at it.
    kind = models.CharField(max_length=12, choices=Kind.choices, default="", db_default="", blank=True)
    service = models.ForeignKey("catalog.Service", models.PROTECT, null=True, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", models.PROTECT, null=True, related_name="+", db_index=False)
    assignee = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    # In which language somebody is written to who has not chosen one.
    language = models.CharField(max_length=2, default="ru", db_default="ru")

    objects: "models.Manager[Mailbox]" = models.Manager()
    journal_name = "mailbox"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["host", "port", "user", "folder"], name="one_row_per_folder", condition=Q(way="imap")
            ),
            models.UniqueConstraint(
                Lower("address"), name="one_row_per_handed_address", condition=Q(way="lmtp", active=True)
            ),
            models.CheckConstraint(name="folder_has_a_server", condition=~Q(way="imap") | ~Q(host="")),
            models.CheckConstraint(name="mailbox_has_address", condition=~Q(address="")),
        ]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address whose letters come in here, lower case."""
        return tuple(one.lower() for one in (self.address, *self.aliases.split()))


class SmtpServer(Server):
    """The one server letters leave through. Without it they are kept and can be read, not sent."""

    wall = system(desk="SELECT, INSERT, UPDATE")

    from_address = models.EmailField(max_length=254)
    from_name = models.CharField(max_length=100, default="", blank=True)
    # Where bounces come back to; empty: the address letters are from.
    envelope = models.EmailField(max_length=254, default="", blank=True)

    objects: "models.Manager[SmtpServer]" = models.Manager()
    journal_name = "smtp-server"

    class Meta:
        constraints = [models.CheckConstraint(name="one_smtp_server", condition=Q(id=1))]
