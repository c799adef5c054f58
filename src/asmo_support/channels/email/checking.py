"""Trying a mail server out, step by step, so that whoever set it up sees at which of them it ends and what to do."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from asmo_support.channels.email import servers
from asmo_support.channels.email.diagnosis import code_of
from asmo_support.channels.email.servers import Connection, Key
from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.channels.models.server import SignIn
from asmo_support.channels.troubles import words_for
from asmo_support.lib.errors import Broken
from asmo_support.lib.text import first_words

NAMES = {
    "name": pgettext_lazy("check of a mail server", "The name is known"),
    "connection": pgettext_lazy("check of a mail server", "The server answers"),
    "protection": pgettext_lazy("check of a mail server", "The connection is protected as chosen"),
    "token": pgettext_lazy("check of a mail server", "An access token is given"),
    "sign-in": pgettext_lazy("check of a mail server", "The server lets us in"),
    "folder": pgettext_lazy("check of a mail server", "The folder is there"),
    "marks": pgettext_lazy("check of a mail server", "Letters can be marked"),
}
_SIGN_IN = frozenset({"sign-in", "token-refused"})
_TROUBLE = (*servers.IMAP_TROUBLE, *servers.SMTP_TROUBLE, Broken)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a check. `is_well=None`: it did not come to it. `said`: the server's own words."""

    code: str
    is_well: bool | None = None
    advice: str = ""
    said: str = ""

    @property
    def name(self) -> str:
        return str(NAMES[self.code])


def check(server: Mailbox | SmtpServer) -> tuple[Step, ...]:
    """Do what the worker does, up to the letters themselves; nothing is changed at the server."""
    trial = _Trial(server)
    plan, done = trial.plan(), list[Step]()
    with contextlib.closing(trial):
        for code, act in plan:
            try:
                act()
            except _TROUBLE as problem:
                done.append(_failed(server, code, problem))
                break
            done.append(Step(code, is_well=True))
    return (*done, *(Step(code) for code, _act in plan[len(done) :]))


def trouble_of(server: Mailbox | SmtpServer) -> str:
    """Empty when all is well; otherwise what to do, and what the server says."""
    failed = next((step for step in check(server) if step.is_well is False), None)
    return f"{failed.advice} ({failed.said})" if failed else ""


class _Trial:
    """One try: what a step has opened is there for the next one."""

    def __init__(self, server: Mailbox | SmtpServer) -> None:
        self._server = server
        self._key = Key("")
        self._client: Connection | None = None

    def plan(self) -> list[tuple[str, Callable[[], object]]]:
        return list(self._steps())

    def close(self) -> None:
        if self._client:
            with contextlib.suppress(*servers.IMAP_TROUBLE):
                self._client.shutdown()

    def _steps(self) -> Iterator[tuple[str, Callable[[], object]]]:
        yield "name", self._resolve
        yield "connection", self._reach
        if isinstance(self._server, Mailbox):
            yield "protection", self._protect
        if self._server.sign_in == SignIn.OAUTH2:
            yield "token", self._take_key
        yield "sign-in", self._enter
        if isinstance(self._server, Mailbox):
            yield "folder", self._choose
            yield "marks", self._see_marks

    def _resolve(self) -> None:
        socket.getaddrinfo(self._server.host, self._server.port, type=socket.SOCK_STREAM)

    def _reach(self) -> None:
        socket.create_connection((self._server.host, self._server.port), servers.CONNECT_SECONDS).close()

    def _protect(self) -> None:
        if isinstance(self._server, Mailbox):
            self._client = servers.connected(self._server)

    def _take_key(self) -> None:
        self._key = servers.key_of(self._server)

    def _enter(self) -> None:
        if isinstance(self._server, SmtpServer):
            servers.smtp(self._server).quit()
        elif self._client:
            self._take_key()
            servers.enter(self._client, self._key)

    def _choose(self) -> None:
        if self._client and isinstance(self._server, Mailbox):
            self._client.select_folder(self._server.folder, readonly=True)

    def _see_marks(self) -> None:
        if self._client and isinstance(self._server, Mailbox):
            self._client.select_folder(self._server.folder)


def _failed(server: Mailbox | SmtpServer, code: str, problem: Exception) -> Step:
    found = code_of(problem)
    if found in _SIGN_IN and server.sign_in == SignIn.OAUTH2:
        found = "token-refused"
    return Step(code, is_well=False, advice=words_for(found), said=first_words(servers.words_for(problem), 300))
