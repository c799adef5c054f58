"""`asmo person`: the first administrator of a new installation, and a way in for one who is locked out."""

import click

from asmo_support.lib.errors import Broken

STAFF = ("operator", "engineer", "lead", "release", "security", "admin")


@click.group()
def person() -> None:
    """Add people of the desk; give somebody a new way in."""


@person.command()
@click.argument("email")
@click.option("--name", required=True, help="First name and surname.")
@click.option("--role", type=click.Choice(STAFF), default="admin", show_default=True)
def add(email: str, name: str, role: str) -> None:
    """Add EMAIL to the support desk and print the link where the password is set, alone on the last line."""
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.lib.errors import Refused
    from asmo_support.people.actions.people import add_person
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        try:
            made = add_person({"email": email, "name": name, "role": role}, by=None)
        except Refused as refusal:
            raise Broken(refusal.words) from refusal
        click.echo(_link(made))


@person.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a link where EMAIL sets a new password: valid for a day and once."""
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.people.models import User, canonical_email
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        found = User.objects.filter(email=canonical_email(email), is_active=True).first()
        if found is None:
            raise Broken(f"There is nobody active with the address {email}.")
        click.echo(_link(found))


def _link(user: object) -> str:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.conf import settings
    from django.urls import reverse

    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.SITE_URL}{path}"
