"""Header fields as people wrote them: encoded words and parameters in all their broken forms (RFC 2047, RFC 2231).

Everything here is linear in the length of the field; a field longer than `LONGEST` is cut before it is read, a long
encoded word inside it first.
"""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from asmo_support.channels.email import charsets

LONGEST = 16 * 1024
LONGEST_WORD = 4 * 1024

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?((?:[^?\r\n]|\?(?!=)){0,16384}+)\?=")
_LONG_WORD = re.compile(rf"=\?([^?\s]{{1,60}})\?([bBqQ])\?([^?]{{{LONGEST_WORD},}}+)(?:\?=|\Z)")
_GAP = re.compile(r"[ \t\r\n]*")
_FOLD = re.compile(r"[ \t]*(?:\r\n|\r|\n)(?=[ \t])|\r\n|\r|\n")
_SLIP = re.compile(r"(?:\r\n|\r|\n)[ \t]+(?:\r\n|\r|\n)[ \t]+")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(sorted(set(range(256)) - set(_BASE64)))
_PARAMETER = re.compile(
    r"""\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*+)"?([^;]*)|([^;]*))(?:;|\Z)|[^;]*;|[^;]+\Z""",
    re.DOTALL,
)


def unfold(value: str) -> str:
    """One line. Folding white space stays, a bare line break becomes a blank; a line of blanks inside is a slip."""
    if "\n" not in value and "\r" not in value:
        return value[:LONGEST]
    value = _SLIP.sub("", value[:LONGEST])
    return _FOLD.sub(
        lambda found: "" if found.group().strip("\r\n \t") == "" and _folds(found) else " ", value[:LONGEST]
    )


def _folds(found: re.Match[str]) -> bool:
    return found.string[found.end() : found.end() + 1] in {" ", "\t"}


def decode(value: str, hint: str = "") -> str:
    """The text of a field. `hint` is the charset of the letter, for raw bytes that nobody declared."""
    pieces: list[str] = []
    pending: list[tuple[str, bytes]] = []
    at = 0
    value = unfold(value)
    for found in _WORD.finditer(value):
        between = value[at : found.start()]
        if not pending or between.strip(" \t"):
            pieces += [_flush(pending), plain(between, hint)]
        at = found.end()
        pending.append((found[1].partition("*")[0].lower(), _word(found[2], found[3])))
    pieces += [_flush(pending), plain(value[at:], hint)]
    return charsets.scrub("".join(pieces)).replace("\n", " ").replace("\t", " ")


def with_short_words(value: str) -> str:
    """The field with each huge encoded word cut and closed again, so that what is left of it can be read."""
    return _LONG_WORD.sub(lambda found: _shortened(found[1], found[2], found[3]), value)


def _shortened(charset: str, kind: str, text: str) -> str:
    piece = re.sub(r"[\r\n]+[ \t]*", "", text[:LONGEST_WORD])
    raw = _word(kind, re.sub(r"=[0-9A-Fa-f]?\Z", "", piece))
    if charset.lower().startswith(("utf-8", "utf8")):
        raw = _without_half_a_letter(raw)
    return f"=?{charset}?B?{base64.b64encode(raw).decode()}?="


def _without_half_a_letter(raw: bytes) -> bytes:
    """Without the last letter, which may be cut in the middle."""
    start = len(raw.rstrip(bytes(range(0x80, 0xC0)))) - 1
    return raw if start < 0 or raw[start] < 0xC0 else raw[:start]


def plain(value: str, hint: str = "") -> str:
    """Undeclared bytes of a field: UTF-8, else what the letter is written in, else a guess."""
    raw = as_bytes(value)
    if raw.isascii() and b"\x1b" not in raw:
        return value
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return charsets.decode(raw, hint)[0]


def as_bytes(value: str) -> bytes:
    """The bytes behind a field that `compat32` read with surrogate escapes."""
    return value.encode("utf-8", "surrogateescape")


def _word(kind: str, text: str) -> bytes:
    raw = as_bytes(text)
    if kind in "qQ":
        return binascii.a2b_qp(raw.replace(b"_", b" "), header=False)
    return unbase64(raw)


def unbase64(raw: bytes) -> bytes:
    """Base64 without complaint: foreign characters skipped, a missing end forgiven, several padded pieces joined."""
    pieces = raw.split(b"=")
    return b"".join(_whole(piece.translate(None, _NOT_BASE64)) for piece in pieces if piece.strip())


def _whole(piece: bytes) -> bytes:
    rest = len(piece) % 4
    if rest == 1:
        piece, rest = piece[:-1], 0
    return base64.b64decode(piece + b"=" * (-len(piece) % 4))


def _flush(pending: list[tuple[str, bytes]]) -> str:
    """Neighbouring words of one charset are one run of bytes: senders cut letters in the middle."""
    text = ""
    while pending:
        charset = pending[0][0]
        run = b""
        while pending and pending[0][0] == charset:
            run += pending.pop(0)[1]
        text += charsets.decode(run, charset)[0]
    return text


def parameters(value: str, hint: str = "") -> tuple[str, dict[str, str]]:
    """The value of a field and its parameters by lower-case name; the first of two equal names wins."""
    main, _, rest = unfold(value).partition(";")
    plain_ones: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(rest):
        if found[1] is None:
            continue
        name, text = found[1].lower(), _unquoted(found)
        root, star, number = name.partition("*")
        if not star:
            plain_ones.setdefault(root, decode(text, hint).strip())
            continue
        index = number.rstrip("*") or "0"
        if index.isascii() and index.isdigit() and len(index) < 4:
            pieces.setdefault(root, {}).setdefault(int(index), (text, name.endswith("*")))
    joined = {root: _joined(parts, hint) for root, parts in pieces.items()}
    return charsets.scrub(plain(main, hint)).strip(), {**plain_ones, **{k: v for k, v in joined.items() if v}}


def _unquoted(found: re.Match[str]) -> str:
    if found[2] is None:
        return (found[4] or "").strip()
    quoted = re.sub(r"\\(.)", r"\1", found[2]) if not re.match(r"[A-Za-z]:\\", found[2]) else found[2]
    return quoted + found[3].rstrip()


def _joined(parts: dict[int, tuple[str, bool]], hint: str) -> str:
    """RFC 2231: charset'language'percent-encoded, in numbered pieces, some of them encoded and some not."""
    raw, charset, encoded = b"", "", False
    for number in sorted(parts):
        text, is_encoded = parts[number]
        if is_encoded and raw == b"" and text.count("'") > 1:
            charset, _, text = text.split("'", 2)
        encoded = encoded or is_encoded
        raw += unquote_to_bytes(as_bytes(text)) if is_encoded else as_bytes(text)
    if not encoded:
        return decode(raw.decode("utf-8", "surrogateescape"), hint).strip()
    text = charsets.decode(raw, charset or hint)[0]
    return (decode(text, hint) if "=?" in text else text).strip()
