"""A real SMTP server that keeps what it is given, and may be told to break at a chosen moment."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """`kept`: what was accepted. `breaks`: where to hang up.

    `answers`: what to say instead of yes to a recipient, to any `sender` or after any `text`.
    """

    kept: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    breaks: list[str] = field(default_factory=list)
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd asks for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "sender" in self.answers:
            return self.answers["sender"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd asks for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        if self._breaks("rcpt", server):
            return "421 gone"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd asks for it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self._breaks("data", server):
            return "421 gone"
        if "text" in self.answers:
            return self.answers["text"]
        content = cast("bytes", envelope.content)
        with self.lock:
            self.raw.append(content)
            self.kept.append(cast("EmailMessage", message_from_bytes(content, policy=policy.default)))
        if self._breaks("accepted", server):
            return "421 gone"
        if self.breaks and self.breaks[0] == "hung up":
            self.breaks.pop(0)
            await server.push("250 OK")
            server.transport.close()
        return "250 OK"

    def of(self, address: str) -> list[EmailMessage]:
        return [one for one in self.kept if address in str(one["To"])]

    def _breaks(self, moment: str, server: Any) -> bool:
        if self.breaks and self.breaks[0] == moment:
            self.breaks.pop(0)
            server.transport.abort()
            return True
        return False


@pytest.fixture
def smtp_sink() -> Iterator[Sink]:
    sink = Sink()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        sink.port = one.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    yield sink
    controller.stop()
