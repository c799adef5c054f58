"""One reader of letters for each mail server we believe, shared by this process and kept alive between letters."""

import atexit
from collections.abc import Callable
from threading import Lock, Thread

from asmo_support.channels.email.child import Reader
from asmo_support.channels.email.letter import Letter
from asmo_support.lib.errors import Unreadable

_readers: dict[tuple[str, bool], Reader] = {}
_LOOK = 0.02
_lock = Lock()


def read(raw: bytes, *, authserv_id: str = "") -> Letter:
    """The letter; raises Unreadable with a code."""
    return _reader(authserv_id, is_patient=False).read(raw)


def _reader(authserv_id: str, *, is_patient: bool) -> Reader:
    key = authserv_id, is_patient
    with _lock:
        if key not in _readers:
            _readers[key] = Reader(authserv_id=authserv_id, is_patient=is_patient)
        return _readers[key]


class Ahead:
    """A letter that is read in the child while its predecessor is registered here. `apart`: by a reader of its own, for
    letters that take long.
    """

    def __init__(self, raw: Callable[[], bytes], *, authserv_id: str = "", apart: bool = False) -> None:
        self._letter: Letter | None = None
        self._problem: Exception | None = None
        # Processor time it took; 0 until it has been read.
        self.took = 0.0
        self._reader = _reader(authserv_id, is_patient=apart)
        self._thread = Thread(target=self._read, args=(raw,), name="read ahead", daemon=True)
        self._thread.start()

    def letter(self) -> Letter:
        """Wait for it; raises Unreadable with a code."""
        self._thread.join()
        if self._letter is None:
            raise self._problem or Unreadable("crashed")
        return self._letter

    def is_done(self, within: float) -> bool:
        """Whether it has been read, waiting until it has taken so many seconds of processor time at most."""
        self._thread.join(_LOOK)
        while self._thread.is_alive() and self._reader.spent < within:
            self._thread.join(_LOOK)
        return not self._thread.is_alive()

    def give_up(self) -> None:
        """Stop reading it; the next letter finds a fresh child."""
        while self._thread.is_alive():
            self._reader.give_up()
            self._thread.join(_LOOK)

    def _read(self, raw: Callable[[], bytes]) -> None:
        try:
            self._letter = self._reader.read(raw())
        except Exception as problem:  # noqa: BLE001 - it is raised again where the letter is asked for
            self._problem = problem
        self.took = self._reader.took


@atexit.register
def close() -> None:
    """End the children; the next letter starts a new one."""
    with _lock:
        readers = list(_readers.values())
        _readers.clear()
    for reader in readers:
        reader.close()
