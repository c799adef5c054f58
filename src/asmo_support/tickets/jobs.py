"""From time to time: one indexed query on a stored deadline."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from asmo_support.tickets import events
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.calendars import refresh, table
from asmo_support.tickets.models import InformationRequest, PlannedDate, Resolution
from asmo_support.tickets.nearing import watch
from asmo_support.tickets.planned import waiting_dates

BATCH = 200
# An unanswered question, resolution or offer of a date is reminded after three and after seven working days.
REMIND_AFTER = (3, 7)
WHAT: dict[type, str] = {InformationRequest: "question", Resolution: "resolution", PlannedDate: "date"}


def run_minute(now: datetime | None = None) -> int:
    """Whatever a minute brings: deadlines near and past, customers to be reminded. The number of things done."""
    at = now or timezone.now()
    refresh()
    return watch(at) + remind(at)


@transaction.atomic
def remind(now: datetime) -> int:
    """Remind customers of questions, resolutions and dates that wait for them: twice, and only in working hours."""
    if not table().is_working(int(now.timestamp())):
        return 0
    done = 0
    questions = InformationRequest.objects.filter(ended_at__isnull=True)
    resolutions = Resolution.objects.filter(verdict=Resolution.Verdict.PROPOSED)
    for waiting in (questions, resolutions, waiting_dates()):
        stale = waiting.filter(at__lte=now - timedelta(days=min(REMIND_AFTER))).select_related("ticket")
        for thing in stale.select_for_update(skip_locked=True, of=("self",)).order_by("id")[:BATCH]:
            done += _remind(thing, now)
    return done


def _remind(thing: InformationRequest | Resolution | PlannedDate, now: datetime) -> int:
    zone = table().calendar.zone
    dues = [table().working_day_after(thing.at.astimezone(zone).date(), days) for days in REMIND_AFTER]
    today = now.astimezone(zone).date()
    passed = [day for day in dues if day <= today]
    if not passed or (thing.reminded_at and thing.reminded_at.astimezone(zone).date() >= passed[-1]):
        return 0
    thing.reminded_at = now
    thing.save(update_fields=["reminded_at"])
    record(thing.ticket, events.REMINDED, by=None, at=now, what=WHAT[type(thing)], n=thing.n)
    return 1
