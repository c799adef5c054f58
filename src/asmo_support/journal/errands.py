"""Draining errands: in batches, each in a savepoint of its own, so that one failing listener spoils no other."""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from asmo_support.journal.models import Errand

BATCH, LIMIT = 50, 8
logger = logging.getLogger(__name__)


def drain() -> int:
    """Do one batch of waiting errands; the number done or tried. To be called again while it is not 0."""
    with transaction.atomic():
        batch = list(
            Errand.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state="waiting", due_at__lte=timezone.now())
            .select_related("event__by")
            .order_by("due_at", "id")[:BATCH],
        )
        for errand in batch:
            _run(errand)
    return len(batch)


def _run(errand: Errand) -> None:
    errand.attempts += 1
    try:
        with transaction.atomic():
            import_string(errand.listener)(errand.event)
            connection.check_constraints()
        errand.state = "done"
    except Exception as problem:
        if connection.connection is None or connection.connection.closed:
            raise  # the database has gone, which is no fault of the errand
        logger.exception("Errand %s (%s) failed", errand.pk, errand.listener)
        errand.error = f"{type(problem).__name__}: {problem}"[:2000]
        errand.state = "failed" if errand.attempts >= LIMIT else "waiting"
        errand.due_at = timezone.now() + timedelta(seconds=2**errand.attempts)
    errand.save(update_fields=["state", "attempts", "error", "due_at"])
