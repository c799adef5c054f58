"""What the parts of a letter say: the text, the HTML, the files, in the order the writer put them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from asmo_support.channels.email import (
    attachments,
    charsets,
    clean,
    headers,
    invites,
    limits,
    markup,
    mime,
    reports,
    tnef,
)
from asmo_support.channels.email.letter import Attachment
from asmo_support.channels.email.mime import Part

NESTED = 3

_TEXTS = {"text/plain", "text/html", "text/enriched", "text/richtext"}
_CID = re.compile(r"cid:([^\"'\s>)]{1,300})", re.IGNORECASE)
_MARK = re.compile(r"\[cid:([^\[\]\s]{1,300})\]", re.IGNORECASE)
_PGP = re.compile(r"^-----BEGIN PGP (?:SIGNED )?MESSAGE-----", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One passage: plain, HTML, or both forms of the same. `marked` is the text with signs for `visible`; `pictured`
    the text with its «[cid:…]», where they were taken out of `text`.
    """

    text: str = ""
    html: str = ""
    pictured: str = ""

    @property
    def marked(self) -> str:
        return self.text if self.text.strip() else markup.to_marked(self.html)

    def placed(self, names: Mapping[str, str]) -> str:
        """`marked` with «[file name]» where a picture of `names`, by Content-ID, stands."""
        text = self.pictured or self.marked
        marks = any(found in names for found in _MARK.findall(text))
        if marks or not any(found.strip("<>") in names for found in _CID.findall(self.html)):
            return _MARK.sub(lambda found: f"[{names[found[1]]}]" if found[1] in names else found[0], text)
        return markup.to_marked(self.html, names)


@dataclass(slots=True)
class Content:
    """Everything found so far while walking the tree. `spare` speaks when the letter itself says nothing."""

    blocks: list[Block] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    referable: list[Attachment] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    spare: list[Block] = field(default_factory=list)
    inside: str = ""
    depth: int = 0

    def notice(self, defect: str) -> None:
        if defect and defect not in self.defects:
            self.defects.append(defect)

    @property
    def text(self) -> str:
        parts = (markup.unmarked(block.marked) for block in self.blocks)
        return "\n\n".join(part for part in parts if part.strip())

    @property
    def marked(self) -> str:
        parts = (block.marked for block in self.blocks)
        return "\n\n".join(part for part in parts if part.strip())

    @property
    def pictures(self) -> dict[str, str]:
        """Names of the pictures among the words, by Content-ID."""
        return {one.content_id: one.name for one in reversed(self.files) if one.content_id and one.inline}

    @property
    def placed(self) -> str:
        """`marked` with names of pictures in their places; empty when there is no picture in the text."""
        names = self.pictures
        parts = [block.placed(names) for block in self.blocks] if names else []
        text = "\n\n".join(part for part in parts if part.strip())
        return text if text != self.marked else ""

    @property
    def html(self) -> str:
        if not any(block.html.strip() for block in self.blocks):
            return ""
        return "\n".join(block.html if block.html.strip() else clean.paragraphs(block.text) for block in self.blocks)


def read(part: Part, *, depth: int = 0, inside: str = "") -> Content:
    """The content below `part`."""
    content = Content(inside=inside, depth=depth)
    content.blocks = _blocks(part, content)
    if not any(block.marked.strip() for block in content.blocks):
        content.blocks = content.spare[:1]
    shown = {found.strip("<>") for block in content.blocks for found in _CID.findall(block.html)}
    shown |= {found for block in content.blocks for found in _MARK.findall(block.text)}
    content.files = [_placed(one, shown) for one in content.files]
    if not depth:
        content.files = _told_apart(content.files)
        known = set(content.pictures)
        content.blocks = [_without_marks(block, known) for block in content.blocks]
    return content


def _without_marks(block: Block, known: set[str]) -> Block:
    """Outlook writes «[cid:…]» into its plain text; a mark of a picture that came along is no word of anybody's."""
    if known.isdisjoint(_MARK.findall(block.text)):
        return block
    lines: list[str] = []
    for line in block.text.split("\n"):
        rest = _MARK.sub(lambda found: "" if found[1] in known else found[0], line)
        if rest == line:
            lines.append(line)
        elif rest.strip("> \t"):
            lines.append(re.sub(r"(?<=\S) {2,}", " ", rest).rstrip())
    return replace(block, text=re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)), pictured=block.text)


def _told_apart(files: list[Attachment]) -> list[Attachment]:
    """A picture in the text is named there, so its name is its own among the files of the letter."""
    taken = {one.name for one in files if not _is_in_place(one)}
    named = []
    for one in files:
        name, number = one.name, 0
        while _is_in_place(one) and name in taken:
            number += 1
            name = _numbered(one.name, number)
        taken.add(name)
        named.append(one if name == one.name else replace(one, name=name))
    return named


def _is_in_place(one: Attachment) -> bool:
    return one.inline and bool(one.content_id)


def _numbered(name: str, number: int) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem} ({number}).{suffix}" if dot else f"{name} ({number})"


def _placed(one: Attachment, shown: set[str]) -> Attachment:
    """A picture the HTML shows in its place is inline whatever its disposition says."""
    if one.inline or not one.content_id or one.content_id not in shown:
        return one
    return attachments.made(one.name, one.type, one.content, inline=True, content_id=one.content_id, inside=one.inside)


def _blocks(part: Part, content: Content) -> list[Block]:
    for defect in part.defects:
        content.notice(_DEFECTS.get(type(defect).__name__, ""))
    if part.children:
        blocks = [block for child in part.children for block in _blocks(child, content)]
        return _merged(blocks) if part.type == "multipart/alternative" else blocks
    if part.type.startswith("multipart/") and not part.bytes.strip():
        return []
    if part.is_letter:
        return _letter(part, content)
    return _body(part, content) if _is_body(part) or reports.is_wordy(part) else _file(part, content)


def _merged(blocks: list[Block]) -> list[Block]:
    """The forms of one passage."""
    texts = [block.text for block in blocks if block.text.strip()]
    htmls = [block.html for block in blocks if block.html.strip()]
    return [Block("\n\n".join(texts), "\n".join(htmls))] if texts or htmls else []


def _is_body(part: Part) -> bool:
    if part.disposition.startswith("attachment") or part.filename:
        return False
    return part.type in _TEXTS or part.type.startswith("multipart/")


def _body(part: Part, content: Content) -> list[Block]:
    text, defect = charsets.decode(part.bytes, part.charset)
    content.notice(defect)
    if part.content_id:
        one = attachments.made(
            "", part.type, part.bytes, inline=True, content_id=part.content_id, inside=content.inside
        )
        content.referable.append(one)
    if part.type == "text/html":
        if not limits.is_html_fit(text):
            content.notice("html-too-big")
            return [Block(text=markup.to_text(text))]
        return [Block(html=text)]
    if part.type in {"text/enriched", "text/richtext"}:
        return [Block(html=re.sub(r"</?[A-Za-z0-9-]{1,40}>", "", text).replace("<<", "&lt;").replace("\n", "<br>"))]
    if "begin " in text:
        text = _without_uuencoded(part, content)
    if _PGP.search(text):
        content.notice("pgp-inline")
    flowed = part.parameters.get("format", "").lower() == "flowed"
    return [Block(text=_unflowed(text, delsp=part.parameters.get("delsp", "").lower() == "yes") if flowed else text)]


def _without_uuencoded(part: Part, content: Content) -> str:
    raw, kept, at = part.bytes, b"", 0
    for name, inner, start, end in mime.uuencoded(raw):
        kept, at = kept + raw[at:start], end
        kind = attachments.guessed(name)
        content.files.append(attachments.made(name, kind, inner, inside=content.inside))
    return charsets.decode(kept + raw[at:], part.charset)[0]


def _unflowed(text: str, *, delsp: bool) -> str:
    """RFC 3676: a line that ends with a blank goes on in the next line of the same depth."""
    lines: list[str] = []
    depth_before, soft = -1, False
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        if soft and depth == depth_before:
            lines[-1] = (lines[-1].removesuffix(" ") if delsp else lines[-1]) + bare
        else:
            lines.append((">" * depth + " " if depth else "") + bare)
        soft, depth_before = bare.endswith(" ") and bare != "-- ", depth
    return "\n".join(lines)


def _letter(part: Part, content: Content) -> list[Block]:
    """An attached letter is a file with its own bytes; its words and files are shown as well, a few levels deep."""
    raw = part.bytes
    inner = mime.read(raw.lstrip(b"\r\n")) if content.depth < NESTED else None
    subject = headers.decode(inner.field("subject"), inner.charset) if inner else ""
    name = part.filename or (f"{subject[:100]}.eml" if subject else "")
    whole = attachments.made(
        name, part.type, raw, content_id=part.content_id, inside=content.inside, encoded=part.is_encoded
    )
    content.files.append(whole)
    if inner is None:
        return []
    nested = read(inner, depth=content.depth + 1, inside=whole.name)
    content.files += nested.files
    content.referable += nested.referable
    for defect in nested.defects:
        content.notice(defect)
    return [Block(text=_head(inner, subject)), *nested.blocks] if nested.blocks else []


def _head(inner: Part, subject: str) -> str:
    """Who wrote the attached letter, in the words of its own fields."""
    fields = [(name, headers.decode(inner.field(name.lower()), inner.charset)) for name in ("From", "Date", "To")]
    lines = [f"{name}: {value}" for name, value in [*fields, ("Subject", subject)] if value.strip()]
    return "\n".join(lines)


def _file(part: Part, content: Content) -> list[Block]:
    raw = part.bytes
    name = part.filename
    one = attachments.made(
        name,
        part.type,
        raw,
        inline=part.disposition.startswith("inline") and part.type.startswith("image/"),
        content_id=part.content_id,
        inside=content.inside,
        encoded=part.is_encoded,
    )
    content.files.append(one)
    if one.kind == "tnef":
        _unpack(one, content)
    if one.kind == "calendar":
        words = charsets.decode(raw, part.charset or "utf-8")[0]
        content.spare.append(Block(text=invites.summary(words, part.parameters.get("method", ""))))
    return []


def _unpack(one: Attachment, content: Content) -> None:
    """The files of Outlook's parcel; its text too, when nothing else was written."""
    parcel = tnef.opened(one.content)
    content.files += [
        attachments.made(name, attachments.guessed(name), raw, inside=one.name, encoded=True)
        for name, raw in parcel.files
    ]
    content.spare.append(Block(text=parcel.text, html=parcel.html if limits.is_html_fit(parcel.html) else ""))


_DEFECTS = {
    "NoBoundaryInMultipartDefect": "no-boundary",
    "StartBoundaryNotFoundDefect": "boundary-not-found",
    "CloseBoundaryNotFoundDefect": "letter-cut-off",
    "MissingHeaderBodySeparatorDefect": "broken-headers",
    "FirstHeaderLineIsContinuationDefect": "broken-headers",
    "MisplacedEnvelopeHeaderDefect": "broken-headers",
}
