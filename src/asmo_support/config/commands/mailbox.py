"""`asmo mail mailbox …` and `asmo mail server …`: where letters come from and how they leave."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from asmo_support.channels.models import Mailbox, SmtpServer
    from asmo_support.channels.setup import Account

SECURITY = click.Choice(["tls", "starttls", "none"])


@click.group()
def mailbox() -> None:
    """Mailboxes letters are taken from (IMAP)."""


@click.group()
def server() -> None:
    """The server letters leave through (SMTP)."""


@mailbox.command()
@click.argument("address")
@click.option("--host", required=True, help="The IMAP server.")
@click.option("--port", default=0, help="Its port; the usual one when left out.")
@click.option("--security", type=SECURITY, default="tls", show_default=True)
@click.option("--user", default="", help="The name to sign in with; the address when left out.")
@click.option("--folder", default="INBOX", show_default=True)
@click.option("--alias", "aliases", multiple=True, help="Another address whose letters end up in this folder.")
@click.option("--authserv-id", default="", help="The mail server whose Authentication-Results are believed.")
@click.option("--only-new", is_flag=True, help="Leave what lies in the folder already.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def add(*, address: str, password_stdin: bool, only_new: bool, aliases: tuple[str, ...], **more: str) -> None:
    """Take letters for ADDRESS from a mailbox; the same one again changes it."""
    password = _password(from_stdin=password_stdin)
    with _ready():
        from asmo_support.channels import setup
        from asmo_support.channels.models import Mailbox

        account = _account(more, password, user=more["user"] or address)
        row = Mailbox.objects.filter(address__iexact=address, folder=more["folder"]).first()
        saved = setup.save_mailbox(
            account, by=None, address=address, mailbox=row, only_new=only_new, folder=more["folder"],
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
            click.echo(f"{row.address}  {row.user}@{row.host}:{row.port}/{row.folder}  {state}")


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
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def set_(*, from_address: str, password_stdin: bool, from_name: str, envelope: str, **more: str) -> None:
    """Send letters from FROM_ADDRESS through this server."""
    password = _password(from_stdin=password_stdin) if more["user"] else ""
    with _ready():
        from asmo_support.channels import setup
        from asmo_support.channels.models import SmtpServer

        account = _account(more, password, user=more["user"])
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


def _account(more: dict[str, str], password: str, *, user: str) -> "Account":
    from asmo_support.channels.setup import Account

    return Account(host=more["host"], port=int(more["port"]), security=more["security"], user=user, password=password)


def _password(*, from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else str(click.prompt("Password", hide_input=True))


def _report(row: "Mailbox | SmtpServer", address: str) -> None:
    from asmo_support.channels.email.checking import trouble_of

    trouble = trouble_of(row)
    click.echo(f"{address}: saved, but it does not work. {trouble}" if trouble else f"{address}: saved, and it works.")
