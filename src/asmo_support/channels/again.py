"""Letters once more, many at a time: chosen ones at once, all that one cause stopped step by step by the worker."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.inbox import call_worker
from asmo_support.channels.models import Arrival, Delivery, Rework
from asmo_support.channels.queries import sends_letters
from asmo_support.journal.recording import look_anew, record, record_many
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.people.models import User

# A page of the list at most; more is asked for by the cause.
CHOSEN = 50
STEP = 100
AGAIN = {Rework.Side.IN: "arrival.retried", Rework.Side.OUT: "delivery.sent-again"}


@transaction.atomic
def send_chosen(keys: Iterable[int], *, by: User) -> int:
    """Send those of the chosen letters that did not arrive once more; how many."""
    _must_send()
    return _send(list(_chosen(keys, by)), by)


@transaction.atomic
def settle(keys: Iterable[int], *, by: User) -> int:
    """Nothing more is wanted of these undelivered letters: they leave the pile and stay in the outbox."""
    rows = list(_chosen(keys, by))
    Delivery.objects.filter(pk__in=[one.pk for one in rows]).update(settled_at=timezone.now())
    record_many([(one, "delivery.settled", {"address": one.address}) for one in rows], by=by, internal=True)
    return len(rows)


@transaction.atomic
def ask(side: Rework.Side, cause: str, *, by: User) -> Rework:
    """Let the worker treat every letter that this cause stopped once more."""
    if side == Rework.Side.OUT:
        _must_send()
    found = stopped(side, cause, by).aggregate(total=Count("pk"), through=Max("pk"))
    if not found["total"]:
        raise Conflict(_("No letter waits for this reason any more."))
    if Rework.objects.filter(side=side, cause=cause, ended_at=None).exists():
        raise Conflict(_("These letters are being treated once more already."))
    rework = Rework.objects.create(side=side, cause=cause, by=by, **found)
    record(rework, "rework.asked", by=by, internal=True, cause=cause[:500], total=rework.total)
    call_worker()
    return rework


def stopped(side: str, cause: str, user: User) -> QuerySet[Any]:
    """The letters one cause stopped that this person may treat."""
    if side == Rework.Side.IN:
        return Arrival.objects.filter(state=Arrival.State.QUARANTINED, reason=cause)
    return Delivery.objects.visible_to(user).undelivered().filter(cause=cause)


@transaction.atomic
def drain() -> int:
    """One step of the oldest rework; the number of letters. To be called again while it is not 0."""
    open_ones = Rework.objects.select_for_update(skip_locked=True, of=("self",)).filter(ended_at=None)
    rework = open_ones.select_related("by").order_by("id").first()
    if rework is None:
        return 0
    ahead = stopped(rework.side, rework.cause, rework.by).filter(pk__gt=rework.reached, pk__lte=rework.through)
    rows = list(ahead.select_for_update(of=("self",)).order_by("pk")[:STEP])
    (_read_again if rework.side == Rework.Side.IN else _send)(rows, rework.by)
    rework.done += len(rows)
    rework.reached = rows[-1].pk if rows else rework.through
    if len(rows) < STEP:
        rework.ended_at = timezone.now()
        record(rework, "rework.ended", by=rework.by, internal=True, done=rework.done)
    rework.save(update_fields=["done", "reached", "ended_at"])
    return len(rows)


def _send(rows: list[Delivery], by: User) -> int:
    again = {"state": Delivery.State.QUEUED, "attempts": 0, "due_at": timezone.now(), "settled_at": None}
    again |= {"untold": 0, "insisted": True}
    Delivery.objects.filter(pk__in=[one.pk for one in rows]).update(**again)
    return _tell(Rework.Side.OUT, rows, by)


def _read_again(rows: list[Arrival], by: User) -> int:
    again = {"state": Arrival.State.STORED, "reason": "", "detail": "", "attempts": 0, "decided_by": by}
    Arrival.objects.filter(pk__in=[one.pk for one in rows]).update(due_at=timezone.now(), **again)
    return _tell(Rework.Side.IN, rows, by)


def _tell(side: Rework.Side, rows: list[Any], by: User) -> int:
    record_many([(one, AGAIN[side], {}) for one in rows], by=by, internal=True)
    look_anew()
    call_worker()
    return len(rows)


def _chosen(keys: Iterable[int], by: User) -> QuerySet[Delivery]:
    rows = Delivery.objects.visible_to(by).undelivered().filter(pk__in=list(keys)[:CHOSEN])
    return rows.select_for_update(of=("self",)).order_by("pk")


def _must_send() -> None:
    if not sends_letters():
        raise Refused(_("No outgoing server is set: letters cannot be sent."))
