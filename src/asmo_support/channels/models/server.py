"""The mailbox letters are taken from and the server they leave through. Passwords lie here encrypted."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import system


class Security(models.TextChoices):
    TLS = "tls", pgettext_lazy("mail server", "TLS")
    STARTTLS = "starttls", pgettext_lazy("mail server", "STARTTLS")
    PLAIN = "none", pgettext_lazy("mail server", "without encryption")


class Server(models.Model):
    """What both kinds of servers have, and how they have been doing."""

    host = models.CharField(max_length=253)
    port = models.IntegerField()
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=254, default="", blank=True)
    password = models.TextField(default="", blank=True)
    active = models.BooleanField(default=True)
    good_at = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def journal_organization(self) -> None:
        return None


class Mailbox(Server):
    """An IMAP folder. `uid` is the last one whose letter, like all before it, is kept here."""

    wall = system(desk="SELECT, INSERT, UPDATE")

    name = models.CharField(max_length=100)
    address = models.EmailField(max_length=254)
    # Further addresses whose letters end up in this folder, separated by spaces.
    aliases = models.TextField(default="", blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    # The server whose Authentication-Results are believed; empty: nobody's.
    authserv_id = models.CharField(max_length=253, default="", blank=True)
    uidvalidity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(default=0)

    objects: "models.Manager[Mailbox]" = models.Manager()
    journal_name = "mailbox"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host", "port", "user", "folder"], name="one_row_per_mailbox"),
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
