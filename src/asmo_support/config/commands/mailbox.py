"""`asmo mail mailbox …` and `asmo mail server …`: where letters come from and how they leave."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from asmo_support.channels.models import Mailbox, SmtpServer
    from asmo_support.channels.setup import Account

SECURITY = click.Choice(["tls", "starttls", "none"])
Command = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The secrets of a server; `None` leaves the one that is known."""

    password: str | None = None
    client_secret: str | None = None
    refresh_token: str | None = None


def with_tokens(command: Command) -> Command:
    """How one signs in: by a password, or with `--token-url` by access tokens (OAuth2)."""
    for option in (
        click.option("--token-url", default="", help="Where access tokens are asked for (OAuth2), by no password."),
        click.option("--client-id", default="", help="The name of this program at the mail service (OAuth2)."),
        click.option("--scope", default="", help="What the access token is for (OAuth2); often empty."),
        click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking;"
                     " with --token-url the client secret and the refresh token, a line each."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group()
def mailbox() -> None:
    """Mailboxes letters are taken from (IMAP)."""


@click.group()
def server() -> None:
    """The server letters leave through (SMTP)."""


@mailbox.command()
@click.argument("address")
@click.option("--host", default="", help="The IMAP server.")
@click.option("--lmtp", is_flag=True, help="Take no folder: your own mail server hands the letters over.")
@click.option("--port", default=0, help="Its port; the usual one when left out.")
@click.option("--security", type=SECURITY, default="tls", show_default=True)
@click.option("--user", default="", help="The name to sign in with; the address when left out.")
@click.option("--folder", default="INBOX", show_default=True)
@click.option("--alias", "aliases", multiple=True, help="Another address whose letters end up in this folder.")
@click.option("--authserv-id", default="", help="The mail server whose Authentication-Results are believed.")
@click.option("--only-new", is_flag=True, help="Leave what lies in the folder already.")
@with_tokens
def add(*, address: str, lmtp: bool, only_new: bool, aliases: tuple[str, ...], **more: Any) -> None:
    """Take letters for ADDRESS from a mailbox; the same one again changes it."""
    if bool(more["host"]) == lmtp:
        raise click.UsageError("Name the IMAP server with --host, or say --lmtp.")
    said = Said(password="") if lmtp else _secrets(more)
    with _ready():
        from asmo_support.channels import setup
        from asmo_support.channels.models import Mailbox

        way = Mailbox.Way.LMTP if lmtp else Mailbox.Way.IMAP
        account = _account(more, said, user="" if lmtp else more["user"] or address)
        row = Mailbox.objects.filter(address__iexact=address, folder=more["folder"], way=way).first()
        saved = setup.save_mailbox(
            account, by=None, address=address, mailbox=row, only_new=only_new, way=way, folder=more["folder"],
            authserv_id=more["authserv_id"], aliases=" ".join(aliases),
        )  # fmt: skip
        _report(saved, address)


@mailbox.command("list")
def list_() -> None:
    """Each mailbox with how it does."""
    with _ready():
        from asmo_support.channels.models import Mailbox

        for row in Mailbox.objects.order_by("id"):
            state = row.error or ("closed" if not row.active else f"last good look {row.good_at:%Y-%m-%d %H:%M:%S}Z"
                                  if row.good_at else "not looked at yet")  # fmt: skip
            where = f"{row.user}@{row.host}:{row.port}/{row.folder}" if row.host else "by LMTP"
            click.echo(f"{row.address}  {where}  {state}")


@mailbox.command()
@click.argument("address")
def remove(*, address: str) -> None:
    """Take no more letters from the mailboxes of ADDRESS."""
    with _ready():
        from asmo_support.channels import setup
        from asmo_support.channels.models import Mailbox

        for row in Mailbox.objects.filter(address__iexact=address, active=True):
            setup.close_mailbox(row, by=None)
            click.echo(f"{row.address}: closed.")


@server.command("set")
@click.argument("from_address")
@click.option("--host", required=True, help="The SMTP server.")
@click.option("--port", default=0, help="Its port; the usual one when left out.")
@click.option("--security", type=SECURITY, default="tls", show_default=True)
@click.option("--user", default="", help="The name to sign in with; none when left out.")
@click.option("--from-name", default="", help="The name beside the address.")
@click.option("--envelope", default="", help="Where bounces come back to, when that is another address.")
@with_tokens
def set_(*, from_address: str, from_name: str, envelope: str, **more: Any) -> None:
    """Send letters from FROM_ADDRESS through this server."""
    said = _secrets(more) if more["user"] else Said(password="")
    with _ready():
        from asmo_support.channels import setup
        from asmo_support.channels.models import SmtpServer

        account = _account(more, said, user=more["user"])
        setup.save_smtp(account, by=None, from_address=from_address, from_name=from_name, envelope=envelope)
        _report(SmtpServer.objects.get(pk=1), from_address)


@server.command()
def off() -> None:
    """Send nothing: letters are kept and can be read."""
    with _ready():
        from asmo_support.channels import setup

        setup.switch_off_smtp(by=None)
        click.echo("Letters are kept from now on.")


@contextmanager
def _ready() -> Iterator[None]:
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        yield


def _account(more: dict[str, Any], said: Said, *, user: str) -> "Account":
    from asmo_support.channels.setup import Account, Right

    right = None
    if more["token_url"]:
        right = Right(
            token_url=more["token_url"], client_id=more["client_id"], scope=more["scope"],
            client_secret=said.client_secret, refresh_token=said.refresh_token,
        )  # fmt: skip
    return Account(
        host=more["host"], port=int(more["port"]), security=more["security"], user=user, password=said.password,
        right=right,
    )  # fmt: skip


def _secrets(more: dict[str, Any]) -> Said:
    """Asked for, or read from standard input, a line each; never an option, which other users of a machine see."""
    if not more["token_url"]:
        return Said(password=_secret("Password", more))
    return Said(client_secret=_secret("Client secret", more), refresh_token=_secret("Refresh token", more))


def _secret(name: str, more: dict[str, Any]) -> str:
    if more["password_stdin"]:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(name, hide_input=True, default="", show_default=False))


def _report(row: "Mailbox | SmtpServer", address: str) -> None:
    from asmo_support.channels.email.checking import trouble_of

    if not row.host:
        click.echo(f"{address}: saved; your mail server may hand its letters over.")
        return
    trouble = trouble_of(row)
    click.echo(f"{address}: saved, but it does not work. {trouble}" if trouble else f"{address}: saved, and it works.")
