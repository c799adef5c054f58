"""What is refused before a parser sees it (security.md 6.1.4). Every check reads the bytes once, in linear time.

A refusal is `Unreadable` with one of the codes of `REASONS`; the bytes stay with whoever holds them.
"""

import re
from collections.abc import Iterator

from asmo_support.channels.email import headers
from asmo_support.lib.errors import Unreadable

HEADER_BLOCK = 256 * 1024
HEADER_LINE = 64 * 1024
FIELD = 16 * 1024
PARTS = 1_000
DEPTH = 50
HTML = 1024 * 1024
HTML_DEPTH = 1_000
TEXT = 2 * 1024 * 1024
LETTER = 50 * 1024 * 1024

REASONS = (
    "empty",
    "letter-too-big",
    "headers-too-long",
    "header-line-too-long",
    "too-many-parts",
    "too-deep",
    "out-of-memory",
    "out-of-time",
    "crashed",
    "defective",
)

_HEADER_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_FIELDS = re.compile(rb"^[!-9;-~]+[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*\n?", re.MULTILINE)
_HALF_A_WORD = re.compile(rb"(?<=.)=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\Z", re.DOTALL)
_BOUNDARY = re.compile(
    rb"boundary[ \t]*(?:\*0?\*?)?=[ \t\r\n]*(?:\"([^\"\r\n]{1,250})\"|([^\s;\"]{1,250}))", re.IGNORECASE
)
_DASHES = re.compile(rb"\n--([^\r\n]{1,260})")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")


def words(text: str) -> frozenset[str]:
    """The words of a text as a set, for the many lists of tags here."""
    return frozenset(text.split())


_VOID = words("area base br col embed hr img input link meta param source track wbr p li tr td th dd dt option")


def checked(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The letter with overlong fields cut for reading, and the defects that caused; raises `Unreadable`."""
    if not raw.strip():
        raise Unreadable("empty")
    if len(raw) > LETTER:
        raise Unreadable("letter-too-big")
    end = header_end(raw)
    if end > HEADER_BLOCK:
        raise Unreadable("headers-too-long")
    if any(len(line) >= HEADER_LINE for line in raw[:end].splitlines()):
        raise Unreadable("header-line-too-long")
    _check_parts(raw)
    return _with_short_fields(raw, end)


def header_end(raw: bytes) -> int:
    found = _HEADER_END.search(raw)
    return found.start() if found else len(raw)


def _check_parts(raw: bytes) -> None:
    """Counts delimiters of boundaries that were declared before them, and how deep they stand in each other."""
    declared = {(found[1] or found[2]).rstrip() for found in _each(_BOUNDARY, raw, b"boundary", raw.lower())}
    if not declared:
        return
    parts = 0
    open_ones: list[bytes] = []
    lines = b"\n" + raw
    for found in _each(_DASHES, lines, b"\n--", lines):
        line = found[1].rstrip()
        ends = line.endswith(b"--") and line[:-2].rstrip() in declared
        name = line[:-2].rstrip() if ends else line
        if name not in declared:
            continue
        parts += 1
        if parts > PARTS:
            raise Unreadable("too-many-parts")
        if name in open_ones:
            del open_ones[open_ones.index(name) + (0 if ends else 1) :]
        elif not ends:
            open_ones.append(name)
        if len(open_ones) > DEPTH:
            raise Unreadable("too-deep")


def _each(pattern: re.Pattern[bytes], raw: bytes, sign: bytes, searched: bytes) -> Iterator[re.Match[bytes]]:
    """`finditer` for a pattern that begins with `sign`: finding plain bytes takes a tenth of the time."""
    at = searched.find(sign)
    while at >= 0:
        found = pattern.match(raw, at)
        if found:
            yield found
        at = searched.find(sign, found.end() if found else at + 1)


def _with_short_fields(raw: bytes, end: int) -> tuple[bytes, tuple[str, ...]]:
    block = raw[:end]
    if len(block) <= FIELD:
        return raw, ()
    cut = _FIELDS.sub(lambda found: found[0] if len(found[0]) <= FIELD else _cut(found[0]), block)
    return (raw, ()) if cut == block else (cut + raw[end:], ("field-too-long",))


def _cut(value: bytes) -> bytes:
    """Up to the last whole address or word that fits, huge encoded words cut first."""
    value = headers.as_bytes(headers.with_short_words(value.decode("ascii", "surrogateescape")))
    if len(value) <= FIELD:
        return value.rstrip(b"\r\n") + b"\r\n"
    piece = value[:FIELD]
    at = max(piece.rfind(b","), piece.rfind(b" "), piece.rfind(b"\n"))
    return _HALF_A_WORD.sub(b"", piece[: at if at > FIELD // 2 else FIELD]).rstrip(b"\r\n ,") + b"\r\n"


def is_html_fit(markup: str) -> bool:
    """Small and shallow enough for a sanitiser; what is not is shown as text (EI-09)."""
    if len(markup) > HTML:
        return False
    depth = deepest = 0
    for found in _TAG.finditer(markup):
        if found[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest <= HTML_DEPTH
