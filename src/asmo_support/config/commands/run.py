"""`asmo run`: the whole service until Ctrl+C."""

import click


@click.command()
@click.option("--demo", is_flag=True, help="Fill an empty database with the demo world and show its people.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def run(*, demo: bool, host: str, port: int) -> None:
    """Start the database, bring it to this version, serve pages and work until Ctrl+C."""
    from asmo_support.config.supervisor import Supervisor

    raise SystemExit(Supervisor(demo=demo, host=host, port=port).run())
