"""The tree of a letter: `compat32` splits it, an attached letter stays whole and keeps its very bytes.

Never `policy.default`: one long header costs it minutes. The parser's own class of message is replaced by one that
reads the type of a part without the exceptions real letters provoke.
"""

import binascii
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import compat32
from functools import cached_property
from typing import Any, cast

from asmo_support.channels.email import headers

_TYPE = re.compile(r"([a-z0-9!#$&^_.+*-]+)\s*/\s*([a-z0-9!#$&^_.+*-]+)", re.IGNORECASE)
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ?([^\r\n]*)\r?\n", re.MULTILINE)
_UU_END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)


class Part(Message):
    """One part. What `compat32` asks about its type is answered from our own reading of the fields.

    `hint` is the charset of the letter, for names nobody declared.
    """

    hint = ""

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """Raw values by lower-case name, in order, cut at the limit; `get` would mend what we want to see broken."""
        found: dict[str, list[str]] = {}
        for name, value in self.raw_items():
            text = str(value)
            long = len(text) > headers.LONGEST
            found.setdefault(name.lower(), []).append(
                headers.with_short_words(text)[: headers.LONGEST] if long else text
            )
        return found

    def field(self, name: str) -> str:
        return self.fields.get(name, [""])[0]

    @cached_property
    def _type(self) -> tuple[str, dict[str, str]]:
        main, parameters = headers.parameters(self.field("content-type"))
        found = _TYPE.match(main)
        if found:
            return f"{found[1]}/{found[2]}".lower(), parameters
        bare = main.strip().lower()
        if not bare:
            # A letter where the part stands in a digest (RFC 2046, 5.1.5).
            return self.get_default_type(), parameters
        kinds = {"text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}
        return kinds.get(bare.rstrip("/"), "text/plain"), parameters

    @cached_property
    def _disposition(self) -> tuple[str, dict[str, str]]:
        main, parameters = headers.parameters(self.field("content-disposition"), self.charset or self.hint)
        return main.lower(), parameters

    def get_content_type(self) -> str:
        # The parser would open attached letters and reports; they are opened by ourselves, from their own bytes.
        return "application/x-whole" if self.is_letter or self._type[0].startswith("message/") else self._type[0]

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    def get_boundary(self, failobj: Any = None) -> Any:
        # Read like the delimiters are: as the very bytes of the letter.
        return headers.parameters(self.field("content-type"))[1].get("boundary", "").rstrip() or failobj

    @property
    def type(self) -> str:
        return self._type[0]

    @property
    def is_letter(self) -> bool:
        return self._type[0] in {"message/rfc822", "message/global", "message/news"}

    @property
    def parameters(self) -> dict[str, str]:
        return self._type[1]

    @property
    def charset(self) -> str:
        return self._type[1].get("charset", "")

    @property
    def disposition(self) -> str:
        return self._disposition[0]

    @property
    def filename(self) -> str:
        _, parameters = headers.parameters(self.field("content-type"), self.charset or self.hint)
        return self._disposition[1].get("filename") or parameters.get("name", "")

    @property
    def content_id(self) -> str:
        return headers.decode(self.field("content-id"), self.charset).strip().removeprefix("<").removesuffix(">")

    @property
    def children(self) -> "list[Part]":
        inside: Any = self.__dict__["_payload"]
        return [one for one in inside if isinstance(one, Part)] if isinstance(inside, list) else []

    @cached_property
    def bytes(self) -> bytes:
        """The content with its transfer encoding undone; what cannot be undone stays as it came."""
        # Not `get_payload`: it replaces what it takes for undeclared bytes.
        inside: Any = self.__dict__["_payload"]
        if not isinstance(inside, str):
            return b""
        return _decoded(headers.as_bytes(inside), self.encoding)

    @property
    def is_encoded(self) -> bool:
        return self.encoding.startswith(("base64", "quoted", "uu", "xuu"))

    @property
    def encoding(self) -> str:
        value = self.field("content-transfer-encoding").partition(";")[0]
        return re.sub(r"\(.*?\)|[^a-z0-9]", "", value.lower())


def read(raw: bytes) -> Part:
    parser = BytesFeedParser(Part, policy=compat32)
    parser.feed(raw)
    root = cast("Part", parser.close())
    every = list(leaves(root))
    hint = next((one.charset for one in every if one.charset and one.type.startswith("text/")), root.charset)
    for one in every:
        one.hint = hint
    return root


def leaves(part: Part) -> Iterator[Part]:
    """The parts without children, in order; the depth was checked before."""
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if one.children:
            waiting.extend(reversed(one.children))
        else:
            yield one


def _decoded(raw: bytes, encoding: str) -> bytes:
    if encoding.startswith("quoted"):
        return binascii.a2b_qp(raw if b"\n" in raw else raw.replace(b"\r", b"\n"))
    if encoding.startswith("base64"):
        return headers.unbase64(raw)
    if encoding in {"xuuencode", "uuencode", "uue", "xuue"}:
        return next((content for _, content, _, _ in uuencoded(raw)), raw)
    return raw


def uuencoded(raw: bytes) -> Iterator[tuple[str, bytes, int, int]]:
    """Files written into a text by uuencode: name, content, where it starts and ends."""
    at = 0
    while (found := _UU_BEGIN.search(raw, at)) and (end := _UU_END.search(raw, found.end())):
        # The last «begin» before an «end» is the one; a text may speak of `begin`, too.
        start = raw.rfind(b"\nbegin ", found.start(), end.start()) + 1
        found = (_UU_BEGIN.match(raw, start) if start > found.start() else None) or found
        content = _unuu(raw[found.end() : end.start()])
        if content is not None:
            yield headers.plain(found[1].decode("utf-8", "surrogateescape")).strip(), content, found.start(), end.end()
        at = end.end()


def _unuu(block: bytes) -> bytes | None:
    kept = []
    for line in block.splitlines():
        if not line.strip() or line[:1] in {b"`", b" "}:
            continue
        try:
            kept.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Old programs lose blanks at the end of a line or write one sign too many.
            length = ((line[0] - 32) & 63) * 4 // 3 + 2
            try:
                kept.append(binascii.a2b_uu(line[:length].ljust(length - 1)))
            except binascii.Error:
                return None
    return b"".join(kept)
