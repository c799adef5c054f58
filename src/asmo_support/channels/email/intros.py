"""The lines that mail programs put above what they quote and below what one writes, in a dozen languages.

«… писал(а):», From/Sent/To/Subject, «Исходное сообщение», «Отправлено с iPhone». Every question looks at a few lines
only, so a hostile text costs linear time.
"""

import re

_WROTE = (
    r"wrote|writes|writ?es|schrieb|geschrieben|a écrit|écrit|escribió|escreveu|ha scritto|scritto|schreef"
    r"|geschreven|skrev|kirjoitti|napsal(?:\(a\)|a)?"
    r"|napisał(?:\(a\)|a)?|написал(?:\([аи]\)|а|и)?|пишет|писал(?:\([аи]\)|а|и)?|написав|пише|写道|rašė|yazdı|írta"
)
_EMAIL = r"[^\s<>@\"':,;()]{1,80}@[\w.-]{2,80}"
_HAS_VERB = re.compile(rf"(?<!\w)(?:{_WROTE})(?!\w)|写道", re.IGNORECASE)
_HAS_EMAIL = re.compile(_EMAIL)
_IN_BRACKETS = re.compile(rf"[<(\[](?:mailto:)?{_EMAIL}")
_HAS_DATE = re.compile(r"\b\d{4}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\d{1,2}[:.]\d\d|\d年")
_ENDS = re.compile(rf"(?:[:：]|{_EMAIL}>? (?:{_WROTE})|(?:{_WROTE}) ?-{{2,}})\s*\*?$", re.IGNORECASE)
# Gmail of old days and its kin: the date first, then the name, no verb and sometimes no colon.
_DATE_FIRST = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:,? \d{1,2}:\d\d)?(?: GMT[+-]\d\d:\d\d| \S{1,40}(?: \S{1,40}){0,6} <[^<>\s]{3,100}>)"
)
_STARTS = re.compile(
    r"(?:[-*_ ]{0,8})(?:on|at|le|am|op|il|el|em|den|dnia|dne|в|во|at|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник"
    r"|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|субота|неділя"
    r"|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|(?:ma|ti|ke|to|pe|la|su|mån|tis|ons|tors|fre|lör|sön|man|tir|tor|lør|mo|di|mi|do|fr|sa|so|lun|mar|mer|gio|ven"
    r"|sab|dom|pon|wt|śr|czw|pt|sob|niedz|po|út|čt|pá)[.,]{0,2} \d{1,2}|\d{1,4}|在)(?![\w])",
    re.IGNORECASE,
)
# «Иван Петров писал 16.11.2026 10:15:»; nothing but a name stands before the verb.
_NAME_WORD = r"[\"'«“]?(?:[^\W\d_]{2,40}(?:[-'’][^\W\d_]{1,40}){0,2}|[^\W\d_]\.?|\([^()\d]{1,40}\))[\"'»”]?"
_NAME_ALONE = re.compile(
    rf"[-*_ ]{{0,8}}{_NAME_WORD}(?: {_NAME_WORD}){{0,5}}(?: [<(\[][^<>()\[\]]{{3,120}}[>)\]])?,? (?:{_WROTE})(?!\w)",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    rf"[-*_ ]{{0,8}}(?:{_NAME_WORD},?(?: {_NAME_WORD}){{0,7}},? )?[<(\[]?(?:mailto:)?{_EMAIL}[>)\]]?:?"
    rf"\s+(?:{_WROTE})(?!\w)",
    re.IGNORECASE,
)
# The Bat!: «Вы писали:», with the date before it or none.
_YOU = re.compile(r"[-*_ ]{0,8}(?:(?:date|дата)\s?:.{5,80}\s)?(?:вы писали|вы написали|you wrote)\s?:", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:\w{5}|\.\.)[.!?]$")
_LAST = frozenset(":：*-")
_WINDOW = 7
_END = 200
_LONGEST_MOBILE = 120
_LONGEST_MARK = 160
_SHORT = 50
_OPEN = frozenset('<,"(')
_BLOCK = 14
_NEAR = 5
_FOLDED = 60
_LONGEST = 400

_LEFT_OVER = re.compile(rf"[\s>]*(?:[<(\[\"]|mailto:|{_EMAIL}|(?:{_WROTE})\s*[:：])", re.IGNORECASE)

_ORIGINAL = re.compile(
    r"[>\s*_]*(?:-{2,}\s*)?(?:begin forwarded message|forwarded message|original message"
    r"|(?:message )?forwarded by .{1,60}|original appointment|reply message|forward(?:ed)? (?:mail|letter)"
    r"|исходное сообщение|исходное письмо|оригинальное сообщение|пересылаемое сообщение|пересылаемое письмо"
    r"|пересланное сообщение|пересланное письмо|перенаправленное сообщение|переадресованное сообщение"
    r"|начало переадресованного (?:сообщения|письма)|початок переадресованого (?:повідомлення|листа)"
    r"|конец пересылаемого сообщения|пересылаемое сообщение от .{1,60}"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|message (?:d'origine|transféré|original)|début du message (?:réexpédié|transféré)|mensaje (?:original"
    r"|reenviado)|messaggio (?:originale|inoltrato)|mensagem (?:original|encaminhada)"
    r"|oorspronkelijk bericht|doorgestuurd bericht|vidarebefordrat meddelande|ursprungligt meddelande"
    r"|videresendt (?:meddelelse|melding)|oprindelig (?:meddelelse|besked)|wiadomość oryginalna|przekazana wiadomość"
    r"|původní zpráva)"
    r"\s*:?\s*(?:-{2,}.{0,60}|\*)?\s*\*?",
    re.IGNORECASE,
)
# With dashes, or in words nobody writes by hand.
_BEGINS = re.compile(r"[>\s*_]*(?:-{2,}|begin |начало |початок |anfang |début |конец )|.*-{2,}\s*\*?$", re.IGNORECASE)
_DASHED = re.compile(r"[>\s*_]*-{2,}|[:*]\s*$")

_LABELS = {
    "from": "from|от|от кого|від|отправитель|von|de|da|från|fra|van|od|lähettäjä|发件人|差出人|expéditeur",
    "date": "date|sent|дата|отправлено|надіслано|отправленные|дата отправки|gesendet|datum|envoyé|enviado(?: el| em)?"
    "|data|inviato|skickat|sendt|verzonden|fecha|wysłano|发送时间|日時|lähetetty",
    "to": "to|кому|an|à|a|para|till|til|aan|pour|do|收件人|宛先|vastaanottaja",
    "subject": "subject|тема|betreff|objet|asunto|oggetto|assunto|ämne|emne|onderwerp|temat|sujet|主题|件名|aihe",
    "more": "cc|копия|reply-to|bcc|скрытая копия|répondre à|risposta|importance|важность|attachments|вложения|приоритет"
    "|organization|antwort an|responder a",
}
# Programs begin with who wrote it, or what about.
_FIRST: set[str | None] = {"from", "subject"}
_LABEL = re.compile(
    r"[>\s*_|]*(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()) + r")[ *_]{0,3}[:：]",
    re.IGNORECASE,
)
_LINE = re.compile(r"[\s>*]*[-_=]{3,}[\s*]*")
_HAS_TIME = re.compile(r"\d{1,2}:\d\d(?!\d)|(?<![\d.])\d{1,2}\.\d\d(?![\d.])|\d{1,2} ?[ap]m\b|時|时", re.IGNORECASE)

_DEVICE = (
    r"iphone|ipad|ipod|android|mobil|phone|\bcell\b|mailbox|\bmail\b|airmail|galaxy|samsung|xiaomi|redmi|huawei|honor"
    r"|\bhtc\b|alcatel|nokia|lumia|outlook|windows|blackberry|yahoo|gmail|proton|spark|device|tablet|handheld"
    r"|почт|телефон|смартфон|планшет|мобильн|устройств|айфон|портативн|móvil|mobiel|appareil|gerät"
)
_MOBILE = re.compile(
    rf"[\s*_(<]*(?:(?:sent|send) (?:from|via|with|by|using)\b.{{0,60}}?(?:{_DEVICE})"
    rf"|sent from my [\w -]{{1,40}}$|sent from [\w ]{{1,30}}<https?:"
    rf"|(?:get|получит[ье]|скача(?:ть|йте)|загрузит[ье]) \[?outlook (?:for|для|на) "
    rf"|from my (?:{_DEVICE})|[\w ]{{1,30}} from (?:my )?mobile$"
    rf"|(?:-{{0,2}} ?)?(?:отправлено|послано|написано|надіслано|відправлено) (?:с|з|из|із|через|от|со)\b"
    rf".{{0,40}}(?:{_DEVICE})"
    r"|von meine[mr] .{1,60} gesendet\.?$|gesendet (?:von|mit|über)\b|diese nachricht wurde von .{1,80} gesendet"
    r"|envoyé (?:de|depuis|à partir)\b|enviado (?:desde|do|de|via|a partir)\b|inviato (?:da|dal)\b"
    r"|verzonden (?:vanaf|met|via)\b|verstuurd vanaf |sendt fra |skickat från |lähetetty |wysłane z |odesláno z "
    r"|从我的.{1,20}发送|發自我的|從我的.{1,20}傳送|iphoneから送信)",
    re.IGNORECASE,
)
# What a program says of itself in Russian, and what somebody in a hurry adds; any other word is the writer's.
_PROGRAMS = re.compile(
    r"(?<!\w)(?:отправлено|послано|написано|надіслано|відправлено|получит[ье]|скача(?:ть|йте)|загрузит[ье]|с|з|из|із"
    r"|через|от|со|на|для|и|мо(?:его|ей|єї|го)|мобильн\w+|мобільн\w+|сотового|портативного|почтового клиента"
    r"|почтового приложения|телефон[ауе]?|смартфон[ауе]?|планшет[ауе]?|устройства|пристрою|почт[аыу]|пошти|приложения"
    r"|программы|клиента почты|айфон[ае]?|айпад[ае]?|андроид[ае]?|самсунга?|хуавей|хонора?"
    r"|яндекс\w{0,2}|рамблера?|мэйл|мейл"
    r"|ру|мтс|билайна?|мегафона?|версии|помощью|мини|компании)(?!\w)",
    re.IGNORECASE,
)
_EXCUSES = re.compile(
    r"[,.;–—-]+ *(?:прошу прощ|прошу извин|приношу извин|простите|извин|возможны опечат|sorry|excuse|apolog"
    r"|please (?:excuse|forgive|pardon)).*",
    re.IGNORECASE,
)
_LINK = re.compile(r"\S*://\S*|<[^<>]{0,100}>")
_CYRILLIC = re.compile("[а-яёіїєґ]", re.IGNORECASE)
_ENGLISH = re.compile(
    r"(?<!\w)(?:not|no|but|fail\w*|errors?|why|how|when|does|did|can|cannot|clients?|customers?|users?|opens?|shows?"
    r"|arriv\w+|\w+n['’]t)(?!\w)|\?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r" (?:is|was|are|were|will|это|был[аи]?|будет|что|который) ", re.IGNORECASE)
_FOREIGN = re.compile(r"[-*_ ]{0,8}(?:on|le|am|op|il|el|em|den|dnia|dne)\s.{0,20}\d", re.IGNORECASE)


def intro(lines: list[str], at: int) -> int:
    """How many lines from `at` on are one «On …, somebody wrote:»; 0 when they are not."""
    if len(lines[at]) > _LONGEST:
        return 0
    first = lines[at].strip().lstrip("> ")
    if _YOU.fullmatch(first):
        return 1
    if _DATE_FIRST.match(first):
        return 1 if first.endswith(">") else max(_closed(lines, at), 1)
    if _SENTENCE_END.search(first):
        return 0
    opens = (_STARTS.match(first) and re.search(r"\d", first)) or _NAME_FIRST.match(first)
    if not first or not (opens or (_NAME_ALONE.match(first) and _HAS_DATE.search(first))):
        return 0
    return _closed(lines, at)


def is_certain(lines: list[str], at: int, count: int) -> bool:
    """Nobody writes such a line by hand: it holds an address or opens like a mail program's in a foreign language.

    «20.10.2026 в 19:37 клиент написал:» may well be the customer's own words.
    """
    text = " ".join(lines[at : at + count])
    first = lines[at].strip()
    named = _IN_BRACKETS.search(text) or ("@" in text and _HAS_VERB.search(text))
    return bool(named) or bool(_DATE_FIRST.match(first)) or bool(_FOREIGN.match(first))


def _closed(lines: list[str], at: int) -> int:
    """The number of lines up to the colon that ends the sentence, if it is such a sentence."""
    text = ""
    for count, line in enumerate(lines[at : at + _WINDOW], 1):
        if len(text) + len(line) > _LONGEST or (count > 1 and not _is_wrapped(lines[at + count - 2], line)):
            return 0
        text = f"{text} {line.strip().lstrip('> ')}".strip()
        if (text[-1:] in _LAST or "@" in line) and _ENDS.search(text[-_END:]):
            return count if _is_sentence(text) else 0
    return 0


def _is_wrapped(above: str, line: str) -> bool:
    """Whether a program broke its line there: it was long, or a name, an address or the verb stands alone below."""
    return (
        len(above) > _SHORT
        or not line.strip("> ")
        or above.rstrip()[-1:] in _OPEN
        or bool(_LEFT_OVER.match(line) or _NAME_FIRST.match(line.strip()))
    )


def _is_sentence(text: str) -> bool:
    verb, email, date = _HAS_VERB.search(text), _HAS_EMAIL.search(text), _HAS_DATE.search(text)
    return sum(map(bool, (verb, email, date))) >= 2


def original(lines: list[str], at: int) -> bool:
    """«-----Original Message-----», «Начало переадресованного сообщения:»; «Исходное сообщение:» above a header."""
    line = lines[at]
    if len(line) >= _LONGEST_MARK or not _ORIGINAL.fullmatch(line) or not _DASHED.search(line):
        return False
    below = (one for one in lines[at + 1 : at + _NEAR] if one.strip("> \t"))
    return bool(_BEGINS.match(line)) or bool(_LABEL.match(next(below, "")[:200]))


def header_block(lines: list[str], at: int) -> int:
    """How many lines from `at` on are From, Sent, To, Subject in any order and language, with blank and folded lines
    between; 0 when they are not. Programs always name the date; without it somebody lists letters, or what a form asks.
    """
    if not _LABEL.match(lines[at][:200]):
        return 0
    seen: set[str] = set()
    strange = count = 0
    for number, line in enumerate(lines[at : at + _BLOCK], 1):
        found = _LABEL.match(line[:200])
        if found and found.lastgroup == "from" and "from" in seen:
            break
        if found:
            seen.add(str(found.lastgroup))
            strange, count = 0, number
        elif line.strip("> \t"):
            strange += 1
        if strange > 1:
            break
    return count if {"from", "date"} <= seen and seen & {"to", "subject"} else 0


def is_head(lines: list[str], at: int, count: int) -> bool:
    """Whether a block stands above a letter as programs put it: apart from the words before and after it, with the
    time of day. Somebody who tells of a letter announces the block, lists several, or goes on in the next line.
    """
    end = _after_folded(lines, at, count)
    above = [line for line in reversed(lines[max(at - _NEAR, 0) : at]) if line.strip("> \t")]
    after = lines[end] if end < len(lines) else ""
    is_ruled = bool(above) and bool(_LINE.fullmatch(above[0][:_LONGEST]))
    told = next((line for line in above if not _LINE.fullmatch(line[:_LONGEST])), "").rstrip().endswith(":")
    first = _LABEL.match(lines[at][:200])
    is_ordered = bool(first and first.lastgroup in _FIRST)
    if told or not is_ordered or (above and _LABEL.match(above[0][:200])):
        return False
    if is_ruled:
        return not _LINE.fullmatch(after[:_LONGEST])
    below = next((number for number in range(end, min(end + _NEAR, len(lines))) if lines[number].strip("> \t")), 0)
    is_apart = not at or not lines[at - 1].strip("> \t")
    goes_on = bool(after.strip("> \t")) and not _LINE.fullmatch(after[:_LONGEST])
    is_alone = not below or header_block(lines, below)
    return is_apart and not goes_on and not is_alone and any(_HAS_TIME.search(line) for line in lines[at:end])


def _after_folded(lines: list[str], at: int, count: int) -> int:
    """The end of a block with the value of its last field, which may stand or go on in the next line."""
    end = at + count
    last = lines[end - 1]
    is_folded = len(last) > _FOLDED or last.rstrip("* ").endswith(":")
    after = lines[end + 1] if end + 1 < len(lines) else ""
    return end + 1 if is_folded and end < len(lines) and lines[end].strip() and not after.strip("> \t") else end


def mobile(line: str) -> bool:
    """«Sent from my iPhone», «Отправлено из мобильной Почты Mail.ru»."""
    if len(line) >= _LONGEST_MOBILE or not _MOBILE.match(line) or _SENTENCE.search(line):
        return False
    words = _EXCUSES.sub("", _LINK.sub(" ", line))
    return not _CYRILLIC.search(_PROGRAMS.sub(" ", words)) and not _ENGLISH.search(words)
