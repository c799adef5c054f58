"""Files that come with words: rows beside bytes that are already durable."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from asmo_support.lib.files import Kept
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions.moving import lock
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Attachment, InformationRequest, Message, Resolution, Ticket

Home = Message | Resolution | InformationRequest | None


@transaction.atomic
def hand_in(ticket: Ticket, file: Kept, *, by: User, at: datetime | None = None) -> Attachment:
    """Add a file without words. Both sides see it and the history names it; nothing moves."""
    now = at or timezone.now()
    lock(ticket)
    (row,) = attach(ticket, [file], by=by, at=now)
    record(ticket, events.ATTACHED, by=by, at=now, attachment=row.pk, name=row.name)
    return row


def attach(
    ticket: Ticket, files: Sequence[Kept], *, by: User | None, to: Home = None, at: datetime | None = None
) -> list[Attachment]:
    """Hang kept files on a message, question or resolution, or on the description when `to` is None."""
    rows = []
    for file in files:
        row = Attachment(ticket=ticket, organization_id=ticket.organization_id, by=by, at=at or timezone.now())
        row.name, row.kind, row.size, row.sha256 = file.name, file.kind, file.size, file.sha256
        row.inline = file.inline
        row.message = to if isinstance(to, Message) else None
        row.resolution = to if isinstance(to, Resolution) else None
        row.request = to if isinstance(to, InformationRequest) else None
        row.internal = isinstance(to, Message) and to.internal
        rows.append(row)
    return Attachment.objects.bulk_create(rows)
