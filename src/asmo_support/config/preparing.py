"""What must be done once after each change of the code: tables, the wall, messages, static files."""

import click
from django.core.management import call_command

from asmo_support import wall
from asmo_support.config import messages as catalogues


def tables() -> None:
    """Migrate, then set roles and policies. The steps are printed as they go."""
    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable", verbosity=0)
    wall.apply()


def messages() -> None:
    catalogues.compile_all()


def assets() -> None:
    """Static files under names that carry their content, for browsers to keep for ever."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    click.echo("Static files are collected.")
