"""`asmo migrate`: tables and the wall around them; with `--all` also what pages need."""

import click


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also collect static files and compile the messages.")
def migrate(*, everything: bool) -> None:
    """Bring the database to this version. Safe to repeat, and to interrupt."""
    from asmo_support.config.boot import boot

    boot(as_owner=True)
    from asmo_support.config import preparing

    preparing.tables()
    if everything:
        preparing.messages()
        preparing.assets()
