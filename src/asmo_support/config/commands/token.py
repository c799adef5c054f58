"""`asmo token`: keys with which programs speak for a person."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from asmo_support.lib.errors import Broken

if TYPE_CHECKING:
    from asmo_support.people.models import User


@click.group()
def token() -> None:
    """Make, list and revoke keys for the API."""


@token.command()
@click.argument("email")
@click.option("--name", default="asmo token", show_default=True, help="What the key is for.")
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, 3650), help="How long it is valid.")
def create(email: str, name: str, days: int) -> None:
    """Print a new key for EMAIL, alone on the last line. It cannot be shown again."""
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.people.actions.tokens import create_token
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        click.echo(create_token(_person(email), by=None, name=name, life=timedelta(days=days)))


@token.command("list")
@click.argument("email")
def list_(email: str) -> None:
    """Print the keys of EMAIL: number, name, whether it is valid and until when, last use. Never the key itself."""
    from asmo_support.config.boot import boot

    boot()
    from django.utils import timezone

    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        rows = list(_person(email).tokens.order_by("id"))
    for row in rows:
        expired = "expired" if row.expires_at <= timezone.now() else "valid"
        used = f"{row.used_at:%Y-%m-%d}" if row.used_at else "never"
        state = "revoked" if row.revoked_at else expired
        click.echo(f"{row.pk}\t{row.name}\t{state}\tuntil {row.expires_at:%Y-%m-%d}\tused {used}")


@token.command()
@click.argument("number", type=click.IntRange(min=1))
def revoke(number: int) -> None:
    """Make the key NUMBER (see `asmo token list`) open nothing from now on."""
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.people.actions.tokens import revoke_token
    from asmo_support.people.models import AccessToken
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        row = AccessToken.objects.select_related("user").filter(pk=number, revoked_at=None).first()
        if row is None:
            raise Broken(f"There is no key {number} that could be revoked: see asmo token list EMAIL.")
        revoke_token(row, by=None)
    click.echo(f"Key {number} ({row.name}) of {row.user.email} is revoked.")


def _person(email: str) -> "User":
    from asmo_support.people.models import User, canonical_email

    person: User | None = User.objects.filter(email=canonical_email(email)).first()
    if person is None:
        raise Broken(f"There is nobody with the address {email}.")
    if not person.is_active:
        raise Broken(f"{email} is switched off: nobody can come in for this person.")
    return person
