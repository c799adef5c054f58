"""Deadlines at risk and how much lies on whom. A page shows the worst of it, so that no read grows with the table."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from asmo_support.people.models import User
from asmo_support.sla.norms import PLANNED_DATE_RISK_MINUTES
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.rows import Listed, listed

SHOWN = 50
SOON = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Risk:
    """One kind of risk: `late`, `soon` (two working hours), `today` or `undated` (no planned date for too long)."""

    key: str
    rows: list[Listed]
    more: bool


def risks(user: User, now: datetime) -> list[Risk]:
    """What is late, what will be within two working hours, what today, and what has no planned date for a day."""
    soon, end = table().due_at(now, SOON), closing(now)
    ours = Ticket.objects.visible_to(user).filter(queue=0)
    stretches = [
        ("late", ours.filter(queue_at__lte=now)),
        ("soon", ours.filter(queue_at__gt=now, queue_at__lte=soon)),
        ("today", ours.filter(queue_at__gt=max(now, soon), queue_at__lte=end)),
    ]
    found = [_risk(key, rows.order_by("queue_at", "pk")) for key, rows in stretches]
    found.append(_risk("undated", undated(user, now).order_by("registered_at", "pk")))
    return [one for one in found if one.rows]


def undated(user: User, now: datetime) -> QuerySet[Ticket]:
    """Tickets that have been owed a planned date for more than a working day."""
    since = table().moment(table().add(int(now.timestamp()), -PLANNED_DATE_RISK_MINUTES * 60) * 1_000_000)
    owed = Q(planned_owed=True, planned_at__isnull=True, queue__in=[0, 1])
    return Ticket.objects.visible_to(user).filter(owed, registered_at__lte=since)


def endangered(user: User, now: datetime) -> QuerySet[Ticket]:
    """What the rail counts: late, or late within two working hours."""
    return Ticket.objects.visible_to(user).filter(queue=0, queue_at__lte=table().due_at(now, SOON))


def closing(now: datetime) -> datetime:
    """The end of today's working day, of the next one when nobody works any more."""
    return datetime.fromtimestamp(table().closing(timezone.localdate(now)), tz=now.tzinfo)


def _risk(key: str, rows: QuerySet[Ticket]) -> Risk:
    found = listed(rows[: SHOWN + 1])
    return Risk(key, found[:SHOWN], more=len(found) > SHOWN)


@dataclass(frozen=True, slots=True)
class Load:
    """What lies on one specialist, or on nobody: open tickets, whose move they are, what is late or soon will be."""

    agent: User | None
    open: int = 0
    ours: int = 0
    late: int = 0
    soon: int = 0
    review: int = 0
    oldest: datetime | None = None


_LOAD = """
    SELECT agent, count(*), count(*) FILTER (WHERE queue = 0),
           count(*) FILTER (WHERE queue = 0 AND queue_at <= %(now)s),
           count(*) FILTER (WHERE queue = 0 AND queue_at > %(now)s AND queue_at <= %(soon)s),
           count(*) FILTER (WHERE state = 'resolution_review'), min(registered_at)
    FROM (SELECT queue, queue_at, state, registered_at,
                 unnest(CASE WHEN agents = '{}' THEN ARRAY[0::bigint] ELSE agents END) AS agent
          FROM tickets_ticket WHERE queue IN (0, 1)) AS open_tickets
    GROUP BY agent
"""


def load(now: datetime) -> list[Load]:
    """Everybody who works on tickets, the most burdened first; then what lies on nobody. Two statements."""
    people = {one.pk: one for one in User.objects.working()}
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, {"now": now, "soon": table().due_at(now, SOON)})
        counted = {row[0]: row[1:] for row in cursor.fetchall()}
    strangers = [pk for pk in counted if pk and pk not in people]
    people |= {one.pk: one for one in User.objects.filter(pk__in=strangers)} if strangers else {}
    found = [Load(people[pk], *counted.get(pk, ())) for pk in people]
    found.sort(key=lambda one: (-one.ours, -one.open, one.agent.sort_name if one.agent else ""))
    return [*found, Load(None, *counted[0])] if 0 in counted else found
