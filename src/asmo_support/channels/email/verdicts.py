"""Does somebody accept or return, in the words of a letter? Pure; whatever is not certain stays a message.

    «Принимаю.» «Решение принято, спасибо!» «Accepted. Thanks, Anna»   ACCEPT
    «На доработку: итог удваивается» «Return: totals are wrong»        RETURN with its reason
    «Спасибо, всё хорошо» «Принимаю. Завтра посмотрит главбух.»        PERHAPS_ACCEPT: a person reads it and decides
    «На доработку.» «Вернуть?»                                         PERHAPS_RETURN
    everything else, and every «но», «если», «не», question            NOTHING

A verdict stands at the very beginning, after a greeting at most. An acceptance closes a ticket, so all that follows it
has to be known to be harmless; a return opens one again, so it only needs a reason.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 600
_LONGEST_SIGNATURE = 300


class Meaning(StrEnum):
    ACCEPT = "accept"
    RETURN = "return"
    PERHAPS_ACCEPT = "perhaps-accept"
    PERHAPS_RETURN = "perhaps-return"
    NOTHING = ""


ACCEPTING = frozenset({Meaning.ACCEPT, Meaning.PERHAPS_ACCEPT})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means; `reason` comes with a return."""

    meaning: Meaning = Meaning.NOTHING
    reason: str = ""


def _any(*phrases: str) -> str:
    return "(?:" + "|".join(phrases) + ")"


def _whole(*phrases: str) -> re.Pattern[str]:
    return re.compile(_any(*phrases), re.IGNORECASE)


# Only «е» stands below: texts are compared without «ё».
_OPENING = re.compile(r"[\s\"'«»„“”*_]*")
_GREETING = re.compile(
    _any(
        "здравствуй(?:те)?", "добр(?:ый|ое|ого)[ ](?:день|вечер|утро|дня|вечера|утра|времени суток)", "доброе утро",
        "приветствую(?:[ ]вас)?", "привет", "уважаем(?:ый|ая|ые)", "коллеги", "hello", "hi", "dear",
        "good (?:morning|day|afternoon|evening)",
    )
    + r"(?:,?[ ](?-i:[А-ЯA-Z])[\w.-]{0,20}){0,3}[ ]*[,.!\n:]+\s*",
    re.IGNORECASE,
)  # fmt: skip
_YES = re.compile(
    _any("да", "ок", "окей", "хорошо", "отлично", "спасибо(?: большое)?", "благодарю", "yes", "ok", "okay", "great",
         "thanks", "thank you") + r"[ ]*[,.!\n—–]+\s*",
    re.IGNORECASE,
)  # fmt: skip

_NUMBER = r"(?:[ ](?:№|#|no\.?|номер)?[ ]?\d{1,9})?"
_OBJECT = (
    r"(?:[ ](?:ваше|ваш|вашу|это|этот|эту|данное|данный|предложенное|предложенный|последнее|the|this|your|proposed))*"
    r"[ ](?:решение|исправление|результаты?|работу|работы|доработку|обновление|вариант|ответ|срок|дату"
    r"|date|resolution|solution|fix|result|work|update|it)"
)
_ABOUT = r"(?:[ ]по[ ](?:этому[ ])?(?:обращению|заявке|вопросу|задаче))?"
_FULLY = r"(?:[ ](?:полностью|в полном объеме|с благодарностью|без замечаний|fully|with thanks))?"
_ACCEPTS = re.compile(
    _any(
        r"(?:(?:я|мы)[ ])?(?:принимаю|принимаем|принимается)" + f"(?:{_OBJECT}{_NUMBER})?",
        r"(?:(?:ваше|это|данное|предложенное)[ ])?(?:решение|исправление|обновление)"
        + _NUMBER + r"[ ](?:принимаю|принимаем|принимается|принято)",
        r"принято" + f"(?:{_OBJECT}{_NUMBER})?",
        r"(?:(?:i|we)[ ])?(?:hereby[ ])?accept(?:ed)?" + f"(?:{_OBJECT}{_NUMBER})?",
        r"(?:the[ ])?(?:resolution|solution|fix|update)" + _NUMBER + r"[ ](?:is[ ])?accepted",
    )
    + _ABOUT + _NUMBER + _FULLY + r"(?=\s*(?:[^\w\s?]|$)|\n|[ ](?:и|and)[ ])",
    re.IGNORECASE,
)  # fmt: skip

# What may follow an acceptance, clause by clause.
_THANKS = _whole(
    r"(?:(?:и|большое|огромное|and|many)[ ])*(?:спасибо|спс|благодарю|благодарим|thanks|thank you|thx)"
    r"(?:[ ](?:вам|тебе|всем|большое|огромное|еще раз|a lot|very much|so much|again|all))*"
    r"(?:[ ](?:за|for)[ ].{1,80})?",
)
_NO_CLAIMS = _whole(
    r"(?:замечаний|вопросов|претензий|возражений)(?:[ ]больше)?[ ]нет",
    r"(?:больше[ ])?нет[ ](?:замечаний|вопросов|претензий|возражений)",
    r"без (?:замечаний|вопросов|претензий)",
    r"no (?:more )?(?:remarks|questions|comments|objections)",
)
_HARMLESS = _whole(
    r"(?:[\w-]+[ ]){0,3}(?:работает|заработал[оаи]?|открывается|печатается|считается|исправлено|решено|получилось"
    r"|помогло|устраивает|подходит|works?|working|fixed|solved)"
    r"(?:[ ](?:хорошо|отлично|исправно|верно|правильно|корректно|нормально|как надо|как нужно|теперь|сейчас|у нас"
    r"|у меня|полностью|now|fine|well|again|for us))*",
    r"(?:(?:все|теперь|сейчас|у нас|у меня|all|everything|is)[ ])*(?:хорошо|отлично|верно|правильно|корректно|нормально"
    r"|в порядке|ок|супер|good|fine|great|perfect|ok|okay|in order)",
    r"(?:(?:обращение|заявк[уа]|тикет|вопрос|задачу|его|ее|можно|нужно|прошу|и|please|you|can|may|the|ticket|request"
    r"|issue|is)[ ])*(?:закрыть|закрывать|закрывайте|закройте|закрываем|закрыт[оа]?|снят[оа]?|решен[оа]?|close|closed)"
    r"(?:[ ](?:обращение|заявку|тикет|вопрос|задачу|пожалуйста|можно|the|ticket|request|issue|it|now|please))*",
    r"(?:хорошего|приятного|доброго|удачного)[ ](?:дня|вечера|выходных)", r"всего (?:доброго|хорошего)", r"до свидания",
    r"have a (?:nice|good) (?:day|evening|weekend)",
    r"(?:отличная|хорошая|прекрасная|good|great|nice)[ ](?:работа|job)",
    r"молодцы", r"да", r"yes", r"пожалуйста", r"please",
)  # fmt: skip
_DOUBT = re.compile(
    r"\?|(?<!\w)(?:но|не|нет|ни|однако|если|только|кроме|хотя|пока|когда|пусть|вроде|кажется|почти|частично|плохо|еле"
    r"|едва|медленно|опять|снова|еще|ошибк\w*|проблем\w*|зря|увы|but|not|no|never|if|unless|except|however|until|once"
    r"|after|before|almost|partly|seems?|still|again|errors?|\w+n['’]t)(?!\w)",
    re.IGNORECASE,
)
_SAD = re.compile(r"[:=;]-?[(]|\({2,}|[👎😡😠😞🙁☹😢😭🤦]")
_FAREWELL = re.compile(
    r"(?:с уважением|с наилучшими|с благодарностью|best regards|kind regards|regards|best wishes|sincerely"
    r"|отправлено (?:с|из)|sent from)(?!\w)",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"(?<!\w)(?:p\.?\s?s|з\.?\s?ы|п\.?\s?с)(?![\w])", re.IGNORECASE)
_NAME = re.compile(r"[А-ЯЁA-Z][а-яёa-z-]+(?: [А-ЯЁA-Z][а-яёa-z-]+)?")
_CLAUSES = re.compile(r"[.,:;!\n…—–()«»\"'“”*_]+|\s-\s")
_AND = re.compile(r"\s(?:и|and)\s", re.IGNORECASE)
_ORNAMENT = re.compile(r"[:=;]-?[)D]+|[\U0001F300-\U0001FAFF☀-➿️]")

# A return, and what must stand between it and its reason.
_BREAK = r"\s*(?::|[ ][-—–][ ]|—|–)\s*"
_RETURNS_SURELY = re.compile(
    r"(?:прошу[ ])?(?:на доработку|(?:я[ ]|мы[ ])?возвраща(?:ю|ем)(?:[ ]решение)?(?:[ ]№ ?\d{1,9})?[ ]на доработку"
    r"|верн(?:ите|уть)(?:[ ]решение)?[ ]на доработку|(?:решение[ ])?не принима(?:ю|ем)(?:[ ]решение)?"
    r"|(?:решение )?не принято|(?:i |we )?return(?:ed|ing)? (?:it )?for rework|not accepted"
    r"|(?:i |we )(?:do not|don['’]t) accept(?: it)?)"
    r"(?:" + _BREAK + r"|[ ]*[.,;!\n]+\s*|[ ](?=потому|так как|поскольку|т\.[ ]?к\.|because|since))",
    re.IGNORECASE,
)
_RETURNS_WITH_A_COLON = re.compile(
    r"(?:прошу[ ])?(?:верните|вернуть|возврат|возвраща(?:ю|ем)|отклоня(?:ю|ем)|return(?:ed|ing)?|rework|reject(?:ed)?)"
    + _BREAK, re.IGNORECASE,
)  # fmt: skip
_RETURNS_PERHAPS = re.compile(
    r"(?:прошу[ ])?(?:на доработку|(?:верните|вернуть|возвраща(?:ю|ем))(?:[ ]на доработку)?|не принима(?:ю|ем)|return"
    r"|rework)\s*(?:[.,;!?:…—–]|\Z|\n)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:если|когда|пока не|только если|if|when|unless|until)(?!\w)", re.IGNORECASE)
_CONTENT = "(?<!не )(?:принимаю|принято|принимаем)|(?<!not )accept(?:ed)?"
_HINTS = re.compile(
    r"(?<!\w)(?:(?:принима(?:ю|ем)|принят[оа])(?! (?:к|в|участие)(?!\w))|принял[аи]?|подтвержда(?:ю|ем)"
    r"|все (?:хорошо|отлично|ок|в порядке|верно|работает|получилось|заработало)|(?:все )?(?:за)?работа(?:ет|ло)|помогло"
    r"|получилось|исправлено|можно закры(?:ва)?ть|закр(?:ывайте|ойте)|вопрос (?:решен|закрыт|снят)|accepted"
    r"|(?:i|we) accept|works?|solved|fixed|(?:you )?(?:can|may) close|close (?:the|this|it)|all (?:good|fine)"
    r"|everything is (?:fine|ok))"
    r"(?!\w)",
    re.IGNORECASE,
)


def read(text: str, *, name: str = "") -> Reading:
    """What the newly written words of a letter mean for a thing that waits for a verdict; `name` is the writer's."""
    plain = _plain(text)
    if plain.startswith(">"):
        return Reading()
    at = _start(plain)
    if found := _RETURNS_SURELY.match(plain, at) or _RETURNS_WITH_A_COLON.match(plain, at):
        return _returned(plain, text.strip()[found.end() :].strip())
    if _RETURNS_PERHAPS.match(plain, at):
        return Reading(Meaning.PERHAPS_RETURN)
    accepted = _ACCEPTS.match(plain, at)
    if accepted and len(plain) <= LONGEST and _is_harmless(text.strip()[accepted.end() :], name):
        return Reading(Meaning.ACCEPT)
    hinted = len(plain) <= LONGEST and _HINTS.search(plain) and not _DOUBT.search(plain) and not _SAD.search(plain)
    return Reading(Meaning.PERHAPS_ACCEPT) if hinted else Reading()


def _plain(text: str) -> str:
    """The text letter by letter, one for one, as the tables above are written."""
    return text.strip().translate(_LETTERS)


_LETTERS = str.maketrans("ёЁ\xa0\t", "еЕ  ")


def _start(plain: str) -> int:
    """Where the words begin: after quotation marks, a greeting, a «yes» or a «thank you»."""
    at = _end(_OPENING, plain, 0)
    at = _end(_OPENING, plain, _end(_GREETING, plain, at))
    return _end(_OPENING, plain, _end(_YES, plain, at))


def _end(pattern: re.Pattern[str], plain: str, at: int) -> int:
    found = pattern.match(plain, at)
    return found.end() if found else at


def _returned(plain: str, reason: str) -> Reading:
    """A return says why. One that takes itself back, or depends on something, is for a person to read."""
    words = _plain(reason)
    said = [one for one in _clauses(words) if not _THANKS.fullmatch(one) and not _FAREWELL.match(one)]
    unsure = _CONDITION.match(words) or re.search(_CONTENT, words, re.IGNORECASE)
    if unsure or not any(re.search(r"\w\w", one) for one in said):
        return Reading(Meaning.PERHAPS_RETURN)
    return Reading(Meaning.RETURN, reason)


def _is_harmless(rest: str, name: str) -> bool:
    """Nothing that follows an acceptance takes it back, asks, or sets a condition."""
    if _SAD.search(rest):
        return False
    rest, ending = _without_farewell(_ORNAMENT.sub(" ", rest))
    if len(ending) > _LONGEST_SIGNATURE or "?" in ending or _POSTSCRIPT.search(ending) or _DOUBT.search(_plain(ending)):
        return False
    if "?" in rest:
        return False
    before = ""
    for clause in _clauses(rest):
        parts = (clause,) if _says_nothing_new(clause, before, name) else _AND.split(clause)
        if not all(_says_nothing_new(one, before, name) for one in parts):
            return False
        before = clause
    return True


def _says_nothing_new(clause: str, before: str, name: str) -> bool:
    plain = _plain(clause)
    if thanks := _THANKS.fullmatch(plain):
        return not _DOUBT.search(thanks[0])
    own = {word.lower() for word in name.split()}
    if own and set(clause.lower().split()) <= own:
        return True
    if _THANKS.fullmatch(_plain(before)) and _NAME.fullmatch(clause):
        return True
    if _NO_CLAIMS.fullmatch(plain):
        return True
    return bool(_HARMLESS.fullmatch(plain)) and not _DOUBT.search(plain)


def _without_farewell(rest: str) -> tuple[str, str]:
    """The words before «с уважением», and what stands from there on."""
    found = _FAREWELL.search(rest)
    return (rest[: found.start()], rest[found.end() :]) if found else (rest, "")


def _clauses(text: str) -> list[str]:
    tidy = (" ".join(one.split()) for one in _CLAUSES.split(text))
    return [one for one in tidy if any(sign.isalnum() for sign in one)]
