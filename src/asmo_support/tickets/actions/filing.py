"""Files that come with words: rows beside bytes that are already durable."""

from collections.abc import Sequence

from asmo_support.lib.files import Kept
from asmo_support.people.models import User
from asmo_support.tickets.models import Attachment, InformationRequest, Message, Resolution, Ticket

Home = Message | Resolution | InformationRequest | None


def attach(ticket: Ticket, files: Sequence[Kept], *, by: User | None, to: Home = None) -> None:
    """Hang kept files on a message, question or resolution, or on the description when `to` is None."""
    for file in files:
        row = Attachment(ticket=ticket, organization_id=ticket.organization_id, by=by)
        row.name, row.kind, row.size, row.sha256 = file.name, file.kind, file.size, file.sha256
        row.message = to if isinstance(to, Message) else None
        row.resolution = to if isinstance(to, Resolution) else None
        row.request = to if isinstance(to, InformationRequest) else None
        row.internal = isinstance(to, Message) and to.internal
        row.save(force_insert=True)
