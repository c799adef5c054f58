"""The lanes of the worker: each a thread with a job, woken when there may be something to do, alive whatever comes."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from asmo_support.wall.acting import SYSTEM, acting_as

LONGEST_PAUSE = 15.0
STUCK_SECONDS = 300
logger = logging.getLogger("asmo_support.worker")


class Lane:
    """One kind of work. `job` does a batch and says how much it did; it is called again at once while that is not 0."""

    def __init__(
        self, name: str, job: Callable[[], int], *, every: float, end: Callable[[], None] | None = None
    ) -> None:
        self.name, self._job, self._every, self._end = name, job, every, end
        self._awake, self._stopping = threading.Event(), threading.Event()
        self._turned = time.monotonic()
        self._pause = 0.0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._awake.set()

    def stop(self) -> None:
        self._stopping.set()
        self._awake.set()

    def join(self, seconds: float) -> None:
        self._thread.join(max(seconds, 0))

    @property
    def is_stuck(self) -> bool:
        """Dead, or busy with one batch for longer than anything of ours may take."""
        return not self._thread.is_alive() or time.monotonic() - self._turned > STUCK_SECONDS

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._turned = time.monotonic()
                if not self._turn():
                    self._awake.wait(self._pause or self._every)
                self._awake.clear()
        finally:
            if self._end:
                self._end()
            connection.close()

    def _turn(self) -> bool:
        """One batch; True when there may be more. A lost database is waited for, anything else is only told."""
        close_old_connections()
        try:
            with acting_as(SYSTEM):
                more = self._job() > 0
        except (OperationalError, InterfaceError) as problem:
            self._calm_down(problem)
        except Exception:
            logger.exception("%s: failed", self.name)
            self._calm_down(None)
        else:
            self._pause = 0.0
            return more
        return False

    def _calm_down(self, problem: Exception | None) -> None:
        self._pause = min(max(self._pause * 2, 0.5), LONGEST_PAUSE)
        if problem:
            logger.warning("%s: the database does not answer (%s)", self.name, " ".join(str(problem).split()))
        connection.close()
