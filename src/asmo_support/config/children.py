"""Other processes of ours: how they are called, and that none of them outlives its parent."""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def python(module: str, *arguments: str) -> list[str]:
    """The command of a module of ours, found wherever the working folder is."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Our environment, with this code on the path and its output not held back."""
    sources = str(Path(__file__).resolve().parents[2])
    paths = [sources, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"}


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Let the kernel send this signal when the parent dies, also when it is killed without warning."""
    LIBC.prctl(PR_SET_PDEATHSIG, number)


def leaves_with(parent: int, number: int = signal.SIGTERM) -> None:
    """The same for a process just born: its parent may have died before the kernel was told."""
    die_with_parent(number)
    if os.getppid() != parent:
        os._exit(1)
