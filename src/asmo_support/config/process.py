"""A child of the supervisor: its output under its name, its death noticed, its group ended with it."""

import contextlib
import functools
import os
import signal
import subprocess
import sys
import threading
import time

from asmo_support.config import children

# Who has lived so long was at work, and is started again at once; who dies at its start gets longer pauses.
STEADY_SECONDS = 10
LONGEST_PAUSE = 30


def say(line: str) -> None:
    """One line for the person at the terminal. A closed terminal is no reason to fail."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Process:
    """One `asmo` command run as a child in a group of its own, so that Ctrl+C reaches only the supervisor."""

    def __init__(self, name: str, *arguments: str, keep: bool = False) -> None:
        self.name, self.arguments = name, arguments
        self.kept: list[str] = []
        self.deaths = 0
        self._keep = keep
        self._child: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._born = self._again_at = 0.0

    def start(self) -> None:
        self._born, self._again_at = time.monotonic(), 0.0
        self._child = subprocess.Popen(
            children.python("asmo_support", *self.arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=children.environment(),
            start_new_session=True,
            preexec_fn=functools.partial(children.leaves_with, os.getpid()),  # noqa: PLW1509 - only calls prctl
        )
        self._reader = threading.Thread(target=self._read, args=(self._child,), daemon=True)
        self._reader.start()

    def code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._child.poll() if self._child else None

    def revive(self) -> None:
        """Start it again when it has died; each time after a longer pause, and visibly."""
        code = self.code()
        if code is None:
            return
        if not self._again_at:
            self.deaths = 0 if time.monotonic() - self._born > STEADY_SECONDS else self.deaths + 1
            pause = min(2 ** (self.deaths - 1), LONGEST_PAUSE) if self.deaths else 0
            self._again_at = time.monotonic() + pause
            self.kill()
            when = f"in {pause} s" if pause else "at once"
            say(f"{self.name} has ended unexpectedly ({_ending(code)}); starting it again {when}.")
        elif time.monotonic() >= self._again_at:
            self.start()

    def ask_to_end(self) -> None:
        if self._child and self._child.poll() is None:
            self._child.terminate()

    def end(self, patience: float) -> None:
        """Wait for it, then end it and everything it has started."""
        if self._child is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(max(patience, 0))
        self.kill()
        self._child.wait()
        if self._reader:
            self._reader.join(1)

    def kill(self) -> None:
        if self._child:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)

    def _read(self, child: subprocess.Popen[str]) -> None:
        for line in child.stdout or ():
            if self._keep and not line.startswith("asmo: "):
                self.kept.append(line.rstrip())
            else:
                say(f"{self.name:>7} │ {line.rstrip()}")


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
