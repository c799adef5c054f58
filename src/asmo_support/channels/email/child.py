"""Letters are read in a process of their own, with little memory, little time and no network (security.md 6.1.5).

`Reader` is the parent's side: `read(raw)` gives a `Letter` or raises `Unreadable` with a code; whatever the letter does
to the child, the parent lives and the next letter finds a fresh child. One child serves hundreds of letters, so that
starting it costs nothing. Frames: length of the JSON part, length of the bytes part, both parts.
"""

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from asmo_support.channels.email import letter as letters
from asmo_support.channels.email import limits
from asmo_support.channels.email.letter import Letter
from asmo_support.lib.errors import Unreadable

WALL_SECONDS = 20.0
LETTERS_PER_CHILD = 500
READY = b"!"

_PATIENT = 10
_TICK = 1 / os.sysconf("SC_CLK_TCK")
_HEAD = struct.Struct(">II")
_LONGEST_ANSWER = 4 * limits.LETTER


class _ChildDied(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """Reads letters one at a time; may be shared by threads. Close it, or use it with `with`."""

    def __init__(self, *, authserv_id: str = "", wall_seconds: float = WALL_SECONDS, is_patient: bool = False) -> None:
        """`is_patient`: its children give way to whatever else wants the processor."""
        self._authserv_id = authserv_id
        self._wall = wall_seconds
        self._is_patient = is_patient
        self._has_given_up = False
        self._began: tuple[int, float] | None = None
        # Processor time of the last letter, and the child's after it.
        self.took = 0.0
        self._used: tuple[int, float] = (0, 0.0)
        self._child: subprocess.Popen[bytes] | None = None
        self._left = 0
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, raw: bytes) -> Letter:
        """The letter, or `Unreadable` with a code of `limits.REASONS`."""
        if len(raw) > limits.LETTER:
            raise Unreadable("letter-too-big")
        with self._lock:
            is_fresh = self._ready()
            try:
                facts, blobs = self._asked({"authserv_id": self._authserv_id}, raw)
            except _ChildDied as death:
                # A child that had read others may have died of age, any child of somebody's hand: no limit of ours ends
                # one by SIGKILL, and giving up is known. The letter gets a fresh one.
                by_itself = is_fresh and death.code != "out-of-memory"
                if by_itself or self._has_given_up or death.code == "out-of-time":
                    raise Unreadable(death.code) from None
                facts, blobs = self._asked_again(raw)
            finally:
                self._rest()
        if "unreadable" in facts:
            raise Unreadable(str(facts["unreadable"]))
        try:
            return letters.from_wire(facts, blobs)
        except (KeyError, TypeError, ValueError) as error:
            raise Unreadable("crashed") from error

    def close(self) -> None:
        with self._lock:
            self._stop()

    @property
    def spent(self) -> float:
        """Processor time the letter at hand has taken so far; 0 while none is read."""
        began, child = self._began, self._child
        return max(_cpu(began[0]) - began[1], 0.0) if began and child and child.pid == began[0] else 0.0

    def give_up(self) -> None:
        """End the reading of the letter at hand: it becomes `Unreadable`. Another thread asks for it."""
        if child := self._child:
            self._has_given_up = True
            child.kill()

    @property
    def pid(self) -> int | None:
        """The process now at work, for tests and for the health page."""
        return self._child.pid if self._child else None

    def _rest(self) -> None:
        began, self._began, self._has_given_up = self._began, None, False
        if began:
            self._used = began[0], _cpu(began[0])
            self.took = max(self._used[1] - began[1], 0.0)

    def _asked_again(self, raw: bytes) -> tuple[dict[str, Any], list[bytes]]:
        self._ready()
        try:
            return self._asked({"authserv_id": self._authserv_id}, raw)
        except _ChildDied as death:
            raise Unreadable(death.code) from None

    def _asked(self, options: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], list[bytes]]:
        child = self._child
        assert child is not None  # noqa: S101 - `_ready` was called
        deadline = time.monotonic() + self._wall
        # While it waits for a letter it uses nothing.
        self._began = self._used if self._used[0] == child.pid else (child.pid, _cpu(child.pid))
        try:
            _send(child, json.dumps(options).encode(), raw, deadline)
            answer = _received(child, deadline)
        except TimeoutError:
            self._stop()
            raise _ChildDied("out-of-time") from None
        except (EOFError, OSError, ValueError):
            raise _ChildDied(self._post_mortem()) from None
        self._left -= 1
        if self._left <= 0 or answer[0].get("unreadable") == "out-of-memory":
            self._stop()
        return answer

    def _ready(self) -> bool:
        """Makes sure there is a child of this very process; True when it has read nothing yet."""
        if self._owner != os.getpid():
            self._owner, self._child = os.getpid(), None
        if self._child is None or self._child.poll() is not None:
            self._stop()
            self._child = _started()
            if self._is_patient:
                os.setpriority(os.PRIO_PROCESS, self._child.pid, _PATIENT)
            self._left = LETTERS_PER_CHILD
            self._await_start()
        return self._left == LETTERS_PER_CHILD

    def _await_start(self) -> None:
        """Starting is nobody's processor time. One that does not come up dies with its first letter."""
        if self._child is not None and self._child.stdout is not None:
            with contextlib.suppress(TimeoutError, EOFError, OSError):
                _exactly(self._child.stdout.fileno(), len(READY), time.monotonic() + self._wall)

    def _post_mortem(self) -> str:
        """Why the child died."""
        child = self._child
        code = None
        if child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = child.wait(timeout=1)
        self._stop()
        return {-24: "out-of-time", -9: "out-of-memory"}.get(code or 0, "crashed")

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()


def _started() -> subprocess.Popen[bytes]:
    """No secret of ours is in the child's environment; what it prints on the way to death is nobody's log."""
    source = str(Path(__file__).resolve().parents[3])
    child = subprocess.Popen(
        [sys.executable, "-m", "asmo_support.channels.email.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        close_fds=True,
        cwd="/",
        env={"PYTHONPATH": source, "PYTHONHASHSEED": "random", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            os.set_blocking(pipe.fileno(), False)
    return child


def _cpu(pid: int) -> float:
    """Processor seconds of a process of ours (proc(5), utime and stime); 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * _TICK
    except (OSError, IndexError):
        return 0.0


def _send(child: subprocess.Popen[bytes], options: bytes, raw: bytes, deadline: float) -> None:
    assert child.stdin is not None  # noqa: S101 - opened in `_started`
    number = child.stdin.fileno()
    for piece in (_HEAD.pack(len(options), len(raw)) + options, raw):
        left = memoryview(piece)
        while left:
            _await(number, select.POLLOUT, deadline)
            left = left[os.write(number, left[:1_048_576]) :]


def _received(child: subprocess.Popen[bytes], deadline: float) -> tuple[dict[str, Any], list[bytes]]:
    assert child.stdout is not None  # noqa: S101 - opened in `_started`
    number = child.stdout.fileno()
    first, second = _HEAD.unpack(_exactly(number, _HEAD.size, deadline))
    if first + second > _LONGEST_ANSWER:
        raise ValueError("the answer is too long")
    facts = json.loads(_exactly(number, first, deadline))
    content = memoryview(_exactly(number, second, deadline))
    blobs, at = [], 0
    for one in (*facts.get("attachments", ()), *facts.get("referable", ())):
        blobs.append(bytes(content[at : at + int(one["size"])]))
        at += int(one["size"])
    return facts, blobs


def _exactly(number: int, size: int, deadline: float) -> bytes:
    kept = bytearray()
    while len(kept) < size:
        _await(number, select.POLLIN, deadline)
        piece = os.read(number, min(size - len(kept), 1_048_576))
        if not piece:
            raise EOFError
        kept += piece
    return bytes(kept)


def _await(number: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(number, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1_000):
        raise TimeoutError


if __name__ == "__main__":
    from asmo_support.channels.email.confined import serve

    serve()
