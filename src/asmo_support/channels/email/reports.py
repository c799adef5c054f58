"""What a bounce says: to whom, how bad, why. First the form for programs (RFC 3464), else the words for people."""

import re
from collections.abc import Iterator

from asmo_support.channels.email import charsets, headers, mime
from asmo_support.channels.email.letter import Address, Report
from asmo_support.channels.email.mime import Part

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.#:-])([45]\d\d)(?=[ \t\r\n-])")
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_DAEMON = re.compile(
    r"mailer-?daemon|postmaster|mail-?daemon|mdaemon|mail delivery|delivery sub-?system|maildelivery"
    r"|mail administrator|служба доставки",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|report|problem|has failed|error|failed)|returned mail"
    r"|mail (?:delivery|system error|failure)|failure (?:notice|delivery)"
    r"|could ?n[o']t be delivered|not delivered|non-?delivery|delivery delayed|delayed mail"
    r"|warning: (?:could not|message)|message (?:not )?delivered|nondeliverable|bounced"
    r"|недоставлен|не доставлен|не удалось доставить|ошибка доставки|доставка невозможна"
    r"|не может быть доставлено|возвращен[оа]? ",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:could|can|was|were|has|have|is|be|did)(?: ?not|n't) (?:be |been |yet been )?(?:deliver|sen[dt]|reach"
    r"|accept)|undeliver|delivery (?:to the following|has failed|failed|status)|permanent(?:ly)? (?:error|fatal|failed)"
    r"|user unknown|unknown user|no such (?:user|recipient|mailbox|address)|mailbox (?:full|unavailable|is full"
    r"|not found)|does not exist|returned to (?:you|sender)|not? (?:been )?delivered|unable to deliver"
    r"|не (?:было |было бы |может быть |удалось |смогло? )?(?:доставлен|доставить)|не существует|недоставлен",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"warning only|will be retried|still being retried|delayed|temporar|do not need to resend|продолжа(?:т|ю)|отложен",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^[> ]*(?:-{2,}.{0,20}(?:original|returned|copy of|below this line|unsent|исходное|возвращ).{0,60}"
    r"|original message follows.{0,20}|received: (?:from|by) .{0,200}|return-path: .{0,200}"
    r"|-{5,}.{0,10}message.{0,20}header.{0,40})$",
    re.IGNORECASE | re.MULTILINE,
)
_NO_ADDRESS = re.compile(
    r"user(?: is)? unknown|unknown (?:user|recipient|address|local|mailbox)|no such (?:user|recipient|mailbox"
    r"|address|person|account|domain|host)|does(?: not|n't) exist|doesn't have an? .{0,30}account|not (?:exist"
    r"|found|listed|a valid|our (?:user|customer))"
    r"|invalid (?:recipient|mailbox|user|address|final)|unrouteable|unrouted|no mailbox|mailbox (?:unavailable"
    r"|not found|does)|recipient (?:address )?rejected|(?:account|mailbox|user|address)(?: has been| is"
    r"| was)? (?:disabled|inactive|deactivated|suspended|terminated|closed|deleted)"
    r"|host (?:not found|unknown)|domain (?:name )?not found|unknown (?:host|domain)|name (?:service"
    r"|server) error|no (?:mx|a record)|bad destination|isn't listed|moved|no longer (?:valid|works|available"
    r"|active|employed)|recipientnotfound|не существует|не найден|нет такого|отключ[её]н|заблокирован",
    re.IGNORECASE,
)
_NOT_ADDRESS = re.compile(
    r"full|quota|over ?limit|too (?:large|big|many)|size|exceed|spam|blacklist|block(?:ed|list)|policy|virus"
    r"|greylist|content|reputation|spf|dkim|dmarc|rate|try again|temporar|переполнен|квот|спам",
    re.IGNORECASE,
)
_WORD_SIZE = 500


def read(part: Part, sender: Address, subject: str, text: str) -> tuple[tuple[Report, ...], bool]:
    """The reports and whether the letter is a bounce (something did not arrive, or not yet)."""
    formal = tuple(report for leaf in mime.leaves(part) if leaf.type in _FORMAL for report in _formal(leaf))
    if formal:
        return formal, any(report.action in {"failed", "delayed"} for report in formal)
    if not _speaks_of_failure(part, sender, subject, text):
        return (), False
    return tuple(_in_words(part, text)), True


def original_ids(part: Part, text: str) -> tuple[str, ...]:
    """Message-IDs of the letter that came back, from its headers wherever the bounce keeps them."""
    found: list[str] = []
    for leaf in mime.leaves(part):
        if leaf.is_letter or leaf.type in {"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}:
            found += [one for one in [mime.read(leaf.bytes[:65_536]).field("message-id")] if one]
    found += re.findall(
        r"^[> ]*(?:Original-)?Message-ID:\s*(<[^<>\s]{3,250}>)", text[:200_000], re.IGNORECASE | re.MULTILINE
    )
    ids = (one for value in found for one in re.findall(r"<([^<>\s]{1,250})>", value))
    return tuple(dict.fromkeys(ids))[:20]


def is_wordy(part: Part) -> bool:
    """A part that calls itself a delivery status and holds words for people."""
    return part.type in _FORMAL and not re.search(rb"(?im)^(?:final-recipient|action|reporting-mta)[ \t]*:", part.bytes)


_FORMAL = {"message/delivery-status", "message/global-delivery-status"}


def _formal(leaf: Part) -> Iterator[Report]:
    raw = leaf.bytes.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for block in re.split(rb"\n[ \t]*\n", raw)[:1_001]:
        fields = mime.read(block.strip(b"\n") + b"\n\n")
        recipient = _recipient(fields.field("final-recipient")) or _recipient(fields.field("original-recipient"))
        action = headers.plain(fields.field("action")).strip().lower().partition(" ")[0]
        if not recipient and not action:
            continue
        yield _report(recipient, action, _status(fields), _diagnosis(fields))


def _recipient(value: str) -> str:
    text = headers.plain(value).strip()
    text = text.partition(";")[2] if ";" in text else text
    found = _EMAIL.search(text)
    return found[0] if found else text.strip(" <>\t")[:254]


def _status(fields: Part) -> str:
    found = _STATUS.search(fields.field("status")) or _STATUS.search(fields.field("diagnostic-code"))
    return found[1] if found else ""


def _diagnosis(fields: Part) -> str:
    value = fields.field("diagnostic-code") or fields.field("status")
    text = headers.decode(value)
    return " ".join(re.sub(r"^\s*[\w-]{1,20}\s*;\s*", "", text).split())[:_WORD_SIZE]


def _report(recipient: str, action: str, status: str, reason: str) -> Report:
    code = _CODE.search(f" {reason} ")
    status = status or (f"{code[1][0]}.0.0" if code else "")
    action = action or ("failed" if status.startswith("5") else "delayed")
    return Report(recipient, action, status, reason, hard=action == "failed" and _is_hard(status, reason))


def _is_hard(status: str, reason: str) -> bool:
    """The address itself is of no use: nobody there, no such host. A full box or a refused text is not the address."""
    if status.startswith("4"):
        return False
    if status.startswith("5.1.") and status not in {"5.1.7", "5.1.8", "5.1.0"}:
        return True
    if status in {"5.2.2", "5.2.3", "5.3.4"} or status.startswith(("5.6.", "5.7.")):
        return bool(_NO_ADDRESS.search(reason)) and not _NOT_ADDRESS.search(reason)
    if status in {"5.2.1", "5.4.4", "5.1.0"}:
        return not _NOT_ADDRESS.search(reason)
    return bool(_NO_ADDRESS.search(reason)) or not _NOT_ADDRESS.search(reason)


def _speaks_of_failure(part: Part, sender: Address, subject: str, text: str) -> bool:
    if "x-failed-recipients" in part.fields:
        return True
    is_daemon = bool(_DAEMON.search(f"{sender.email} {sender.name}"))
    is_nobody = any(value.strip() == "<>" for value in part.fields.get("return-path", []))
    is_report = part.type == "multipart/report" and part.parameters.get("report-type", "").lower() == "delivery-status"
    said = bool(_WORDS.search(_above(text)))
    named = bool(_SUBJECT.search(subject))
    return (is_report and (said or named)) or (is_daemon and (said or named)) or (is_nobody and named and said)


def _above(text: str) -> str:
    """The words of the postman, without the letter he brings back."""
    head = text[:20_000]
    found = _ORIGINAL.search(head, 40)
    return head[: found.start()] if found else head


def _in_words(part: Part, text: str) -> Iterator[Report]:
    words = _above(text)
    named = [one for value in part.fields.get("x-failed-recipients", []) for one in _EMAIL.findall(value)]
    own = {
        one.lower()
        for name in ("to", "from", "return-path", "delivered-to", "sender")
        for value in part.fields.get(name, [])
        for one in _EMAIL.findall(value)
    }
    found = named or [one.rstrip(".") for one in _EMAIL.findall(words)]
    kept = [one for one in dict.fromkeys(found) if one in named or (one.lower() not in own and not _DAEMON.match(one))]
    for recipient in kept[:50] if named else kept[:1]:
        reason = _reason(words, recipient)
        status = _STATUS.search(reason) or _STATUS.search(words)
        action = (
            "delayed"
            if _DELAY.search(words) and not re.search(r"permanent|fatal|giv(?:en|ing) up|failed", words, re.IGNORECASE)
            else "failed"
        )
        yield _report(recipient, action, status[1] if status else "", reason)


def _reason(words: str, recipient: str) -> str:
    """The passage that begins at the address; the one with a reply code if there is."""
    at = words.find(recipient)
    after = words[max(at, 0) :]
    coded = _STATUS.search(after) or _CODE.search(after)
    if coded:
        start = max(after.rfind("\n", 0, coded.start()) + 1, 0)
        return " ".join(re.split(r"\n\s*\n", after[start:], maxsplit=1)[0].split())[:_WORD_SIZE]
    passages = [one for one in re.split(r"\n\s*\n", after) if one.replace(recipient, "").strip(" <>:;,.'\n\t")]
    return " ".join(charsets.scrub(passages[0]).split())[:_WORD_SIZE] if passages else ""
