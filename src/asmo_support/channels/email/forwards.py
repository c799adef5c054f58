"""Who really asks when a letter was forwarded to us: a hint for the agent, never an identity."""

import re

from asmo_support.channels.email import addresses, mime
from asmo_support.channels.email.bodies import Content
from asmo_support.channels.email.letter import Address

_SUBJECT = re.compile(r"\s*(?:fwd?|fw|пересл|перес|wg|i)\s*:", re.IGNORECASE)
_HEAD = re.compile(
    r"^[> *_\t]*(?:begin forwarded message:?|-{2,}\s*(?:forwarded message|пересылаемое сообщение"
    r"|перенаправленное сообщение|пересылаемое письмо|пересланное сообщение|original message|исходное сообщение).{0,40}"
    r"|начало переадресованного (?:сообщения|письма):?|пересылаемое сообщение:?|конец пересылаемого сообщения)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_DATED = re.compile(
    r"^[> *_\t]*\d{1,2}[./]\d\d[./]\d{4},? (?:в )?\d{1,2}:\d\d(?::\d\d)?,? (.{3,300}>):?[ \t]*$", re.MULTILINE
)
_FROM = re.compile(r"^[> *_\t]*(?:from|от кого|от|отправитель)[ *]*:[ *]*(.{3,300})$", re.IGNORECASE | re.MULTILINE)


def true_sender(subject: str, content: Content) -> Address | None:
    """The sender named inside a forwarded letter, attached or quoted; None when it is not a forward."""
    letters = [one for one in content.files if one.kind == "letter" and not one.inside]
    if len(letters) == 1:
        found = addresses.read(mime.read(letters[0].content[:65_536]).field("from")).found
        return found[0] if found and found[0].email else None
    text = content.text[:50_000]
    head = _HEAD.search(text)
    if not head and not _SUBJECT.match(subject):
        return None
    start = head.end() if head else 0
    found_lines = [line for line in (_FROM.search(text, start), _DATED.search(text, start)) if line]
    line = min(found_lines, key=lambda each: each.start(), default=None)
    found = addresses.read(line[1].replace("[mailto:", "<").replace("]", ">")).found if line else ()
    return found[0] if found and "@" in found[0].email else None
