"""The worker's sign of life: a file it touches, so that it can be seen from outside without the database."""

import time
from pathlib import Path

from asmo_support.config.home import folder


def beat(home: Path) -> None:
    """Called by the worker at every turn."""
    (folder("locks", home) / "worker-pulse").touch()


def age(home: Path) -> float | None:
    """Seconds since the worker's last turn; None when it has never run."""
    try:
        return max(0.0, time.time() - (home / "locks" / "worker-pulse").stat().st_mtime)
    except FileNotFoundError:
        return None
