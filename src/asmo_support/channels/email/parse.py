"""A letter out of its bytes: pure, `bytes -> Letter`. Meant to run inside `child`, whose limits catch what is left.

Raises `Unreadable` with a code of `limits.REASONS`; anything short of that is read as well as it goes and named in
`Letter.defects`.
"""

import re

from asmo_support.channels.email import (
    addresses,
    auth,
    bodies,
    charsets,
    clean,
    forwards,
    headers,
    limits,
    machine,
    mime,
    reports,
    sealed,
    visible,
)
from asmo_support.channels.email.letter import Address, Attachment, Letter
from asmo_support.channels.email.mime import Part

_ID = re.compile(r"<([^<>\s]{1,250})>")
_IDS = 100
_REPORTED = {
    "message/delivery-status",
    "message/global-delivery-status",
    "message/disposition-notification",
    "text/rfc822-headers",
    "message/feedback-report",
}
_DESTINATIONS = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-delivered-to",
    "original-recipient",
)


def parse(raw: bytes, *, authserv_id: str = "") -> Letter:
    """The letter. `authserv_id` names the mail server whose Authentication-Results are believed."""
    raw, defects = limits.checked(raw.removeprefix(b"\xef\xbb\xbf"))
    part = mime.read(raw)
    hint = next(mime.leaves(part)).hint
    subject = headers.decode(part.field("subject"), hint).strip()
    senders = _addresses(part, "from", hint)
    sender = senders.found[0] if senders.found else Address("")
    content = bodies.read(part)
    content.defects[:0] = defects
    text = content.text
    if len(text) > limits.TEXT:
        text = text[: limits.TEXT]
        content.notice("text-too-long")
    found, is_bounce = reports.read(part, sender, subject, text)
    html = content.html
    return Letter(
        sender=sender,
        verified_syntax=senders.clean and len(senders.found) == 1 and len(part.fields.get("from", [])) == 1,
        raw_from=charsets.scrub(headers.plain("; ".join(part.fields.get("from", [])), hint))[:1_000],
        to=_addresses(part, "to", hint).found,
        cc=_addresses(part, "cc", hint).found,
        reply_to=_addresses(part, "reply-to", hint).found,
        delivered_to=_destinations(part),
        subject=subject,
        message_id=next(iter(_ids(part, "message-id")), headers.decode(part.field("message-id")).strip(" <>")[:250]),
        in_reply_to=_ids(part, "in-reply-to"),
        references=_ids(part, "references"),
        date=headers.decode(part.field("date")).strip()[:200],
        text=text,
        html=html,
        safe_html=clean.safe_html(html) if html else "",
        visible_text=visible.shown(content.marked),
        placed_text=visible.shown(placed) if (placed := content.placed) else "",
        attachments=_files(content.files),
        referable=tuple(content.referable),
        machine=machine.reasons(part, sender, subject),
        bounce=is_bounce,
        reports=found,
        original_ids=reports.original_ids(part, text) if is_bounce or part.type == "multipart/report" else (),
        forwarded_from=forwards.true_sender(subject, content),
        auth=auth.read(part.fields.get("authentication-results", []), authserv_id),
        defects=tuple(content.defects),
        sealed=sealed.seals(part, content),
    )


def _addresses(part: Part, name: str, hint: str) -> addresses.Reading:
    readings = [addresses.read(value, hint) for value in part.fields.get(name, [])[:10]]
    found = tuple(dict.fromkeys(one for reading in readings for one in reading.found))
    return addresses.Reading(found, all(reading.clean for reading in readings))


def _ids(part: Part, name: str) -> tuple[str, ...]:
    found = (one for value in part.fields.get(name, []) for one in _ID.findall(headers.unfold(value)))
    return tuple(dict.fromkeys(charsets.scrub(headers.plain(one)) for one in found))[-_IDS:]


def _destinations(part: Part) -> tuple[str, ...]:
    values = (value for name in _DESTINATIONS for value in part.fields.get(name, [])[:20])
    found = (one.email for value in values for one in addresses.read(value.rpartition(";")[2]).found)
    return tuple(dict.fromkeys(one for one in found if one))


def _files(found: list[Attachment]) -> tuple[Attachment, ...]:
    """Every file; the forms of a report meant for programs are in `reports`, not among the files."""
    return tuple(
        one for one in found if one.type not in _REPORTED or one.name.partition(".")[0] not in {"message", "text"}
    )
