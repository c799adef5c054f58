"""`record()`: the one way to write history. The event, its errands and the call to the worker are one transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string
from psycopg.types.json import Jsonb

from asmo_support.journal.models import Errand, Event

ERRANDS, LIVE = "asmo_errands", "asmo_live"
_RECORD = """
    WITH event AS (
        INSERT INTO journal_event (organization_id, thing, thing_id, kind, by_id, at, internal, data)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
    ), errands AS (INSERT INTO journal_errand (event_id, listener) SELECT id, unnest(%s::text[]) FROM event)
    SELECT id, pg_notify(%s, ''), pg_notify(%s, %s) FROM event
"""
_CALL = "SELECT pg_notify(%s, '')"
_NOTIFY = "SELECT pg_notify(%s, one) FROM unnest(%s::text[]) AS one"
# More things at once than open pages should ask for one by one: they look at everything anew.
MANY = 20
EVERYTHING = "{}"


class Thing(Protocol):
    """What history can be written about."""

    @property
    def pk(self) -> Any: ...

    @property
    def journal_name(self) -> str: ...

    @property
    def journal_organization(self) -> int | None: ...


def record(
    thing: Thing, kind: str, *, by: Any, internal: bool = False, at: datetime | None = None, **data: Any
) -> Event:
    """Write what happened to `thing`; whoever listens to `kind` gets an errand. `by=None` is the system itself."""
    event = Event(
        organization_id=thing.journal_organization, thing=thing.journal_name, thing_id=thing.pk, kind=kind, by=by,
        at=at or timezone.now(), internal=internal, data=data,
    )  # fmt: skip
    facts: list[Any] = [
        event.organization_id,
        event.thing,
        event.thing_id,
        kind,
        event.by_id,
        event.at,
        internal,
        Jsonb(data),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [*facts, list(listeners(kind)), ERRANDS, LIVE, _notice(thing, event)])
        (event.pk,) = cursor.fetchone()[:1]
    return event


def record_many(
    facts: Iterable[tuple[Thing, str, dict[str, Any]]], *, by: Any, internal: bool = False, at: datetime | None = None
) -> list[Event]:
    """`record()` for many facts of one moment: (thing, kind, data). Of more than a few, open pages are not told one
    by one: whoever writes them calls `look_anew()` at the end.
    """
    moment, pairs = at or timezone.now(), list(facts)
    events = Event.objects.bulk_create(
        Event(
            organization_id=thing.journal_organization, thing=thing.journal_name, thing_id=thing.pk, kind=kind,
            by=by, at=moment, internal=internal, data=data,
        )
        for thing, kind, data in pairs
    )  # fmt: skip
    Errand.objects.bulk_create(
        Errand(event=event, listener=one, due_at=moment) for event in events for one in listeners(event.kind)
    )
    notices = {_notice(thing, event) for (thing, _kind, _data), event in zip(pairs, events, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute(_CALL, [ERRANDS])
        cursor.execute(_NOTIFY, [LIVE, sorted(notices) if len(notices) <= MANY else []])
    return events


def look_anew() -> None:
    """Open pages look at everything they show again."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTIFY, [LIVE, [EVERYTHING]])


def look_at(thing: Thing) -> None:
    """Open pages of the desk look at this thing again: what they show of it has changed without an event of its own."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTIFY, [LIVE, [_words(thing, internal=True)]])


def _notice(thing: Thing, event: Event) -> str:
    return _words(thing, internal=event.internal)


def _words(thing: Thing, *, internal: bool) -> str:
    # People know a ticket by its number; other numbers are of telephones.
    name = getattr(thing, "number", thing.pk) if thing.journal_name == "ticket" else thing.pk
    said = {thing.journal_name: name, "organization": thing.journal_organization or 0, "internal": int(internal)}
    return json.dumps(said)


def listeners(kind: str) -> tuple[str, ...]:
    """Who listens to this kind of event, by dotted name: the table in `config/wiring.py`."""
    table: Mapping[str, tuple[str, ...]] = import_string(settings.LISTENERS)
    return table.get(kind, ())
