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
_REPLY = (
    r"auto(?:matic|mated)?[ -]?(?:reply|response|answer)|autoreply|auto(?=:)"
    r"|автоматический ответ|авто-?ответ(?:чик)?"
)
_AWAY = (
    r"out of (?:the )?office(?: (?:auto-?reply|reply|message))?|away from (?:the |my )?office"
    r"|нет на (?:месте|работе)|вне офиса|отсутствую|(?:я )?в отпуске"
)
# As programs write it: «Автоответ: Акт», or nothing but that, «В отпуске до 15 марта».
_SUBJECT = re.compile(rf"\s*(?:re:\s*)?(?:{_REPLY}|{_AWAY})[.!]?\s*(?::|$)", re.IGNORECASE)
_SINCE = re.compile(rf"\s*(?:re:\s*)?(?:{_AWAY})\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s\-–—(),.!]+")
_OF_DAYS = re.compile(
    r"с|до|по|from|until|till|to|through|\d[\d.:/]*|г|года?"
    r"|янв\w*|фев\w*|март?а?|апр\w*|ма[йя]|ию[нл]\w*|авг\w*|сен\w*|окт\w*|ноя\w*|дек\w*"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*",
    re.IGNORECASE,
)
_LONGEST = 200
# «Автоответ не работает» is a request; in answer to a letter, where people's begin with «Re:», it is none.
_LOOSELY = re.compile(rf"\s*(?:{_REPLY}|{_AWAY})\b", re.IGNORECASE)
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
        "subject": _is_answer(part, subject),
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _is_receipt(part: Part, subject: str) -> bool:
    """Somebody's mail program tells that our letter was read, or deleted unread (RFC 8098)."""
    kinds = {part.type, f"message/{part.parameters.get('report-type', '')}".lower()}
    return "message/disposition-notification" in kinds or bool(_RECEIPT.match(subject))


def _is_answer(part: Part, subject: str) -> bool:
    """The subject is a program's. People ask about absence and automatic answers too."""
    answers = "in-reply-to" in part.fields or "references" in part.fields
    return bool(_SUBJECT.match(subject) or _tells_days(subject) or (answers and _LOOSELY.match(subject)))


def _tells_days(subject: str) -> bool:
    """Somebody is away, and from when till when: nothing else."""
    away = _SINCE.match(subject[:_LONGEST])
    if away is None or len(subject) > _LONGEST:
        return False
    words = [word for word in _BETWEEN.split(subject[away.end() :]) if word]
    return all(_OF_DAYS.fullmatch(word) for word in words)


def _first(value: str) -> str:
    return re.split(r"[;\s(,]", value.strip().lower(), maxsplit=1)[0]
