"""Reminders of a contract's end: sixty, thirty and seven days before it, once each, in working hours."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from asmo_support.contracts.models import Contract
from asmo_support.journal.recording import record
from asmo_support.sla.queries import current_key, table_of

REMIND_BEFORE = (60, 30, 7)
BATCH = 200
ENDING = "contract.ending"


@transaction.atomic
def remind(now: datetime | None = None) -> int:
    """Remind both sides of contracts that end soon; after a pause in service of the nearest date alone."""
    at = now or timezone.now()
    due = due_for_reminding(at)
    found = list(due.select_for_update(skip_locked=True, no_key=True, of=("self",)).order_by("ends_on", "id")[:BATCH])
    if not found or not table_of(current_key()).is_working(int(at.timestamp())):
        return 0
    today = timezone.localdate(at)
    for contract in found:
        left = contract.days_left(today) or 0
        contract.reminded_days = min(days for days in REMIND_BEFORE if left <= days)
        contract.save(update_fields=["reminded_days"])
        record(contract, ENDING, by=None, at=at, days=left)
    return len(found)


def due_for_reminding(at: datetime) -> QuerySet[Contract]:
    """Contracts within sixty days of their end whose latest reminder has not gone out; nobody has prolonged them."""
    today = timezone.localdate(at)
    near = Q()
    for days in REMIND_BEFORE:
        near |= Q(ends_on__lte=today + timedelta(days=days)) & (
            Q(reminded_days__isnull=True) | Q(reminded_days__gt=days)
        )
    following = Contract.objects.filter(
        organization=OuterRef("organization"), kind=OuterRef("kind"), starts_on__lte=OuterRef("ends_on") + timedelta(1)
    ).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")))
    within = Contract.objects.filter(ends_on__gte=today, ends_on__lte=today + timedelta(days=REMIND_BEFORE[0]))
    return within.filter(near).exclude(Exists(following.exclude(pk=OuterRef("pk"))))
