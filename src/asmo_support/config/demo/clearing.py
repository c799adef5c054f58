"""`asmo demo --clear`: an empty database again, and only when nothing but the demo is in it."""

from django.db import connection, transaction

from asmo_support.config.demo import cast
from asmo_support.lib.errors import Broken
from asmo_support.people.models import User
from asmo_support.wall.acting import SYSTEM, acting_as
from asmo_support.wall.declare import declared

KEPT = {"django_migrations", "django_content_type", "auth_permission", "asmo_cache"}


def clear() -> None:
    """Remove the demo world. Raises Broken when there are people who are not of the demo."""
    known = {one.email for one in cast.SHOWN} | {email for email, _name, _role in cast.MORE_STAFF}
    known |= {person[0] for people in cast.PEOPLE.values() for person in people}
    with acting_as(SYSTEM), transaction.atomic():
        strangers = User.objects.exclude(email__in=known)
        if strangers.exists():
            raise Broken(f"There are {strangers.count()} people who are not of the demo: nothing was removed.")
        tables = sorted(set(declared()) - KEPT)
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE " + ", ".join(tables))
