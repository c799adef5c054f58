"""`winmail.dat`: the parcel of Outlook and Exchange (MS-OXTNEF), opened for its files and its text.

Bounds are checked at every step; what does not fit ends the reading, what was found so far counts.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from asmo_support.channels.email import charsets

_SIGNATURE = 0x223E9F78
_MOST_FILES = 200
_ATTRIBUTE = struct.Struct("<BII")

_BODY, _CODEPAGE, _MESSAGE = 0x0002800C, 0x00069007, 0x00069003
_NEW_FILE, _TITLE, _DATA, _FILE = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_LONG_NAME, _SHORT_NAME, _CONTENT, _TEXT, _HTML = 0x3707, 0x3704, 0x3701, 0x1000, 0x1013

_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_STRING, _UNICODE, _OBJECT, _BINARY, _MANY = 0x1E, 0x1F, 0x0D, 0x0102, 0x1000


@dataclass(slots=True)
class Parcel:
    """What was inside; `html` and `text` are empty when Outlook packed neither."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    text: str = ""
    html: str = ""


def opened(raw: bytes) -> Parcel:
    """The content of a parcel; an empty one when it is none."""
    parcel = Parcel()
    charset = "cp1251"
    for number, content in _attributes(raw):
        if number == _CODEPAGE and len(content) >= 4:
            charset = f"cp{int.from_bytes(content[:4], 'little')}"
        elif number == _BODY:
            parcel.text = _words(content, charset)
        elif number == _MESSAGE:
            _fill(parcel, content, charset)
        elif number == _NEW_FILE and len(parcel.files) < _MOST_FILES:
            parcel.files.append(("", b""))
        elif parcel.files:
            parcel.files[-1] = _more_of(parcel.files[-1], number, content, charset)
    parcel.files = [one for one in parcel.files if one[1]]
    return parcel


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    if len(raw) < 6 or int.from_bytes(raw[:4], "little") != _SIGNATURE:
        return
    at = 6
    while at + _ATTRIBUTE.size <= len(raw):
        _, number, size = _ATTRIBUTE.unpack_from(raw, at)
        start = at + _ATTRIBUTE.size
        if start + size > len(raw):
            return
        yield number, raw[start : start + size]
        at = start + size + 2  # the checksum


def _more_of(known: tuple[str, bytes], number: int, content: bytes, charset: str) -> tuple[str, bytes]:
    name, data = known
    if number == _TITLE:
        return name or _words(content, charset), data
    if number == _DATA:
        return name, content
    if number != _FILE:
        return known
    found = dict(_properties(content))
    long_name = found.get(_LONG_NAME) or (b"" if name else found.get(_SHORT_NAME, b""))
    return (_words(long_name, charset) if long_name else name), data or found.get(_CONTENT, b"")


def _fill(parcel: Parcel, content: bytes, charset: str) -> None:
    found = dict(_properties(content))
    parcel.html = parcel.html or _words(found.get(_HTML, b""), charset)
    parcel.text = parcel.text or _words(found.get(_TEXT, b""), charset)


def _words(raw: bytes, charset: str) -> str:
    """Code page or UTF-16, told apart by the zeros."""
    if raw[1:2] == b"\0" or b"\x04" in raw[1:2]:
        return charsets.scrub(raw.decode("utf-16-le", "replace")).rstrip("\0")
    return charsets.decode(raw.rstrip(b"\0"), charset)[0]


def _properties(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """MAPI properties: number and the bytes of the first value."""
    at = 4
    for _ in range(int.from_bytes(raw[:4], "little")):
        if at + 4 > len(raw):
            return
        kind, number = struct.unpack_from("<HH", raw, at)
        at = _after_name(raw, at + 4) if number >= 0x8000 else at + 4
        value, at = _value(raw, at, kind)
        if at > len(raw):
            return
        yield number, value


def _after_name(raw: bytes, at: int) -> int:
    """A named property says its name first: a GUID, then a number or words."""
    kind = int.from_bytes(raw[at + 16 : at + 20], "little")
    if not kind:
        return at + 24
    size = int.from_bytes(raw[at + 20 : at + 24], "little")
    return at + 24 + _padded(size)


def _value(raw: bytes, at: int, kind: int) -> tuple[bytes, int]:
    single = kind & ~_MANY
    size = _FIXED.get(single)
    if size is not None and not kind & _MANY:
        return raw[at : at + size], at + size
    count = int.from_bytes(raw[at : at + 4], "little")
    at += 4
    if size is not None:
        return raw[at : at + size], at + count * size
    first = b""
    for turn in range(min(count, 10_000)):
        size = int.from_bytes(raw[at : at + 4], "little")
        if at + 4 + size > len(raw):
            return first, len(raw) + 1
        value = raw[at + 4 : at + 4 + size]
        first = value[16:] if single == _OBJECT and not turn else (first or value)
        at += 4 + _padded(size)
    return first, at


def _padded(size: int) -> int:
    return (size + 3) & ~3
