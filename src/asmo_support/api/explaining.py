"""The arithmetic of a deadline as the API shows it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.api.showing import email, moment
from asmo_support.sla.explain import DayRow, HoldRow
from asmo_support.tickets.explaining import Told
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.planned import date_at_risk
from asmo_support.tickets.strips import said_off

Shown = dict[str, Any]
MINUTE = timedelta(minutes=1)


def deadline(clock: Clock, told: Told) -> Shown:
    story = told.story
    return {
        "target": clock.target,
        "phase": story.phase,
        "source": told.source,
        "calendar": told.calendar,
        "timezone": told.zone.key,
        **{name: getattr(story, name) for name in ("start", "counts_from", "breached_at")},
        "due_at": story.due,
        "ended_at": story.ended,
        **{f"{name}_minutes": getattr(story, name) / MINUTE for name in ("norm", "used", "waited", "remaining")},
        "days": [_day(row) for row in story.days],
        "days_off": [{"first": one.first, "last": one.last, "text": said_off(one)} for one in told.skipped],
        "holds": [_hold(row) for row in story.holds],
        "changes": [
            {"at": one.at.astimezone(told.zone), "by": email(one.who), "text": one.words} for one in told.changes
        ],
    }


def owed_date(ticket: Ticket, source: str) -> Shown:
    """No fixed norm, and nobody has named a date yet."""
    said = _("The support desk owes a planned date: it names one, the customer agrees or offers another.")
    return {"target": Target.PLANNED, "phase": "owed", "source": source, "start": moment(ticket.registered_at),
            "at_risk": date_at_risk(ticket, ticket.clocks.all(), timezone.now()), "text": said}  # fmt: skip


def _day(row: DayRow) -> Shown:
    return {
        "day": row.day,
        **{f"{name}_minutes": getattr(row, name) / MINUTE for name in ("counted", "waited", "total")},
        "stretches": [{"start": one.start, "end": one.end, "share": one.share} for one in row.stretches],
    }


def _hold(row: HoldRow) -> Shown:
    return {"start": row.start, "end": row.end, "reason": row.reason, "minutes": row.length / MINUTE}
