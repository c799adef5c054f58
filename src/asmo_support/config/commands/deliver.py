"""`asmo mail deliver`: the end of a mail server's pipe. It says yes only when the letter is safe."""

import contextlib
import os
import sys
from pathlib import Path

import click

TRY_LATER = 75


class Later(click.UsageError):
    exit_code = TRY_LATER


class Patient(click.Command):
    """A command called wrongly stores nothing either: a mail server takes any other code for a refusal for good."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as problem:
            raise Later(problem.format_message(), ctx) from problem


@click.command(cls=Patient)
@click.option("--authserv-id", default="", help="The mail server whose Authentication-Results are believed.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def deliver(*, authserv_id: str, file: Path) -> None:
    """Store one letter from FILE or, with “-”, from standard input; the worker treats it.

    Ends with 0 when the letter is stored for good, with 75 when it is not: then send it again later.
    """
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        number = _store(raw, authserv_id)
    except (Exception, KeyboardInterrupt) as problem:  # noqa: BLE001 - whatever it is, the letter is not stored
        click.echo(f"asmo: The letter is not stored: {' '.join(str(problem).split())}", err=True)
        raise SystemExit(TRY_LATER) from None
    _tell(f"Stored as arrival {number}.")


def _tell(sentence: str) -> None:
    """Nobody may be listening: that is no reason to let a stored letter come again."""
    try:
        click.echo(sentence)
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _store(raw: bytes, authserv_id: str) -> int:
    from asmo_support.config.boot import boot

    boot()
    from django.utils import timezone

    from asmo_support.channels.inbox import Incoming, keep
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        arrival = keep(Incoming(raw=raw, received_at=timezone.now(), authserv_id=authserv_id))
    return int(arrival.pk)
