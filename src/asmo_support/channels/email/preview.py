"""A letter that could not be read, as plain text for the staff: linear, never raises, nothing in it is active."""

import re

from asmo_support.channels.email import charsets, headers

_SHOWN = ("from", "to", "subject", "date")
_FIELD = re.compile(rb"^([!-9;-~]{1,60})[ \t]*:([^\n]{0,8000}(?:\n[ \t][^\n]{0,2000}){0,50})", re.MULTILINE)
_HEAD = 64 * 1024
_END = re.compile(rb"\r?\n[ \t]*\r?\n")


def preview(raw: bytes, longest: int = 20_000) -> str:
    """Who, whom, what about, when; then the body as it came, its coding left alone."""
    end = _END.search(raw, 0, _HEAD)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw[:_HEAD], raw[_HEAD:])
    found: dict[str, str] = {}
    for field in _FIELD.finditer(head):
        name = field[1].decode("ascii").lower()
        if name in _SHOWN:
            found.setdefault(name, headers.decode(_whole(field[2])).strip()[:500])
    lines = [f"{name.capitalize()}: {found[name]}" for name in _SHOWN if name in found]
    text, _ = charsets.decode(body[: longest * 4])
    return "\n".join([*lines, "", text.strip("\n")])[:longest]


def _whole(value: bytes) -> str:
    return headers.with_short_words(value.decode("utf-8", "surrogateescape"))


def header(raw: bytes, longest: int = 20_000) -> str:
    """The header as it came, encoded words and all, as plain text."""
    end = _END.search(raw, 0, _HEAD)
    text, _ = charsets.decode((raw[: end.start()] if end else raw[:_HEAD])[: longest * 2])
    return text.replace("\r\n", "\n").replace("\x00", "")[:longest]
