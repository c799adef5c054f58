"""One reader of letters for each mail server we believe, shared by this process and kept alive between letters."""

import atexit
from collections.abc import Callable
from threading import Lock, Thread

from asmo_support.channels.email.child import Reader
from asmo_support.channels.email.letter import Letter
from asmo_support.lib.errors import Unreadable

_readers: dict[str, Reader] = {}
_lock = Lock()


def read(raw: bytes, *, authserv_id: str = "") -> Letter:
    """The letter; raises Unreadable with a code."""
    with _lock:
        reader = _readers.get(authserv_id) or _readers.setdefault(authserv_id, Reader(authserv_id=authserv_id))
    return reader.read(raw)


class Ahead:
    """A letter that is read in the child while its predecessor is registered here."""

    def __init__(self, raw: Callable[[], bytes], *, authserv_id: str = "") -> None:
        self._letter: Letter | None = None
        self._problem: Exception | None = None
        self._thread = Thread(target=self._read, args=(raw, authserv_id), name="read ahead", daemon=True)
        self._thread.start()

    def letter(self) -> Letter:
        """Wait for it; raises Unreadable with a code."""
        self._thread.join()
        if self._letter is None:
            raise self._problem or Unreadable("crashed")
        return self._letter

    def is_done(self, within: float) -> bool:
        """Whether it has been read, waiting so many seconds at most."""
        self._thread.join(max(within, 0))
        return not self._thread.is_alive()

    def _read(self, raw: Callable[[], bytes], authserv_id: str) -> None:
        try:
            self._letter = read(raw(), authserv_id=authserv_id)
        except Exception as problem:  # noqa: BLE001 - it is raised again where the letter is asked for
            self._problem = problem


@atexit.register
def close() -> None:
    """End the children; the next letter starts a new one."""
    with _lock:
        readers = list(_readers.values())
        _readers.clear()
    for reader in readers:
        reader.close()
