"""Where the running service is reached: `asmo run` writes it down, the other commands make their links with it."""

from pathlib import Path

from asmo_support.config import locks

RUN = "run"
FILE = "address"


def remember_address(home: Path, address: str) -> None:
    """Keep the address beside the lock of the run."""
    _file(home).write_text(address, encoding="utf-8")


def running_address(home: Path) -> str:
    """The address of the service that runs here; empty when none does, whatever an earlier run has left."""
    if not _file(home).is_file() or locks.is_free(home, RUN):
        return ""
    return _file(home).read_text(encoding="utf-8").strip()


def _file(home: Path) -> Path:
    return home / "locks" / FILE
