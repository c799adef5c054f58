"""The mail servers of the service: named, changed, tried out. Passwords come in and never go out."""

from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.catalog.models import Product, Service
from asmo_support.channels.email import oauth
from asmo_support.channels.email.fetch import FROM_NOW
from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.channels.models.server import Security, SignIn
from asmo_support.channels.secrets import seal
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.people.models import User

IMAP_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.PLAIN: 143}
SMTP_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """By what right access tokens are asked for, and where. `None` leaves the secret that is known."""

    token_url: str
    client_id: str
    scope: str = ""
    client_secret: str | None = None
    refresh_token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How to reach a server. `password=None` leaves the one that is known; `port=0` takes the usual one.

    With a `right` one signs in by access tokens, without one by the password.
    """

    host: str
    port: int = 0
    security: str = Security.TLS
    user: str = ""
    password: str | None = None
    right: Right | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a ticket is when a letter opens it, and the language of whoever has not chosen one."""

    kind: str = ""
    service: Service | None = None
    product: Product | None = None
    assignee: User | None = None
    language: str = "ru"


@transaction.atomic
def save_mailbox(
    account: Account,
    *,
    by: User | None,
    address: str,
    mailbox: Mailbox | None = None,
    only_new: bool = False,
    defaults: Defaults | None = None,
    **more: str,
) -> Mailbox:
    """Take letters to this address from now on; with `only_new` those that lie in its folder already stay there.

    `more`: `way`, `name`, `aliases`, `folder`, `authserv_id`.
    """  # fmt: skip
    row = mailbox or Mailbox(uid=FROM_NOW if only_new else 0)
    row.way = Mailbox.Way(more.get("way", row.way))
    _check(account, address, reached=row.way == Mailbox.Way.IMAP)
    _fill(row, account, IMAP_PORTS)
    row.address, row.name = address.strip(), more.get("name") or address.strip()
    row.aliases, row.folder = more.get("aliases", row.aliases), more.get("folder") or row.folder
    row.authserv_id = more.get("authserv_id", row.authserv_id)
    for name, value in _named(defaults).items():
        setattr(row, name, value)
    _check_free(row)
    row.save()
    record(row, "mailbox.saved", by=by, internal=True, address=row.address, host=row.host, active=row.active)
    return row


@transaction.atomic
def close_mailbox(mailbox: Mailbox, *, by: User | None) -> None:
    """Take no more letters from it. What has come stays."""
    mailbox.active, mailbox.alarmed_at = False, None
    mailbox.save(update_fields=["active", "alarmed_at"])
    record(mailbox, "mailbox.closed", by=by, internal=True, address=mailbox.address)


@transaction.atomic
def save_smtp(account: Account, *, by: User | None, from_address: str, from_name: str = "", envelope: str = "") -> None:
    """Send all letters through this server. What was kept until now stays kept."""
    _check(account, from_address)
    row = SmtpServer.objects.filter(pk=1).first() or SmtpServer(pk=1)
    _fill(row, account, SMTP_PORTS)
    row.from_address, row.from_name, row.envelope = from_address.strip(), from_name.strip(), envelope.strip()
    row.save()
    record(row, "smtp-server.saved", by=by, internal=True, host=row.host, from_address=row.from_address)


@transaction.atomic
def switch_off_smtp(*, by: User | None) -> None:
    """Send nothing; letters are kept from now on."""
    row = SmtpServer.objects.filter(pk=1).first()
    if row:
        row.active, row.alarmed_at = False, None
        row.save(update_fields=["active", "alarmed_at"])
        record(row, "smtp-server.switched-off", by=by, internal=True, host=row.host)


def _named(defaults: Defaults | None) -> dict[str, object]:
    return {one.name: getattr(defaults, one.name) for one in fields(Defaults)} if defaults else {}


def _check_free(row: Mailbox) -> None:
    others = Mailbox.objects.filter(way=row.way).exclude(pk=row.pk)
    if row.way == Mailbox.Way.IMAP:
        if others.filter(host=row.host, port=row.port, user=row.user, folder=row.folder).exists():
            raise Refused(_("This folder is taken from already."), field="host")
        return
    taken = {one for other in others.filter(active=True) for one in other.addresses}
    if both := sorted(taken & set(row.addresses)):
        raise Refused(_("Letters to %(address)s come in already.") % {"address": both[0]}, field="address")


def _fill(row: Mailbox | SmtpServer, account: Account, ports: dict[Security, int]) -> None:
    if account.password is None and (row.host, row.user) != (account.host.strip(), account.user.strip()):
        # The password was given to another server; it is not told to this one.
        row.password = ""
    row.host, row.user, row.security = account.host.strip(), account.user.strip(), Security(account.security)
    row.port = account.port or ports[Security(account.security)]
    if account.password is not None:
        row.password = seal(account.password)
    _fill_right(row, account.right)
    row.active, row.failures, row.failing_since, row.error, row.trouble = True, 0, None, "", ""
    # `alarmed_at` stays: who was told that it fails is told when it works, not when somebody has tried to mend it.
    row.retry_at = timezone.now()


def _fill_right(row: Mailbox | SmtpServer, right: Right | None) -> None:
    row.sign_in = SignIn.OAUTH2 if right else SignIn.PASSWORD
    row.access_token, row.access_until = "", None
    if right is None:
        return
    if (row.token_url, row.client_id) != (right.token_url.strip(), right.client_id.strip()):
        # The secrets were given to another service; they are not told to this one.
        row.client_secret = row.refresh_token = ""
    row.token_url, row.client_id, row.scope = right.token_url.strip(), right.client_id.strip(), right.scope.strip()
    if right.client_secret is not None:
        row.client_secret = seal(right.client_secret)
    if right.refresh_token is not None:
        row.refresh_token = seal(right.refresh_token)


def _check(account: Account, address: str, *, reached: bool = True) -> None:
    if account.security not in Security.values:
        raise Refused(_("Choose how the connection is protected."), field="security")
    if reached and not account.host.strip():
        raise Refused(_("Name the server."), field="host")
    if account.right and not oauth.is_safe(account.right.token_url.strip()):
        raise Refused(_("Write the token address in full: it begins with https://."), field="token_url")
    if account.right and not account.right.client_id.strip():
        raise Refused(_("Write the client id that the mail service has given."), field="client_id")
    if "@" not in address:
        raise Refused(_("Write the full address."), field="address")
