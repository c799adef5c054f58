"""What a bounce says: to whom, how bad, why. First the form for programs (RFC 3464), else the words for people."""

import re
from collections.abc import Iterator
from dataclasses import replace

from asmo_support.channels.email import charsets, headers, mime, undelivered
from asmo_support.channels.email.letter import Address, Report
from asmo_support.channels.email.mime import Part

_FORMAL = {"message/delivery-status", "message/global-delivery-status"}
_FIELDS = re.compile(r"^(?:Final|Original)-Recipient: ?rfc822", re.IGNORECASE | re.MULTILINE)
_SCOPE = 200_000


def read(part: Part, sender: Address, subject: str, text: str) -> tuple[tuple[Report, ...], bool]:
    """The reports and whether the letter is a bounce (something did not arrive, or not yet)."""
    words = undelivered.above(text)
    formal = tuple(one for leaf in mime.leaves(part) if leaf.type in _FORMAL for one in _formal(leaf.bytes, words))
    if not formal and not undelivered.recognised(part, sender, subject, text):
        return (), False
    if not formal and (found := _FIELDS.search(text[:_SCOPE])):
        # The form for programs in a letter that lost its boundaries.
        formal = tuple(_formal(text[found.start() : _SCOPE].encode("utf-8", "replace"), words))
    if formal:
        return formal, any(one.action in {"failed", "delayed"} for one in formal)
    return tuple(undelivered.in_words(part, text)), True


def original_ids(part: Part, text: str) -> tuple[str, ...]:
    """Message-IDs of the letter that came back, from its headers wherever the bounce keeps them."""
    found: list[str] = []
    for leaf in mime.leaves(part):
        if leaf.is_letter or leaf.type in {"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}:
            found += [one for one in [mime.read(leaf.bytes[:65_536]).field("message-id")] if one]
    found += re.findall(
        r"^[> ]*(?:Original-)?Message-ID:\s*(<[^<>\s]{3,250}>)", text[:_SCOPE], re.IGNORECASE | re.MULTILINE
    )
    ids = (one for value in found for one in re.findall(r"<([^<>\s]{1,250})>", value))
    return tuple(dict.fromkeys(ids))[:20]


def is_wordy(part: Part) -> bool:
    """A part that calls itself a delivery status and holds words for people."""
    return part.type in _FORMAL and not re.search(rb"(?im)^(?:final-recipient|action|reporting-mta)[ \t]*:", part.bytes)


def _formal(raw: bytes, words: str) -> Iterator[Report]:
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for block in re.split(rb"\n[ \t]*\n", raw)[:1_001]:
        fields = mime.read(block.strip(b"\n") + b"\n\n")
        original = _recipient(fields.field("original-recipient"))
        recipient = _recipient(fields.field("final-recipient")) or original
        action = headers.plain(fields.field("action")).strip().lower().partition(" ")[0]
        if recipient or action:
            reason = _diagnosis(fields) or undelivered.reason_near(words, recipient, [])
            said = undelivered.report(recipient, action, _status(fields), reason)
            yield replace(said, original=original) if original != recipient else said


def _recipient(value: str) -> str:
    text = headers.plain(value).strip()
    text = text.partition(";")[2] if ";" in text else text
    found = undelivered.EMAIL.search(text)
    return charsets.scrub(found[0] if found else text.strip(" <>\t")[:254])


def _status(fields: Part) -> str:
    found = undelivered.STATUS.search(fields.field("status"))
    return found[1] if found else ""


def _diagnosis(fields: Part) -> str:
    text = headers.decode(fields.field("diagnostic-code"))
    return " ".join(re.sub(r"^\s*[\w-]{1,20}\s*;\s*", "", text).split())[: undelivered.LONGEST]
