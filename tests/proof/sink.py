"""A mail server that breaks where it hurts: each address has a list of what happens to its letter, try by try."""

import re
import socket
import socketserver
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes

# What may happen to a letter, and what the server has said by then.
CUT_BEFORE = "cut before DATA"
CUT_WITHIN = "cut within the text"
CUT_AFTER_DOT = "cut after the dot"
CUT_AFTER_YES = "cut after 250"
LATER = "4xx to the address"
LATER_TEXT = "4xx after the dot"
NEVER = "5xx to the address"
NEVER_TEXT = "5xx after the dot"
REPLIES = {
    LATER: "451 try later",
    LATER_TEXT: "452 no room now",
    NEVER: "550 no such user",
    NEVER_TEXT: "554 not wanted",
}
_ADDRESS = re.compile(rb"<([^>]*)>")


@dataclass
class Sink:
    """`breaks`: what is still to happen, by address. `deeds`: kills by name, done between the whole letter and 250.

    `whole`: Message-IDs of letters that were received to the dot. `taken`: of those, what 250 was said to.
    """

    breaks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    deeds: dict[str, Callable[[Callable[[], None]], None]] = field(default_factory=dict)
    whole: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    happened: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, address: str, *kinds: str) -> str:
        """What is to happen to this letter now, if it is one of these; it happens once."""
        with self.lock:
            planned = self.breaks.get(address)
            if planned and planned[0] in kinds:
                self.happened.append((address, planned[0]))
                return planned.pop(0)
            return ""


class _Cut(Exception):
    """The line is to be cut."""


class _Line(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self.sink = self.server.sink
        self.request.settimeout(60)
        self._say("220 sink")
        try:
            while (line := self.rfile.readline()) and self._answer(line.rstrip(b"\r\n")):
                pass
        except (_Cut, OSError):
            pass

    def _answer(self, line: bytes) -> bool:
        verb = line[:4].upper()
        if verb == b"RCPT":
            self.address = _ADDRESS.search(line)[1].decode()  # type: ignore[index]
            kind = self.sink.next(self.address, LATER, NEVER)
            self._say(REPLIES.get(kind, "250 go on"))
        elif verb == b"DATA":
            self._take()
        elif verb == b"QUIT":
            self._say("221 farewell")
            return False
        else:
            self._say("250 go on")
        return True

    def _take(self) -> None:
        if self.sink.next(self.address, CUT_BEFORE):
            raise _Cut
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line or (lines and self.sink.next(self.address, CUT_WITHIN)):
                raise _Cut
            lines.append(line)
        name = str(message_from_bytes(b"".join(lines))["Message-ID"]).strip("<>")
        self._decide(name)

    def _decide(self, name: str) -> None:
        kind = self.sink.next(self.address, LATER_TEXT, NEVER_TEXT)
        if kind:
            self._say(REPLIES[kind])
            return
        with self.sink.lock:
            self.sink.whole[self.address].append(name)
        if self.sink.next(self.address, CUT_AFTER_DOT):
            raise _Cut
        deed = self.sink.next(self.address, *self.sink.deeds)
        with self.sink.lock:
            self.sink.taken[self.address].append(name)
        if deed:
            self.sink.deeds[deed](lambda: self._say("250 taken"))
            return
        self._say("250 taken")
        if self.sink.next(self.address, CUT_AFTER_YES):
            raise _Cut

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads, request_queue_size = True, True, 64

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        super().__init__(("127.0.0.1", 0), _Line)


@contextmanager
def serving() -> Iterator[Sink]:
    sink = Sink()
    with _Server(sink) as server:
        server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sink.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield sink
        server.shutdown()
