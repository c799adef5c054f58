"""A bounce in words for people: who of us recognises it, which addresses it names, what it says of each."""

import re
from collections.abc import Iterator

from asmo_support.channels.email.letter import Address, Report
from asmo_support.channels.email.mime import Part

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
LONGEST = 500
_SCOPE = 20_000
_MOST = 50

_CODE = re.compile(r"(?<![\d.#:-])([45]\d\d)(?=[ \t\r\n-])")
_AT_LINE_START = re.compile(
    rf"^[ \t>|]{{0,8}}(?:\d{{1,3}}[.)] )?['\"<(]{{0,2}}(?:mailto:)?({EMAIL.pattern})", re.MULTILINE
)
_NEXT = re.compile(rf"\n\s*\n|\n(?=[ \t]{{0,8}}<?{EMAIL.pattern}[>:])")
_DAEMON = re.compile(
    r"mailer-?daemon|post_?master|mail-?daemon|mdaemon|mail delivery|delivery sub-?system|maildelivery"
    r"|mail administrator|служба доставки",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|report|problem|has failed|error|failed)|returned mail|returning to sender"
    r"|mail (?:delivery|system error|failure|failed)|failure (?:notice|delivery)|could not send|not send mail"
    r"|could ?n[o']t be delivered|not delivered|non-?delivery|delivery delayed|delayed mail"
    r"|warning: (?:could not|message)|message (?:not )?delivered|nondeliverable|bounced"
    r"|недоставлен|не доставлен|не удалось доставить|ошибка доставки|доставка невозможна"
    r"|не может быть доставлено|возвращен[оа]? ",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:could|can|was|were|has|have|is|be|did)(?: ?not|n't) (?:be |been |yet been )?(?:deliver|sen[dt]|reach"
    r"|accept)|undeliver|delivery (?:to the following|has failed|failed|status|error)|permanent(?:ly)? (?:error|fatal"
    r"|failed)|user unknown|unknown user|no such (?:user|recipient|mailbox|address)|mailbox (?:full|unavailable"
    r"|is full|not found)|does not exist|returned to (?:you|sender)|not? (?:been )?delivered|unable to deliver"
    r"|attempting to deliver|error delivering|delivery (?:problems|errors)|invalid user address|no valid recipients"
    r"|transcript of session|not able to (?:deliver|be delivered)|problem delivering"
    r"|не (?:было |было бы |может быть |удалось |смогло? )?(?:доставлен|доставить)|не существует|недоставлен"
    r"|nicht zu(?:ge)?stell|unzustellbar|pas pu être (?:remis|distribu)|no se (?:ha podido|pudo) entregar"
    r"|impossibile recapitare|nie została dostarczona|не вдалося доставити|não (?:pôde|foi possível) (?:ser )?entreg"
    r"|niet (?:worden )?(?:bezorgd|afgeleverd)|无法投递|退信|配信できません",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"warning only|will be retried|still being retried|delayed|temporar|do not need to resend|warning message"
    r"|продолжа(?:т|ю)|отложен",
    re.IGNORECASE,
)
_FINAL = re.compile(r"permanent|fatal|giv(?:en|ing) up|failed|unrecoverable|окончательн|постоянн", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"^[> |]*(?:-{2,}.{0,20}(?:original|returned|copy of|below this line|unsent|text follows|header of"
    r"|исходное|возвращ).{0,60}"
    r"|original message follows.{0,20}|message headers follow.{0,10}|received: (?:from|by) .{0,200}"
    r"|return-path: .{0,200}|-{5,}.{0,10}message.{0,20}(?:header|follow).{0,60})$",
    re.IGNORECASE | re.MULTILINE,
)
# Nobody there, whatever the code says.
_NOBODY = re.compile(
    r"user(?: is)? unknown|unknown (?:user|recipient|local|mailbox|account)|no such (?:user|recipient|mailbox"
    r"|person|account|domain|host|address)"
    r"|(?:user|recipient|address|account|mailbox|domain|host|it)(?: \S{1,80})? (?:(?:does(?: not"
    r"|n't)|do not|may not|not) exist)|\.\w+ does not exist|no mx (?:record )?found|no smtp service|not accept(?:ing)? "
    r"(?:mail|network)|mailbox unavailable|recipient ?not ?found"
    r"|(?:user|mailbox|address|recipient|account) not (?:found|known|listed)"
    r"|doesn't have an? .{0,30}account|not a valid (?:user|mailbox|recipient|address)"
    r"|invalid (?:recipient|mailbox|user)"
    r"|no mailbox (?:here|by)|unrouteable address|host (?:not found|unknown)|domain (?:name )?not found"
    r"|unknown (?:host|domain)|bad destination (?:mailbox|system)|isn't (?:listed|in my)|has moved|no longer (?:valid"
    r"|works|available|employed|on server)|nullmx|null mx|такого пользователя нет|нет такого|не существует|не найден"
    r"|empfänger(?: ist)? unbekannt|unbekannter empfänger|(?:utilisateur|destinataire|adresse) inconnue?|no existe"
    r"|(?:utente|destinatario) (?:sconosciuto|inesistente)|nie ma takiego|не існує|not listed in",
    re.IGNORECASE,
)
# Somebody is there, it is the letter, the sender or the moment that does not suit.
_NOT_NOW = re.compile(
    r"mailbox (?:is )?full|full mailbox|quota|over ?limit|exceed|too (?:large|big|many)|insufficient"
    r"|spam|black ?list|block ?list|reputation|\b(?:spf|dkim|dmarc|ptr|rdns)\b|reverse dns|policy|virus|greylist"
    r"|relay(?:ing)? (?:access )?denied|unable to relay|no relaying|authenticat|not authori[sz]ed|sender|purported"
    r"|malformed|expired|timed out|try again|later|temporar|переполнен|квот|спам",
    re.IGNORECASE,
)
_NO_SUCH_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4", "5.0.911", "5.0.912"})


def recognised(part: Part, sender: Address, subject: str, text: str) -> bool:
    """Whether it tells of a letter that did not arrive; two signs at least."""
    if "x-failed-recipients" in part.fields:
        return True
    is_daemon = bool(_DAEMON.search(f"{sender.email} {sender.name} {part.field('from')[:200]}"))
    is_nobody = any(value.strip() in {"<>", "<MAILER-DAEMON>"} for value in part.fields.get("return-path", []))
    is_report = part.type == "multipart/report" and part.parameters.get("report-type", "").lower() == "delivery-status"
    if not (is_daemon or is_nobody or is_report):
        return False
    said = bool(_WORDS.search(above(text)))
    named = bool(_SUBJECT.search(subject))
    coded = bool(STATUS.search(above(text)))
    # A postman who gives a code need not be understood otherwise: they write in the language of their country.
    return ((is_report or is_daemon) and (said or named or coded)) or (is_nobody and (said or (named and coded)))


def above(text: str) -> str:
    """The words of the postman, without the letter he brings back."""
    head = text[:_SCOPE]
    found = _ORIGINAL.search(head, 40)
    return head[: found.start()] if found else head


def in_words(part: Part, text: str) -> Iterator[Report]:
    """A report for each address the text blames; with none in it, the addressee of the letter that came back."""
    words = above(text)
    blamed = (
        _blamed(part, words)
        or [one for value in re.findall(r"(?m)^To: .+$", text[:_SCOPE]) for one in EMAIL.findall(value)][:1]
    )
    is_late = bool(_DELAY.search(words)) and not _FINAL.search(words)
    for recipient in blamed[:_MOST]:
        reason = reason_near(words, recipient, [one for one in blamed if one != recipient])
        status = STATUS.search(reason) or (STATUS.search(words) if len(blamed) == 1 else None)
        yield report(recipient, "delayed" if is_late else "failed", status[1] if status else "", reason)


def _blamed(part: Part, words: str) -> list[str]:
    named = [one for value in part.fields.get("x-failed-recipients", []) for one in EMAIL.findall(value)]
    if named:
        return list(dict.fromkeys(named))
    own = {
        one.lower()
        for name in ("to", "from", "return-path", "delivered-to", "sender")
        for value in part.fields.get(name, [])
        for one in EMAIL.findall(value)
    }
    first = [one.rstrip(".") for one in _AT_LINE_START.findall(words)]
    found = first or [one.rstrip(".").strip("'") for one in EMAIL.findall(words)]
    found = [one for one in dict.fromkeys(found) if "daemon" not in one.lower()]
    strangers = [one for one in found if one.lower() not in own]
    return (strangers if first else strangers[:1]) or found[:1]


def reason_near(words: str, recipient: str, others: list[str]) -> str:
    """The passage that begins at the address; the line with a reply code if there is one before the next address."""
    at = words.find(recipient)
    after = words[max(at, 0) :]
    ends = [found for other in others if (found := after.find(other)) > 0 and recipient not in other]
    after = after[: min(ends)] if ends else after
    coded = STATUS.search(after) or _CODE.search(after)
    if coded:
        start = max(after.rfind("\n", 0, coded.start()) + 1, 0)
        return " ".join(_NEXT.split(after[start:], maxsplit=1)[0].split())[:LONGEST]
    passages = [one for one in re.split(r"\n\s*\n", after) if one.replace(recipient, "").strip(" <>:;,.'\n\t-")]
    # «because:» announces the reason and is none.
    told = [one for one in passages if not one.rstrip().endswith(":")] or passages
    return " ".join(told[0].split())[:LONGEST] if told else ""


def report(recipient: str, action: str, status: str, reason: str) -> Report:
    """The report; an own code in the reason is more exact than a general one beside it."""
    said = STATUS.search(reason)
    code = _CODE.search(f" {reason} ")
    if said and not said[1].endswith(".0.0") and (said[1][0] == (status or said[1])[0] or status.endswith(".0.0")):
        status = said[1]
    status = status or (f"{code[1][0]}.0.0" if code else "")
    known = {"failed", "delayed", "delivered", "relayed", "expanded", "expired"}
    action = (
        action if action in known or action.startswith("deliver") else ("delayed" if status[:1] == "4" else "failed")
    )
    action = "failed" if action == "expired" else action
    return Report(recipient, action, status, reason, hard=action == "failed" and _is_hard(status, reason))


def _is_hard(status: str, reason: str) -> bool:
    """The address itself is of no use: nobody there, no such host. A full box or a refused text is not the address."""
    if status.startswith("4") or _NOT_NOW.search(reason):
        return False
    return status in _NO_SUCH_ADDRESS or bool(_NOBODY.search(reason))
