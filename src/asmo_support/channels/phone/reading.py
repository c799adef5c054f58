"""What an exchange tells, read without trust: Zammad's generic CTI push, as JSON or as a form of either kind.

Pure: bytes to a dataclass, or `Unreadable` with a sentence for whoever sets the exchange up.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any, Literal
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _

from asmo_support.lib.errors import Unreadable

LONGEST_BODY = 16 * 1024
MOST_FIELDS = 60
KEY, TEXT, PEOPLE = 250, 100, 50
NAMES = {"newCall": "new", "answer": "answer", "hangup": "hangup"}
JSON, PARTS = "application/json", "multipart/form-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class PbxEvent:
    """One event of one call. `people` are names, inner numbers or addresses of whom it rings at, or who calls."""

    kind: str
    key: str
    direction: Literal["in", "out"]
    source: str
    target: str
    people: tuple[str, ...] = ()
    answering: str = ""
    cause: str = ""

    @property
    def theirs(self) -> str:
        """The customer's side."""
        return self.source if self.direction == "in" else self.target

    @property
    def ours(self) -> str:
        return self.target if self.direction == "in" else self.source


def read(body: bytes, content_type: str) -> PbxEvent:
    """Raises Unreadable for anything that is no event of a call."""
    fields = _fields(body, content_type)
    kind = NAMES.get(_one(fields, "event"))
    if kind is None:
        raise Unreadable(_("“event” must be newCall, answer or hangup."))
    direction = _one(fields, "direction")
    if direction not in {"in", "out"}:
        raise Unreadable(_("“direction” must be in or out."))
    key = _one(fields, "callId", KEY)
    if not key:
        raise Unreadable(_("“callId” is missing: without it the events of a call cannot be told from another’s."))
    return PbxEvent(
        kind=kind, key=key, direction="in" if direction == "in" else "out",
        source=_one(fields, "from"), target=_one(fields, "to"), people=tuple(_people(fields)),
        answering=_one(fields, "answeringNumber"), cause=_one(fields, "cause", 60),
    )  # fmt: skip


def _fields(body: bytes, content_type: str) -> dict[str, list[Any]]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON:
        return _from_json(body)
    return _from_parts(body, content_type) if kind == PARTS else _from_form(body)


def _from_json(body: bytes) -> dict[str, list[Any]]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(_("The body is no JSON.")) from problem
    if not isinstance(said, dict):
        raise Unreadable(_("The body must be one JSON object."))
    return {name: value if isinstance(value, list) else [value] for name, value in said.items()}


def _from_form(body: bytes) -> dict[str, list[Any]]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as problem:
        raise Unreadable(_("The body is neither a form nor JSON with its Content-Type.")) from problem
    found: dict[str, list[Any]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _from_parts(body: bytes, content_type: str) -> dict[str, list[Any]]:
    """A form sent part by part; a file in it is no field."""
    whole = message_from_bytes(b"Content-Type: " + content_type.encode("ascii", "replace") + b"\r\n\r\n" + body)
    parts = [one for one in whole.walk() if not one.is_multipart()] if whole.is_multipart() else []
    found: dict[str, list[Any]] = {}
    if not 0 < len(parts) <= MOST_FIELDS:
        raise Unreadable(_("The body is neither a form nor JSON with its Content-Type."))
    try:
        for part in parts:
            name, file = (part.get_param(one, header="Content-Disposition") for one in ("name", "filename"))
            if isinstance(name, str) and file is None:
                found.setdefault(name, []).append(bytes(part.get_payload(decode=True)).decode())
    except ValueError as problem:
        raise Unreadable(_("The body is neither a form nor JSON with its Content-Type.")) from problem
    return found


def _people(fields: dict[str, list[Any]]) -> Iterable[str]:
    """`user` or `user[]`, once or many times; some exchanges number them: `user[0]`."""
    values = [one for name, some in fields.items() if name.partition("[")[0] == "user" for one in some]
    return filter(None, (_plain("user", one, TEXT) for one in values[:PEOPLE]))


def _one(fields: dict[str, list[Any]], name: str, longest: int = TEXT) -> str:
    values = fields.get(name) or [""]
    return _plain(name, values[0], longest)


def _plain(name: str, value: Any, longest: int) -> str:
    """A text the database can keep: numbers are written out, what is nothing is empty, everything else is refused."""
    if value is None or isinstance(value, bool):
        return ""
    # A number of thousands of digits is no number of a phone, and costs time to write out.
    if isinstance(value, int) and abs(value) < 10**60:
        value = str(value)
    if not isinstance(value, str):
        raise Unreadable(_("“%(name)s” must be a text.") % {"name": name})
    text = value.strip()
    if len(text) > longest:
        raise Unreadable(_("“%(name)s” is longer than %(longest)s characters.") % {"name": name, "longest": longest})
    if not text.isprintable():
        raise Unreadable(_("“%(name)s” holds signs that cannot be printed.") % {"name": name})
    return text
