"""Taking letters out of a mailbox: by UID, oldest first, looked at without marking; marked only when they are ours."""

import contextlib
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from asmo_support.channels.email import limits, servers
from asmo_support.channels.email.idle import Watchers
from asmo_support.channels.email.servers import Connection
from asmo_support.channels.inbox import Incoming, keep
from asmo_support.channels.models import Arrival, Mailbox
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Broken

LETTERS, BYTES, SIZES = 20, 8 << 20, 500
LOCK = 0x41534D4F
FROM_NOW = -1
# How often a folder is looked into all the same while its server tells what comes.
REST = 60.0
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Mailboxes:
    """The mailboxes of the service and the connections to them, kept open between two looks."""

    watchers: Watchers | None = None
    clients: dict[int, tuple[tuple[object, ...], Connection]] = field(default_factory=dict)
    looked_at: dict[int, float] = field(default_factory=dict)
    rest: float = REST

    def poll(self) -> int:
        """Look into each mailbox whose time has come; the number of letters stored."""
        active = list(Mailbox.objects.filter(active=True, way=Mailbox.Way.IMAP).order_by("id"))
        if self.watchers:
            self.watchers.keep_only(mailbox.pk for mailbox in active)
        now = timezone.now()
        return sum(self._poll(mailbox) for mailbox in active if mailbox.retry_at <= now and self._is_due(mailbox))

    def _is_due(self, mailbox: Mailbox) -> bool:
        """A server that tells what comes is asked now and then; any other as often as the lane turns."""
        if self.watchers is None or self.watchers.has_news(mailbox.pk) or not self.watchers.is_listening(mailbox.pk):
            return True
        return time.monotonic() - self.looked_at.get(mailbox.pk, 0.0) > self.rest

    def close(self) -> None:
        if self.watchers:
            self.watchers.close()
        for pk in list(self.clients):
            self._drop(pk)

    def _poll(self, mailbox: Mailbox) -> int:
        with _alone(mailbox) as alone:
            if not alone:
                return 0
            mailbox.refresh_from_db()
            try:
                stored = take(mailbox, self._client(mailbox))
                self._listen(mailbox)
            except (*servers.IMAP_TROUBLE, Broken) as problem:
                self._drop(mailbox.pk)
                logger.warning("Mailbox %s: %s", mailbox.name, problem)
                servers.went_wrong(mailbox, problem)
                return 0
            servers.went_well(mailbox)
            return stored

    def _listen(self, mailbox: Mailbox) -> None:
        self.looked_at[mailbox.pk] = time.monotonic()
        facts, client = self.clients[mailbox.pk]
        if self.watchers and client.has_capability("IDLE"):
            self.watchers.tend(mailbox, facts)

    def _client(self, mailbox: Mailbox) -> Connection:
        facts = _facts(mailbox)
        held = self.clients.get(mailbox.pk)
        if held and held[0] == facts:
            return held[1]
        self._drop(mailbox.pk)
        client = servers.imap(mailbox, servers.key_of(mailbox))
        self.clients[mailbox.pk] = (facts, client)
        return client

    def _drop(self, pk: int) -> None:
        held = self.clients.pop(pk, None)
        if held:
            with contextlib.suppress(*servers.IMAP_TROUBLE):
                held[1].shutdown()


def _facts(mailbox: Mailbox) -> tuple[object, ...]:
    """What a connection depends on: with anything of it changed it is made anew."""
    way = (mailbox.host, mailbox.port, mailbox.security, mailbox.user, mailbox.folder)
    return (*way, mailbox.sign_in, mailbox.password, mailbox.token_url, mailbox.client_id, mailbox.client_secret)


def take(mailbox: Mailbox, client: Connection) -> int:
    """Store what is new in the folder; the number of letters stored. Any moment may be the last: all of it repeats."""
    chosen = client.select_folder(mailbox.folder)
    _note_epoch(mailbox, int(chosen[b"UIDVALIDITY"]), int(chosen.get(b"UIDNEXT", 1)))
    client.marks = servers.MARKS if b"\\*" in chosen.get(b"PERMANENTFLAGS", (b"\\*",)) else servers.MARKS[:1]
    _finish_marks(mailbox, client)
    uids = sorted(uid for uid in client.search(["UID", f"{mailbox.uid + 1}:*"]) if uid > mailbox.uid)
    stored = 0
    for group in _groups(client, uids):
        stored += _store(mailbox, client, group)
    return stored


@dataclass(frozen=True, slots=True)
class _Waiting:
    uid: int
    size: int
    received_at: datetime


@transaction.atomic
def _note_epoch(mailbox: Mailbox, uidvalidity: int, uidnext: int) -> None:
    """The server counts anew (EI-03): old numbers mean nothing, what is known is recognised by its bytes."""
    if mailbox.uidvalidity == uidvalidity and mailbox.uid != FROM_NOW:
        return
    if mailbox.uidvalidity not in {None, uidvalidity}:
        logger.warning("Mailbox %s: UIDVALIDITY %s became %s", mailbox.name, mailbox.uidvalidity, uidvalidity)
        record(mailbox, "mailbox.counted-anew", by=None, internal=True, before=mailbox.uidvalidity, after=uidvalidity)
        mailbox.uid = 0
    mailbox.uid = uidnext - 1 if mailbox.uid == FROM_NOW else mailbox.uid
    mailbox.uidvalidity = uidvalidity
    mailbox.save(update_fields=["uidvalidity", "uid"])


def _finish_marks(mailbox: Mailbox, client: Connection) -> None:
    """Letters that were stored while the mark was not set any more; and, should there be one, a letter left behind."""
    if mailbox.uid < 1:
        return
    unmarked = client.search(["UID", f"1:{mailbox.uid}", "UNSEEN", "UNKEYWORD", servers.STORED])
    if not unmarked:
        return
    kept = Arrival.objects.filter(mailbox=mailbox, uidvalidity=mailbox.uidvalidity, uid__in=unmarked)
    known = {uid for uid in kept.values_list("uid", flat=True) if uid is not None}
    _mark(client, sorted(known))
    first = Arrival.objects.filter(mailbox=mailbox, uidvalidity=mailbox.uidvalidity).aggregate(uid=Min("uid"))["uid"]
    behind = sorted(uid for uid in set(unmarked) - known if first is not None and uid > first)
    for group in _groups(client, behind):
        _store(mailbox, client, group)


def _groups(client: Connection, uids: list[int]) -> Iterator[list[_Waiting]]:
    """A few letters at a time; their sizes are asked for before any of them is downloaded (EI-12)."""
    for start in range(0, len(uids), SIZES):
        found = client.fetch(uids[start : start + SIZES], ["RFC822.SIZE", "INTERNALDATE"])
        group: list[_Waiting] = []
        for uid in sorted(found):
            facts = found[uid]
            one = _Waiting(uid, int(facts.get(b"RFC822.SIZE", 0)), facts.get(b"INTERNALDATE") or timezone.now())
            if group and (len(group) >= LETTERS or sum(each.size for each in group) + one.size > BYTES):
                yield group
                group = []
            group.append(one)
        if group:
            yield group


def _store(mailbox: Mailbox, client: Connection, group: list[_Waiting]) -> int:
    whole = [one.uid for one in group if one.size <= limits.LETTER]
    bodies = client.fetch(whole, ["BODY.PEEK[]"]) if whole else {}
    large = [one.uid for one in group if one.size > limits.LETTER]
    heads = client.fetch(large, [f"BODY.PEEK[]<0.{limits.HEADER_BLOCK}>"]) if large else {}
    done: list[int] = []
    with transaction.atomic():
        for one in group:
            raw = bodies.get(one.uid, {}).get(b"BODY[]", heads.get(one.uid, {}).get(b"BODY[]<0>"))
            if raw is not None:  # otherwise somebody else has removed it meanwhile
                _keep(mailbox, one, raw)
                done.append(one.uid)
        mailbox.uid = max(mailbox.uid, group[-1].uid)
        mailbox.save(update_fields=["uid"])
    _mark(client, done)
    return len(done)


def _keep(mailbox: Mailbox, one: _Waiting, raw: bytes) -> None:
    cut = one.size > limits.LETTER
    keep(
        Incoming(
            raw=raw,
            received_at=one.received_at,
            mailbox=mailbox,
            uid=one.uid,
            authserv_id=mailbox.authserv_id,
            size=one.size if cut else len(raw),
        )
    )


def _mark(client: Connection, uids: list[int]) -> None:
    if uids:
        client.add_flags(uids, client.marks, silent=True)


@contextlib.contextmanager
def _alone(mailbox: Mailbox) -> Iterator[bool]:
    """One reader for each mailbox, whatever the number of workers (EI-02); the lock ends with its holder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, mailbox.pk])
        alone = bool(cursor.fetchone()[0])
        try:
            yield alone
        finally:
            if alone and connection.connection is not None and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, mailbox.pk])
