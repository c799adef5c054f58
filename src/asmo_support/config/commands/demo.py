"""`asmo demo`: the demo world."""

import click


@click.command()
def demo() -> None:
    """Fill an empty database with the demo world; print its people."""
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.config.demo import introduction, load

    load()
    click.echo(introduction())
