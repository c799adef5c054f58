"""Letters that a mail server hands over (LMTP, RFC 2033; or SMTP): «250» is said when they are safe, and not before.

What cannot be stored now is answered with «later», and the mail server keeps it and comes again. A repeat of what was
stored, because the answer got lost, is stored too and recognised as a second copy.
"""

import asyncio
import contextlib
import functools
import logging
import os
import re
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from asmo_support.channels.email import limits
from asmo_support.channels.email.servers import went_wrong
from asmo_support.channels.identity import without_mark
from asmo_support.channels.inbox import Incoming, keep
from asmo_support.channels.models import Arrival, Mailbox
from asmo_support.wall.acting import SYSTEM, acting_as

YES, LATER, FULL = (
    "250 2.0.0 Stored",
    "451 4.3.0 Not stored now, come again later",
    "452 4.3.1 No room, come again later",
)
NOT_OURS = "550 5.1.1 Nobody here has this address"
BARE = "554 5.6.0 A line must end with CR LF"
LONGEST_LINE, IDLE_SECONDS, STORING, TICK = 1 << 20, 120.0, 4, 1.0
MOST_RECIPIENTS = 100
# A line end that is not CR LF is a letter end to some mail servers and not to others (EI-18).
_STRAY = re.compile(rb"(?<!\r)\n|\r(?!\n)")
logger = logging.getLogger("asmo_support.lmtp")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen and in which of the two languages."""

    host: str
    port: int
    lmtp: bool = True


class Lmtp(LMTP):
    """Answers for each recipient, also when the letter as a whole is too large or broken."""

    line_length_limit = LONGEST_LINE
    _recipients = 0

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - as aiosmtpd names it
        self._recipients = len(self.envelope.rcpt_tos) if self.envelope and not arg else 0
        try:
            await super().smtp_DATA(arg)
        finally:
            self._recipients = 0

    async def push(self, status: Any) -> None:
        if self._recipients > 1 and isinstance(status, str) and not status.startswith("354") and "\n" not in status:
            status = "\r\n".join([status] * self._recipients)
        await super().push(status)


class Smtp(SMTP):
    line_length_limit = LONGEST_LINE


class Door:
    """What a mail server may ask of us. Each answer about a letter is given after the database has answered."""

    def __init__(self, *, lmtp: bool, pool: ThreadPoolExecutor) -> None:
        self._lmtp, self._pool = lmtp, pool

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd asks for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            ours = await self._aside(functools.partial(mailbox_of, address))
        except Exception:  # noqa: BLE001 - whatever it is, the mail server keeps the letter
            return LATER
        if ours is None:
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.original_content or b""
        if not self._lmtp and _STRAY.search(raw):
            return BARE
        answers = await self._aside(functools.partial(self._answers, raw, envelope.mail_from or "", envelope.rcpt_tos))
        return "\r\n".join(answers if self._lmtp else answers[:1])

    async def handle_exception(self, problem: Exception) -> str:
        logger.error("A session failed: %s", problem)
        return LATER

    def _answers(self, raw: bytes, sender: str, recipients: Sequence[str]) -> list[str]:
        try:
            store(raw, sender, recipients)
        except OSError as problem:
            logger.warning("A letter is not stored: %s", problem)
            _remember(problem, recipients)
            return [FULL] * len(recipients)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the mail server keeps the letter
            logger.warning("A letter is not stored: %s", " ".join(str(problem).split()))
            return [LATER] * len(recipients)
        return [YES] * len(recipients)

    async def _aside(self, act: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._pool, _acting, act)


def mailbox_of(address: str) -> Mailbox | None:
    """The address of ours a letter to it belongs to, whatever mark it carries."""
    asked = without_mark(address)
    rows = Mailbox.objects.filter(active=True, way=Mailbox.Way.LMTP).order_by("id")
    return next((row for row in rows if asked in row.addresses), None)


@transaction.atomic
def store(raw: bytes, sender: str, recipients: Sequence[str]) -> list[Arrival]:
    """Keep a letter once for each address of ours it was handed over for: all of them, or none."""
    groups: dict[int, tuple[Mailbox, list[str]]] = {}
    for address in recipients:
        if (mailbox := mailbox_of(address)) is None:
            raise LookupError(f"{address} is no address of ours any more")
        groups.setdefault(mailbox.pk, (mailbox, []))[1].append(address)
    now, found = timezone.now(), []
    for mailbox, addresses in groups.values():
        whole = _envelope(sender, addresses) + raw
        incoming = Incoming(raw=whole, received_at=now, mailbox=mailbox, authserv_id=mailbox.authserv_id)
        found.append(keep(incoming))
    Mailbox.objects.filter(pk__in=groups).update(
        good_at=now, error="", trouble="", failures=0, failing_since=None
    )  # fmt: skip
    return found


def _remember(problem: OSError, recipients: Sequence[str]) -> None:
    """Let whoever keeps these addresses see that nothing comes through, and be told of it when it lasts."""
    with contextlib.suppress(Exception):  # the mail server gets its answer whatever becomes of this
        for mailbox in {found.pk: found for one in recipients if (found := mailbox_of(one))}.values():
            went_wrong(mailbox, problem)


def serve(places: Sequence[Place]) -> None:
    """Listen until SIGTERM or until the parent is gone; what is being stored is finished first."""
    asyncio.run(_serve(places))


async def _serve(places: Sequence[Place]) -> None:
    parent, stopping, loop = os.getppid(), asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stopping.set)
    with ThreadPoolExecutor(STORING, "store") as pool:
        listening = [
            await loop.create_server(functools.partial(_session, place, pool), place.host, place.port)
            for place in places
        ]
        while not stopping.is_set() and os.getppid() == parent:
            try:
                await asyncio.wait_for(stopping.wait(), TICK)
            except TimeoutError:
                continue
        for server in listening:
            server.close()


def _session(place: Place, pool: ThreadPoolExecutor) -> SMTP:
    kind = Lmtp if place.lmtp else Smtp
    door = Door(lmtp=place.lmtp, pool=pool)
    return kind(
        door, data_size_limit=limits.LETTER, enable_SMTPUTF8=True, ident="ASMO", timeout=IDLE_SECONDS,
        loop=asyncio.get_running_loop(),
    )  # fmt: skip


def _acting(act: Callable[[], Any]) -> Any:
    close_old_connections()
    try:
        with acting_as(SYSTEM):
            return act()
    except Exception:
        connection.close()
        raise


def _envelope(sender: str, recipients: Sequence[str]) -> bytes:
    """What the mail server said of the letter, on top of it; the same for a repeat, so that it is recognised."""
    lines = [f"Return-Path: <{'' if sender == '<>' else sender}>", *(f"Delivered-To: {one}" for one in recipients)]
    return b"".join(re.sub(rb"[\x00-\x1f\x7f]", b"", line.encode("utf-8", "replace")) + b"\r\n" for line in lines)
