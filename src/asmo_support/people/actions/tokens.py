"""Keys for programs: made once, shown once, kept as a hash, revoked at once."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from asmo_support.journal.recording import record
from asmo_support.people.models import AccessToken, User

LIFE = timedelta(days=365)


@transaction.atomic
def create_token(user: User, *, by: User | None, name: str, life: timedelta = LIFE) -> str:
    """A new token of 256 random bits; only here it can be read."""
    token = "asmo_" + secrets.token_urlsafe(32)
    row = AccessToken.objects.create(user=user, name=name, digest=digest(token), expires_at=timezone.now() + life)
    record(user, "user.token-created", by=by, internal=True, token=row.pk, name=name)
    return token


@transaction.atomic
def revoke_token(token: AccessToken, *, by: User | None) -> None:
    """The token opens nothing from now on."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(token.user, "user.token-revoked", by=by, internal=True, token=token.pk, name=token.name)


def bearer(token: str, *, at: datetime | None = None) -> User | None:
    """The person a token speaks for, while token and person are alive."""
    now = at or timezone.now()
    row = (
        AccessToken.objects.select_related("user__organization")
        .filter(digest=digest(token), revoked_at=None, expires_at__gt=now)
        .first()
    )
    if row is None or not row.user.is_active:
        return None
    if row.used_at is None or now - row.used_at > timedelta(minutes=5):
        AccessToken.objects.filter(pk=row.pk).update(used_at=now)
    return row.user


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
