"""`asmo mail deliver`: the end of a mail server's pipe. It says yes only when the letter is safe."""

import sys
from pathlib import Path

import click

TRY_LATER = 75


@click.command()
@click.option("--authserv-id", default="", help="The mail server whose Authentication-Results are believed.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def deliver(*, authserv_id: str, file: Path) -> None:
    """Store one letter from FILE or, with “-”, from standard input; the worker treats it.

    Ends with 0 when the letter is stored for good, with 75 when it is not: then send it again later.
    """
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        number = _store(raw, authserv_id)
    except Exception as problem:  # noqa: BLE001 - whatever went wrong, the letter is not stored and must come again
        click.echo(f"asmo: The letter is not stored: {' '.join(str(problem).split())}", err=True)
        raise SystemExit(TRY_LATER) from None
    click.echo(f"Stored as arrival {number}.")


def _store(raw: bytes, authserv_id: str) -> int:
    from asmo_support.config.boot import boot

    boot()
    from django.utils import timezone

    from asmo_support.channels.inbox import Incoming, keep
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        arrival = keep(Incoming(raw=raw, received_at=timezone.now(), authserv_id=authserv_id))
    return int(arrival.pk)
