"""Keep the letter first. Nothing is done with it, and nobody is told it has come, before its bytes are durable here."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from asmo_support.channels.models import Arrival, Mailbox
from asmo_support.lib.files import keep as keep_file
from asmo_support.lib.files import location

IN_ROW = 1 << 20
_HEADER = 64 * 1024
_LETTER_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?<([^<>\s]{1,250})>", re.IGNORECASE | re.MULTILINE)
_HEADER_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A letter at the door. `received_at` is our server's word, never the letter's own date."""

    raw: bytes
    received_at: datetime
    mailbox: Mailbox | None = None
    uid: int | None = None
    authserv_id: str = ""
    # What the whole would be when `raw` is its header alone: larger than we read.
    size: int | None = None


@transaction.atomic
def keep(incoming: Incoming) -> Arrival:
    """Store a letter and call the worker. The same letter of the same folder is stored once, however often it comes;
    what is handed over again is stored again, and recognised when it is treated.
    """
    mailbox, digest = incoming.mailbox, sha256(incoming.raw).hexdigest()
    letter_id = letter_id_of(incoming.raw)
    if mailbox and incoming.uid is not None and (known := _kept_before(incoming, digest, letter_id)):
        return known
    arrival = Arrival(
        source=mailbox.way if mailbox else Arrival.Source.PIPE,
        mailbox=mailbox,
        uidvalidity=mailbox.uidvalidity if mailbox and incoming.uid is not None else None,
        uid=incoming.uid,
        authserv_id=incoming.authserv_id,
        sha256=digest,
        size=incoming.size if incoming.size is not None else len(incoming.raw),
        received_at=min(incoming.received_at, timezone.now()),
        letter_id=letter_id,
    )
    _put(arrival, incoming.raw)
    arrival.save(force_insert=True)
    call_worker()
    return arrival


def raw_of(arrival: Arrival) -> bytes:
    """The bytes as they came."""
    if arrival.raw is not None:
        return bytes(arrival.raw)
    return (Path(settings.FILES_ROOT) / location(arrival.sha256)).read_bytes()


def letter_id_of(raw: bytes) -> str:
    """The Message-ID, without brackets; a hint for recognising, never an identity."""
    end = _HEADER_END.search(raw, 0, _HEADER)
    found = _LETTER_ID.search(raw, 0, end.start() if end else _HEADER)
    return found[1].decode("ascii", "replace").replace("\x00", "") if found else ""


def call_worker() -> None:
    """Wake the worker when this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('asmo_errands', '')")


def _kept_before(incoming: Incoming, digest: str, letter_id: str) -> Arrival | None:
    """The very UID; or, after the server has counted its letters anew, the same letter under its old one."""
    mailbox = incoming.mailbox
    own = Arrival.objects.defer("raw").filter(mailbox=mailbox)
    if same := own.filter(uidvalidity=mailbox.uidvalidity if mailbox else None, uid=incoming.uid).first():
        return same
    older = own.exclude(uidvalidity=mailbox.uidvalidity if mailbox else None).select_for_update().order_by("id")
    found = older.filter(sha256=digest).first()
    if found is None and letter_id:
        size = incoming.size if incoming.size is not None else len(incoming.raw)
        found = older.filter(letter_id=letter_id, size=size, received_at=incoming.received_at).first()
    if found is not None:
        found.uidvalidity, found.uid = mailbox.uidvalidity if mailbox else None, incoming.uid
        found.save(update_fields=["uidvalidity", "uid"])
    return found


def _put(arrival: Arrival, raw: bytes) -> None:
    if len(raw) < IN_ROW:
        arrival.raw = raw
        return
    keep_file([raw], Path(settings.FILES_ROOT), name="letter.eml", kind="message/rfc822", limit=len(raw))
