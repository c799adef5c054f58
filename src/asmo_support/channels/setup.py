"""The mail servers of the service: named, changed, tried out. Passwords come in and never go out."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.email import servers
from asmo_support.channels.email.fetch import FROM_NOW
from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.channels.models.server import Security
from asmo_support.channels.secrets import seal
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Broken, Refused
from asmo_support.people.models import User

IMAP_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.PLAIN: 143}
SMTP_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How to reach a server. `password=None` leaves the one that is known; `port=0` takes the usual one."""

    host: str
    port: int = 0
    security: str = Security.TLS
    user: str = ""
    password: str | None = None


@transaction.atomic
def save_mailbox(
    account: Account,
    *,
    by: User | None,
    address: str,
    mailbox: Mailbox | None = None,
    only_new: bool = False,
    **more: str,
) -> Mailbox:
    """Take letters from this folder from now on; with `only_new` those that lie there already stay where they are.

    `more`: `name`, `aliases`, `folder`, `authserv_id`.
    """  # fmt: skip
    _check(account, address)
    row = mailbox or Mailbox(uid=FROM_NOW if only_new else 0)
    _fill(row, account, IMAP_PORTS)
    row.address, row.name = address.strip(), more.get("name") or address.strip()
    row.aliases, row.folder = more.get("aliases", row.aliases), more.get("folder") or row.folder
    row.authserv_id = more.get("authserv_id", row.authserv_id)
    if (
        Mailbox.objects.filter(host=row.host, port=row.port, user=row.user, folder=row.folder)
        .exclude(pk=row.pk)
        .exists()
    ):
        raise Refused(_("This folder is taken from already."), field="host")
    row.save()
    record(row, "mailbox.saved", by=by, internal=True, address=row.address, host=row.host, active=row.active)
    return row


@transaction.atomic
def close_mailbox(mailbox: Mailbox, *, by: User | None) -> None:
    """Take no more letters from it. What has come stays."""
    mailbox.active = False
    mailbox.save(update_fields=["active"])
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
        row.active = False
        row.save(update_fields=["active"])
        record(row, "smtp-server.switched-off", by=by, internal=True, host=row.host)


def trouble_of(server: Mailbox | SmtpServer) -> str:
    """Try to sign in now; empty when all is well, otherwise what the server says."""
    try:
        if isinstance(server, Mailbox):
            client = servers.imap(server)
            client.select_folder(server.folder, readonly=True)
            client.logout()
        else:
            servers.smtp(server).quit()
    except (*servers.IMAP_TROUBLE, *servers.SMTP_TROUBLE, Broken) as problem:
        return servers.words_for(problem)
    return ""


def _fill(row: Mailbox | SmtpServer, account: Account, ports: dict[Security, int]) -> None:
    if account.password is None and (row.host, row.user) != (account.host.strip(), account.user.strip()):
        # The password was given to another server; it is not told to this one.
        row.password = ""
    row.host, row.user, row.security = account.host.strip(), account.user.strip(), Security(account.security)
    row.port = account.port or ports[Security(account.security)]
    if account.password is not None:
        row.password = seal(account.password)
    row.active, row.failures, row.failing_since, row.error = True, 0, None, ""
    row.retry_at = timezone.now()


def _check(account: Account, address: str) -> None:
    if account.security not in Security.values:
        raise Refused(_("Choose how the connection is protected."), field="security")
    if not account.host.strip():
        raise Refused(_("Name the server."), field="host")
    if "@" not in address:
        raise Refused(_("Write the full address."), field="address")
