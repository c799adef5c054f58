"""Hearing of a letter the moment it is there (RFC 2177): a connection of its own for each mailbox that only listens.

It reads nothing, stores nothing and touches no database: it says «look now», and `fetch` looks. Whatever happens to it,
`fetch` looks by itself every now and then, so a letter can come late by a pause and never be lost.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from asmo_support.channels.email import servers
from asmo_support.channels.email.servers import Connection
from asmo_support.channels.models import Mailbox

# Servers hang up on who is silent for half an hour, and some boxes in between for ten minutes.
RENEW, TICK, STEADY = 9 * 60.0, 1.0, 60.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
END_SECONDS = 3.0
NEWS = frozenset({b"EXISTS", b"RECENT"})
logger = logging.getLogger(__name__)


class Watcher:
    """A thread that listens to one mailbox and needs no database; it ends when the connection does, or when told to."""

    def __init__(self, connect: Callable[[], Connection], name: str, folder: str, heard: Callable[[], None]) -> None:
        self._since = 0.0
        self._connect, self._name, self._folder, self._heard = connect, name, folder, heard
        self._stopping, self._news = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"idle {name}", daemon=True)
        self._thread.start()

    @property
    def is_listening(self) -> bool:
        return self._since > 0

    @property
    def is_steady(self) -> bool:
        """Has been listening for a while: a break after that is none of a row."""
        return self.is_listening and time.monotonic() - self._since > STEADY

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def has_news(self) -> bool:
        """Whether something has come since this was asked last."""
        news = self._news.is_set()
        self._news.clear()
        return news

    def stop(self) -> None:
        self._stopping.set()

    def join(self, seconds: float) -> None:
        self._thread.join(max(seconds, 0))

    def _run(self) -> None:
        client: Connection | None = None
        try:
            client = self._connect()
            client.select_folder(self._folder, readonly=True)
            while not self._stopping.is_set():
                self._listen(client)
        except servers.IMAP_TROUBLE as problem:
            logger.info("Mailbox %s: does not listen any more (%s)", self._name, problem)
        finally:
            self._since = 0.0
            if client:
                with contextlib.suppress(*servers.IMAP_TROUBLE):
                    client.shutdown()
            # What came while nobody listened is asked for at once.
            self._tell()

    def _listen(self, client: Connection) -> None:
        """One stretch of listening. What came before the server began to tell is told as well."""
        client.idle()
        self._since = self._since or time.monotonic()
        self._tell()
        end = time.monotonic() + RENEW
        while not self._stopping.is_set() and time.monotonic() < end:
            began = time.monotonic()
            said = client.idle_check(timeout=TICK)
            if _is_news(said):
                self._tell()
            if not said and time.monotonic() - began < TICK / 2:
                break  # silence without waiting is how a closed connection looks; the end of the stretch finds out
        _text, rest = client.idle_done()
        if _is_news(rest):
            self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._heard()


@dataclass(slots=True)
class _Held:
    facts: tuple[object, ...]
    watcher: Watcher
    pause: float = FIRST_PAUSE
    again_at: float = 0.0


@dataclass(slots=True)
class Watchers:
    """The watchers of all mailboxes; `heard` is called, from their threads, when there is something to look at."""

    heard: Callable[[], None] = lambda: None
    held: dict[int, _Held] = field(default_factory=dict)

    def tend(self, mailbox: Mailbox, facts: tuple[object, ...]) -> None:
        """Listen to a mailbox that has just been looked into well; after a break not at once again."""
        held = self.held.get(mailbox.pk)
        if held is None or held.facts != facts:
            self.drop(mailbox.pk)
            self.held[mailbox.pk] = _Held(facts, self._begin(mailbox))
        elif held.watcher.is_steady:
            held.pause = FIRST_PAUSE
        elif not held.watcher.is_alive:
            self._revive(held, mailbox)

    def is_listening(self, pk: int) -> bool:
        return pk in self.held and self.held[pk].watcher.is_listening

    def has_news(self, pk: int) -> bool:
        return pk in self.held and self.held[pk].watcher.has_news()

    def keep_only(self, pks: Iterable[int]) -> None:
        """End those of mailboxes that are not taken from any more."""
        for pk in set(self.held) - set(pks):
            self.drop(pk)

    def drop(self, pk: int) -> None:
        if held := self.held.pop(pk, None):
            held.watcher.stop()

    def close(self) -> None:
        """End all of them; a server that hangs is not waited for."""
        watchers, end = [held.watcher for held in self.held.values()], time.monotonic() + END_SECONDS
        self.keep_only(())
        for watcher in watchers:
            watcher.join(end - time.monotonic())

    def _revive(self, held: _Held, mailbox: Mailbox) -> None:
        now = time.monotonic()
        if not held.again_at:
            held.again_at, held.pause = now + held.pause, min(held.pause * 2, LONGEST_PAUSE)
        elif now >= held.again_at:
            held.again_at, held.watcher = 0.0, self._begin(mailbox)

    def _begin(self, mailbox: Mailbox) -> Watcher:
        key = servers.key_of(mailbox)
        return Watcher(lambda: servers.imap(mailbox, key), mailbox.name, mailbox.folder, self.heard)


def _is_news(said: Iterable[object]) -> bool:
    return any(isinstance(one, tuple) and len(one) > 1 and one[1] in NEWS for one in said)
