"""`asmo web`: the web server alone, for a machine that runs nothing else."""

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def web(*, host: str, port: int) -> None:
    """Serve pages, files and live notices on one port."""
    from asmo_support.config import embedded
    from asmo_support.config.home import home
    from asmo_support.config.server import serve

    embedded.ensure(home())
    serve(host, port)
