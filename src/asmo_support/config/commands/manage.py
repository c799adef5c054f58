"""`asmo manage …`: Django's own commands, as the owner of the database."""

import click


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a command of Django, for example `asmo manage makemigrations tickets`."""
    from asmo_support.config.boot import boot

    boot(as_owner=True)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["asmo manage", *arguments])
