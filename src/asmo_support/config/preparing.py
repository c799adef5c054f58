"""What must be done once after each change of the code: tables, the wall, messages, static files."""

import click
from django.core.management import call_command

from asmo_support.wall import policies

# htmx 4 and its extensions import a bare name, which the hashing of file names cannot follow; pages use htmx 2.
UNUSED = ["htmx-4*", "htmax-4*", "ext"]


def tables() -> None:
    """Migrate, then set roles and policies. The steps are printed as they go."""
    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable", verbosity=0)
    policies.apply()


def messages() -> None:
    """Compile the catalogues: no system gettext is needed."""
    from asmo_support.config.messages import compile_all

    compile_all()


def assets() -> None:
    """Static files under names that carry their content, for browsers to keep for ever."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=False, ignore_patterns=UNUSED)
    click.echo("Static files are collected.")
