"""The process that keeps the embedded database running for as long as somebody needs it.

Every `asmo` process holds the shared lock `held`. The keeper waits for that lock alone: when the last holder has
ended, however it ended, the kernel gives it the lock and the database is stopped. New holders wait for the lock
meanwhile, find the database down and start it again. Nobody counts anything, so nothing can be miscounted.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from asmo_support.config import children, cluster, locks

KEEPER = "keeper"
HELD = "held"
BUSY = 3
TRIES = 30
PAUSE = 0.3
STEADY_SECONDS = 10
PR_SET_CHILD_SUBREAPER = 36
LAST_WORDS_SECONDS = 5
PASSING = ("already exists", "still in use", "pre-existing shared memory")


class Keeper:
    """One run of the database: starts it, starts it again when it dies, stops it when nobody needs it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.server: subprocess.Popen[bytes] | None = None
        self.ending = threading.Event()

    def keep(self) -> bool:
        """Return when the database is stopped on demand (True) or cannot be started (False)."""
        left = TRIES
        while not self.ending.is_set():
            begun = time.monotonic()
            self.server = cluster.start(self.home)
            if left == TRIES:
                threading.Thread(target=self._wait_for_nobody, daemon=True).start()
            self.server.wait()
            _bury()
            if time.monotonic() - begun > STEADY_SECONDS:
                left = TRIES
            left -= 1 if any(word in cluster.complaint(self.home) for word in PASSING) else TRIES // 3
            if left <= 0:
                return self.ending.is_set()
            self.ending.wait(PAUSE)
        return True

    def end(self, *_: object) -> None:
        self.ending.set()
        if self.server:
            with contextlib.suppress(ProcessLookupError):
                self.server.send_signal(signal.SIGINT)

    def _wait_for_nobody(self) -> None:
        locks.wait(locks.opened(self.home, HELD))
        self.end()


def _bury() -> None:
    """Wait for what a killed server left behind: it would stand in the way of the next one."""
    deadline = time.monotonic() + LAST_WORDS_SECONDS
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid and time.monotonic() > deadline:
            for task in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split():
                os.kill(int(task), signal.SIGKILL)
        if not pid:
            time.sleep(PAUSE / 10)


def main(home: Path) -> int:
    """Become the keeper of this ASMO_HOME, detached from whoever started it; BUSY when there is one."""
    alone = locks.opened(home, KEEPER)
    if not locks.take(alone):
        return BUSY
    if os.fork():
        return 0
    os.chdir("/")
    children.LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
    keeper = Keeper(home)
    signal.signal(signal.SIGTERM, keeper.end)
    signal.signal(signal.SIGINT, keeper.end)
    return 0 if keeper.keep() else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
