"""Files kept under their hash: temporary file, fsync, rename; only then may a row name them."""

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from asmo_support.lib.errors import Refused

CHUNK = 1 << 20
AT_ONCE = 4
# Kinds of files a page may show. SVG never is: it is a program.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# Marks that hide or turn text: directional overrides, zero-width signs, byte order marks.
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are durable on disk."""

    name: str
    kind: str
    size: int
    sha256: str
    inline: bool = False


def keep(chunks: Iterable[bytes], root: Path, *, name: str, kind: str, limit: int) -> Kept:
    """Write the bytes under their SHA-256 and return what a row needs. Raises Refused when over `limit` bytes."""
    incoming = root / "incoming"
    # Closed to others from the top: the names of files are hashes of what is in them.
    if not root.exists():
        root.mkdir(mode=0o750, parents=True, exist_ok=True)
    incoming.mkdir(exist_ok=True)
    digest, size = sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise Refused(f"{name}: {limit // CHUNK} MB")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = root / location(digest.hexdigest())
        _make(target.parent)
        Path(temporary).chmod(0o640)
        Path(temporary).replace(target)
        _sync_folder(target.parent)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return _kept(name, kind, size, digest.hexdigest())


@contextmanager
def keeping(files: Sequence[tuple[str, str, bytes]], root: Path, *, limit: int) -> Iterator[list[Kept]]:
    """Several files (name, kind, bytes): named at once, written a few at a time while the block goes on. All of them
    are durable when it ends, or it fails; what names them must not be committed inside.
    """
    pool = _pool(os.getpid())
    writing = [pool.submit(keep, [content], root, name=name, kind=kind, limit=limit) for name, kind, content in files]
    try:
        yield [_kept(name, kind, len(content), sha256(content).hexdigest()) for name, kind, content in files]
    finally:
        wait(writing)
    for one in writing:
        one.result()


def _kept(name: str, kind: str, size: int, digest: str) -> Kept:
    return Kept(safe_name(name), kind or "application/octet-stream", size, digest)


@cache
def _pool(_process: int) -> ThreadPoolExecutor:
    """One for each process: threads that are started anew for each letter cost more than its files."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="files")


def location(digest: str) -> str:
    """Where the bytes of a hash lie, relative to the root of files."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def safe_name(name: str) -> str:
    """A name for display: one line, no path, no hidden marks, at most 200 characters with the extension kept."""
    plain = HIDDEN.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/").rsplit("/", 1)[-1]
    plain = plain.strip().strip(".").strip() or "file"
    if len(plain) <= 200:
        return plain
    stem, dot, extension = plain.rpartition(".")
    return f"{stem[: 199 - len(extension)]}.{extension}" if dot and len(extension) < 20 else plain[:200]


def _make(folder: Path) -> None:
    """Make a folder, and the way to it: a power cut must leave neither out."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
