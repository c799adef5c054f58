"""Exchanges that may tell us of calls: an address is made once, shown once, kept as a hash, ended at once."""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.models import Exchange
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User

LONGEST = 100


@transaction.atomic
def add_exchange(name: str, *, by: User) -> tuple[Exchange, str]:
    """A new exchange and the secret end of its address, which is readable only now."""
    name = clean(name)
    if not name:
        raise Refused(_("Give the exchange a name."), field="name")
    if Exchange.objects.filter(name=name, revoked_at=None).exists():
        raise Refused(_("There is an exchange of this name already. Its address was shown once."), field="name")
    token = secrets.token_urlsafe(32)
    exchange = Exchange.objects.create(name=name, digest=digest(token), by=by)
    record(exchange, "exchange.added", by=by, internal=True, name=name)
    return exchange, token


@transaction.atomic
def revoke(exchange: Exchange, *, by: User) -> None:
    """Its address answers like one that never was. The calls it told of stay."""
    exchange.refresh_from_db(from_queryset=Exchange.objects.select_for_update())
    if exchange.revoked_at:
        return
    exchange.revoked_at = timezone.now()
    exchange.save(update_fields=["revoked_at"])
    record(exchange, "exchange.revoked", by=by, internal=True, name=exchange.name)


def exchange_of(token: str) -> Exchange | None:
    """The exchange this address was made for, while it may speak."""
    return Exchange.objects.filter(digest=digest(token), revoked_at=None).first() if len(token) <= LONGEST else None


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
