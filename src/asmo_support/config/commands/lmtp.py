"""`asmo lmtp`: letters that a mail server hands over."""

import click


@click.command()
def lmtp() -> None:
    """Listen at ASMO_LMTP and ASMO_SMTP_IN until SIGTERM."""
    from asmo_support.config import children, environment, listening
    from asmo_support.config.boot import boot
    from asmo_support.lib.errors import Broken

    children.never_outlive_parent()
    boot()
    from asmo_support.channels.email.listener import Place, serve

    said = environment.read()
    places = [Place(*said.lmtp)] if said.lmtp else []
    places += [Place(*said.smtp_in, lmtp=False)] if said.smtp_in else []
    if not places:
        raise Broken("Say where to listen: ASMO_LMTP=127.0.0.1:8024")
    listening.check(listening.for_letters(said))
    for line in listening.warnings(said):
        click.echo(line)
    serve(places)
