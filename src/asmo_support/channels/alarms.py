"""Trouble with mail that lasts: written down once when it has lasted too long, and once when it is over.

While the server that sends fails, nothing is said of mailboxes: the letter could not go, and would come after the
trouble it tells of. Should that trouble outlast the server's, it is told then.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Q
from django.utils import timezone

from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.channels.queries import ALARM_AFTER
from asmo_support.journal.models import Event
from asmo_support.journal.recording import record

FAILING, WORKING = "mail.failing", "mail.working"


@transaction.atomic
def look(now: datetime | None = None) -> int:
    """Look at every way letters come and go, in one statement for each table; how many things there were to say."""
    at = now or timezone.now()
    found = [*_to_say(Mailbox, at), *_to_say(SmtpServer, at)]
    for server in found:
        if server.failing_since:
            since, server.alarmed_at = server.failing_since.isoformat(), at
            record(server, FAILING, by=None, internal=True, at=at, since=since, error=server.error, code=server.trouble)
        else:
            server.alarmed_at = None
            record(server, WORKING, by=None, internal=True, at=at, **_told(server))
        server.save(update_fields=["alarmed_at"])
    return len(found)


def _to_say(model: type[Mailbox] | type[SmtpServer], at: datetime) -> list[Mailbox | SmtpServer]:
    lasts = Q(failing_since__lt=at - ALARM_AFTER, alarmed_at=None)
    if model is Mailbox:
        lasts &= Q(~Exists(SmtpServer.objects.filter(active=True, failing_since__isnull=False)))
    # New settings alone end nothing: it is over when it has worked since.
    over = Q(failing_since=None, alarmed_at__isnull=False, good_at__gt=F("alarmed_at"))
    rows = model._default_manager.filter(lasts | over, active=True)  # noqa: SLF001
    return list(rows.select_for_update(skip_locked=True, no_key=True).order_by("id"))


def _told(server: Mailbox | SmtpServer) -> dict[str, Any]:
    """By which event the trouble was told, and since when it lasted."""
    events = Event.objects.filter(thing=server.journal_name, thing_id=server.pk, kind=FAILING)
    told = events.order_by("-id").first()
    return {"since": told.data["since"], "told": told.pk} if told else {"since": "", "told": None}
