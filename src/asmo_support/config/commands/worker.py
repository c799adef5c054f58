"""`asmo worker`: what happens without a person: letters, notices, deadlines."""

import click


@click.command()
def worker() -> None:
    """Work until SIGTERM."""
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.config.worker import main

    main()
