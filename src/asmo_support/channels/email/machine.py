"""Was the letter written by a program? RFC 3834 and the stricter habit of Request Tracker: any hint counts (EI-14)."""

import re

from asmo_support.channels.email.letter import Address
from asmo_support.channels.email.mime import Part

_DAEMONS = re.compile(
    r"(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|uucp|listserv|majordomo|(?:no|do-?not|ne)-?_?reply[^@]*"
    r"|bounces?[+-][^@]*|autoreply|auto-reply|autoresponder)",
    re.IGNORECASE,
)
_BULK = re.compile(r"\b(?:bulk|junk|list|auto[_-]reply|autoreply)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\s*(?:re:\s*)?(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|autoreply|auto:"
    r"|out of (?:the )?office|away from (?:the |my )?office"
    r"|автоматический ответ|автоответ|авто-ответ|нет на месте|вне офиса|отсутствую\b|я в отпуске|в отпуске до)",
    re.IGNORECASE,
)
_RECEIPT = re.compile(r"\s*(?:(?:не )?проч(?:те|ита)но|not read):", re.IGNORECASE)
_LISTS = (
    "list-id",
    "list-post",
    "list-unsubscribe",
    "mailing-list",
    "x-mailing-list",
    "x-mailman-version",
    "feedback-id",
)
_AUTOREPLIES = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply-from",
    "x-mail-autoreply",
)
_MARKS = (
    *_AUTOREPLIES,
    "x-fc-machinegenerated",
    "x-loop",
    "x-failed-recipients",
)


def reasons(part: Part, sender: Address, subject: str) -> tuple[str, ...]:
    """Codes of everything that speaks for a program; empty for a person's letter."""
    found = {
        "auto-submitted": any(_first(value) not in {"", "no"} for value in part.fields.get("auto-submitted", [])),
        "auto-replied": any(_first(value) == "auto-replied" for value in part.fields.get("auto-submitted", []))
        or any(name in part.fields for name in _AUTOREPLIES),
        "null-return-path": any(value.strip() in {"<>", ""} for value in part.fields.get("return-path", []))
        or "<>" in "".join(part.fields.get("x-envelope-from", [])),
        "report": part.type == "multipart/report" or part.type.startswith("message/d"),
        "receipt": _is_receipt(part, subject),
        "precedence": any(
            _BULK.search(value) for name in ("precedence", "x-precedence") for value in part.fields.get(name, [])
        ),
        "auto-response-suppress": any(
            _first(value) not in {"", "none"} for value in part.fields.get("x-auto-response-suppress", [])
        ),
        "list": any(name in part.fields for name in _LISTS),
        "robot": any(name in part.fields for name in _MARKS),
        "daemon": bool(_DAEMONS.fullmatch(sender.email.partition("@")[0])),
        "subject": bool(_SUBJECT.match(subject)),
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _is_receipt(part: Part, subject: str) -> bool:
    """Somebody's mail program tells that our letter was read, or deleted unread (RFC 8098)."""
    kinds = {part.type, f"message/{part.parameters.get('report-type', '')}".lower()}
    return "message/disposition-notification" in kinds or bool(_RECEIPT.match(subject))


def _first(value: str) -> str:
    return re.split(r"[;\s(,]", value.strip().lower(), maxsplit=1)[0]
