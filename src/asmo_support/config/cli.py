"""The command `asmo`. Each group of commands is loaded when it is called, so `asmo sla` needs no Django."""

import errno
import sys
from importlib import import_module

import click

from asmo_support.lib.errors import AsmoError

COMMANDS = {
    "run": "everything in one: database, migrations, web pages, worker",
    "web": "the web server alone",
    "worker": "the worker alone: letters, notices, deadlines",
    "lmtp": "letters handed over by a mail server, at ASMO_LMTP and ASMO_SMTP_IN",
    "migrate": "bring the database to this version",
    "demo": "fill an empty database with the demo world",
    "person": "the first administrator, and a way in for one who is locked out",
    "token": "keys for the API",
    "mail": "letters by hand",
    "sla": "working-time arithmetic; needs a database for --published alone",
    "manage": "a command of Django, for developers",
}


class Commands(click.Group):
    """Commands by name; the module `commands/<name>.py` holds an object of that name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"asmo_support.config.commands.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def asmo() -> None:
    """АСМО-поддержка: the service desk of a software vendor."""


def main() -> None:
    """What is wrong with the installation is said in one sentence, without a traceback."""
    try:
        asmo(prog_name="asmo")
    except AsmoError as error:
        _say(str(error))
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        _say(f"The disk is full ({error.filename or 'no file named'}): free some space and start again.")


def _say(sentence: str) -> None:
    click.echo(f"asmo: {sentence}", err=True)
    sys.exit(1)
