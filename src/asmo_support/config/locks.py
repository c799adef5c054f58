"""Locks between processes that the kernel drops by itself when their owner dies."""

import fcntl
import os
from pathlib import Path

from asmo_support.config.home import folder


def opened(home: Path, name: str) -> int:
    """A handle of the lock file, not inherited by programs that are started later."""
    return os.open(folder("locks", home) / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def take(handle: int, *, shared: bool = False) -> bool:
    """Take the lock without waiting; False when somebody else stands in the way."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait(handle: int) -> None:
    """Wait until nobody else has the lock, then take it alone."""
    fcntl.flock(handle, fcntl.LOCK_EX)


def drop(handle: int) -> None:
    fcntl.flock(handle, fcntl.LOCK_UN)


def is_free(home: Path, name: str) -> bool:
    handle = opened(home, name)
    try:
        return take(handle)
    finally:
        os.close(handle)
