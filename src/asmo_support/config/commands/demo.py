"""`asmo demo`: the demo world."""

import click


@click.command()
@click.option("--clear", "empty", is_flag=True, help="Remove the demo world; refuses when there are other people.")
def demo(*, empty: bool) -> None:
    """Fill an empty database with the demo world; print its people."""
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.config.demo import clear, introduction, load

    if empty:
        clear()
        click.echo("The demo world is gone.")
        return
    load()
    click.echo(introduction())
