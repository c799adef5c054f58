"""One reader of letters for each mail server we believe, shared by this process and kept alive between letters."""

import atexit
from threading import Lock

from asmo_support.channels.email.child import Reader
from asmo_support.channels.email.letter import Letter

_readers: dict[str, Reader] = {}
_lock = Lock()


def read(raw: bytes, *, authserv_id: str = "") -> Letter:
    """The letter; raises Unreadable with a code."""
    with _lock:
        reader = _readers.get(authserv_id) or _readers.setdefault(authserv_id, Reader(authserv_id=authserv_id))
    return reader.read(raw)


@atexit.register
def close() -> None:
    """End the children; the next letter starts a new one."""
    with _lock:
        readers = list(_readers.values())
        _readers.clear()
    for reader in readers:
        reader.close()
