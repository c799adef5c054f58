"""`record()`: the one way to write history. The event, its errands and the call to the worker are one transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from asmo_support.journal.models import Event

ERRANDS, LIVE = "asmo_errands", "asmo_live"
_FOLLOW = (
    "WITH errands AS (INSERT INTO journal_errand (event_id, listener) SELECT %s, unnest(%s::text[]))"
    " SELECT pg_notify(%s, ''), pg_notify(%s, %s)"
)


class Thing(Protocol):
    """What history can be written about."""

    pk: Any

    @property
    def journal_name(self) -> str: ...

    @property
    def journal_organization(self) -> int | None: ...


def record(
    thing: Thing, kind: str, *, by: Any, internal: bool = False, at: datetime | None = None, **data: Any
) -> Event:
    """Write what happened to `thing`; whoever listens to `kind` gets an errand. `by=None` is the system itself."""
    event = Event.objects.create(
        organization_id=thing.journal_organization,
        thing=thing.journal_name,
        thing_id=thing.pk,
        kind=kind,
        by=by,
        at=at or timezone.now(),
        internal=internal,
        data=data,
    )
    notice = {"thing": event.thing, "id": event.thing_id, "organization": event.organization_id, "internal": internal}
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [event.pk, list(listeners(kind)), ERRANDS, LIVE, json.dumps(notice)])
    return event


def listeners(kind: str) -> tuple[str, ...]:
    """Who listens to this kind of event, by dotted name: the table in `config/wiring.py`."""
    table: Mapping[str, tuple[str, ...]] = import_string(settings.LISTENERS)
    return table.get(kind, ())
