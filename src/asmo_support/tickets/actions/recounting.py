"""After a calendar was published: every clock that is going on an earlier version of it is counted anew.

A clock keeps the version it was counted with, so the work that is left is a question to the clocks themselves: nothing
is lost when the worker is killed, and whoever holds a ticket at this moment only makes it wait for the next batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Count, Model
from django.utils import timezone

from asmo_support.journal.recording import look_anew, record_many
from asmo_support.sla.models import CalendarVersion, WorkCalendar
from asmo_support.tickets import events
from asmo_support.tickets.actions.clocks import GOING, Moved, recount
from asmo_support.tickets.actions.moving import place
from asmo_support.tickets.models import Clock, Ticket

if TYPE_CHECKING:
    from asmo_support.people.models import User

BATCH = 500
COUNTED = ["state", "due_at", "breached_at", "breach_told", "calendar", "warned", "warn_at"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the clocks of a calendar are: how many are going, how many still on an earlier version."""

    total: int
    left: int

    @property
    def done(self) -> int:
        return self.total - self.left

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100


def drain() -> int:
    """One batch of the worker; 0 when every clock is counted by what is in force."""
    return recount_batch(timezone.now())


@transaction.atomic
def recount_batch(at: datetime, size: int = BATCH) -> int:
    """Count the clocks of so many tickets anew; the number of tickets that were free to be counted."""
    rows = list(WorkCalendar.objects.filter(current__gt=1))
    old = [f"{row.slug}@{n}" for row in rows for n in _outdated(row)]
    late = Clock.objects.filter(state__in=GOING, calendar__in=old).order_by("calendar", "id") if old else None
    ids = set(late.values_list("ticket_id", flat=True)[:size]) if late is not None else set()
    if not ids:
        return 0
    free = Ticket.objects.select_for_update(skip_locked=True).filter(pk__in=ids).order_by("pk")
    tickets = list(free.prefetch_related("clocks", "pauses"))
    keys = {row.slug: row.key for row in rows}
    moved = [(ticket, one) for ticket in tickets for one in recount(ticket, keys)]
    _save([one.clock for _ticket, one in moved], COUNTED)
    _arrange(tickets)
    if len(ids) < size:
        look_anew()  # the last batch: told once, not with each of hundreds
    _tell([(ticket, one) for ticket, one in moved if one.before != one.after], keys, at)
    return len(tickets)


def progress() -> dict[str, Progress]:
    """How far each calendar's clocks are, by slug: two statements."""
    current = {row.slug: row.key for row in WorkCalendar.objects.all()}
    total, left = dict.fromkeys(current, 0), dict.fromkeys(current, 0)
    rows = Clock.objects.filter(state__in=GOING).values_list("calendar").annotate(number=Count("id"))
    for key, number in rows.order_by():
        slug = key.rpartition("@")[0]
        if slug in current:
            total[slug] += number
            left[slug] += number if key != current[slug] else 0
    return {slug: Progress(total[slug], left[slug]) for slug in current}


def _outdated(row: WorkCalendar) -> list[int]:
    """Versions are numbered without gaps, and the one in force is the last."""
    return list(range(1, row.current))


def _arrange(tickets: list[Ticket]) -> None:
    changed = []
    for ticket in tickets:
        before, ticket.queue_at = ticket.queue_at, place(ticket)
        if ticket.queue_at != before:
            changed.append(ticket)
    _save(changed, ["queue_at"])


def _save(rows: Sequence[Model], names: list[str]) -> None:
    """Save these fields of rows that exist, in one statement; `bulk_update` takes ten times as long."""
    if not rows:
        return
    meta = rows[0]._meta  # noqa: SLF001 - Django's own name for it
    known = {field.name: field for field in meta.concrete_fields}
    fields = [known[name] for name in ("id", *names)]
    arrays = [[getattr(row, field.attname) for row in rows] for field in fields]
    types = ", ".join(f"%s::{str(field.db_type(connection)).partition('(')[0]}[]" for field in fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(f'"{field.column}" = new."{field.column}"' for field in fields[1:])
    sql = f'UPDATE "{meta.db_table}" AS old SET {values} FROM unnest({types}) AS new({columns}) WHERE old.id = new.id'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, arrays)


def _tell(moved: list[tuple[Ticket, Moved]], keys: dict[str, str], at: datetime) -> None:
    """History says who published the calendar that moved a date. No letters go: nobody's next step is another."""
    authors = _authors(set(keys.values()))
    for author in {authors[one.clock.calendar] for _ticket, one in moved}:
        record_many(
            (
                (ticket, events.DEADLINE_MOVED, {
                    "target": one.clock.target, "before": _text(one.before), "after": _text(one.after),
                    "calendar": one.clock.calendar,
                })
                for ticket, one in moved if authors[one.clock.calendar] == author
            ),
            by=author, at=at,
        )  # fmt: skip


def _authors(keys: set[str]) -> "dict[str, User | None]":
    rows = CalendarVersion.objects.filter(n__gt=1).select_related("calendar", "author").defer("content")
    return {key: row.author for row in rows if (key := f"{row.calendar.slug}@{row.n}") in keys}


def _text(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""
