"""«С уважением, Иван Петров ⏎ инженер ⏎ тел. …»: where such a signature begins, if it is certainly nothing else.

Every line below the phrase has to be one of a few things a signature is made of: name, post, company, phone, address,
site. A question, a number without a name, a sentence, a postscript: it stays, and so does everything above it.
"""

import re

_MOST_LINES = 12
_MOST_NAMES = 4
_LONGEST_LINE = 120
_WINDOW = 40


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


_PHRASE = re.compile(
    _any(
        r"с (?:искренним |глубоким |большим |неизменным )?уважением(?: и (?:благодарностью|наилучшими пожеланиями))?"
        r"(?: к вам)?",
        r"с (?:наилучшими|добрыми|лучшими) пожеланиями", r"с (?:искренней )?благодарностью", r"искренне ваш[аи]?",
        r"(?:(?:with )?(?:best|kind|kindest|warm|warmest|many)[ ])?(?:regards|wishes)",
        r"(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?",
    ) + r"(?![\w-])[ ]*(?P<sign>[,.!—–-]?)[ ]*(?P<rest>.*)",
    re.IGNORECASE,
)  # fmt: skip

_WORD = r"[А-ЯЁA-Z][а-яёa-z'’]+(?:-[А-ЯЁA-Z]?[а-яёa-z]+)?"
_INITIAL = r"[А-ЯЁA-Z]\."
_NAME = re.compile(rf"(?:{_WORD}|{_INITIAL}|оглы|кызы|van|von|de)(?:[ ]?(?:{_INITIAL})|[ ](?:{_WORD}|оглы|кызы))*")
# One or two capital words may be a name or a cry for help.
_SAYING = re.compile(
    r"(?<!\w)(?:\w*(?:[йи]те|[аеиуюя]ть|[аеуюия]тся|[аяеиы]л[аои]?)|ждем|ждём|жду|прошу|просим|срочно|спасибо|благодарю|заранее|помощь"
    r"|ошибка|вопрос|проблема|пожалуйста|важно|внимание|снова|опять|нет|да|ок|принято|принимаю|отказ|please|urgent"
    r"|thanks|help|error|yes|no|waiting|hope|still|again|asap|not)(?!\w)",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?<!\w)(?:\w+(?:[аеиуыя]л[аои]?|[еёиуюая]т|тся|лся)|нужн\w*|сломан\w*)(?!\w)", re.IGNORECASE)
_NOT_VERBS = re.compile(
    r"(?<!\w)(?:михаил|даниил|даниэла|гаврила?|самуил|людмила|кирилла?|павел|измаил|рафаил|наил|фаил|камила|шамил|равил"
    r"|ахмет|мурат|марат|рашит|ринат|ренат|булат|салават)(?!\w)",
    re.IGNORECASE,
)
_COMPANY_KIND = (
    r"(?:ООО|АО|ПАО|ЗАО|ОАО|НАО|ИП|ФГУП|ФГБУ|ФГБОУ|ГБУ|ГБУЗ|ГАУ|ГКУ|МБУ|МУП|ГУП|МКУ|АНО|НКО|ТОО|ГК|НПО|НПП|ТД|ТК"
    r"|Компания|Группа компаний|Завод|Фирма|LLC|JSC|OOO)"
)
_COMPANY = re.compile(
    rf"{_COMPANY_KIND}[ ]?[«\"“„][^«»\"“”„?!]{{1,60}}[»\"”“]|{_COMPANY_KIND}[ ]{_WORD}(?:[ -]{_WORD}){{0,3}}"
    rf"|{_WORD}(?:[ &]{{1,3}}{_WORD}){{0,3}},?[ ](?:LLC|Ltd|Inc|GmbH|Corp|JSC|Co)\.?"
)
_POST = re.compile(
    r"(?:(?:и\.? ?о\.?|врио|зам\.?|заместитель|первый|главн(?:ый|ая)|гл\.?|ведущ(?:ий|ая)|вед\.?|старш(?:ий|ая)|ст\.?"
    r"|младш(?:ий|ая)"
    r"|генеральн(?:ый|ого)|ген\.?|технический|исполнительный|коммерческий|финансовый|системный|сервисный|региональный|дежурный"
    r"|senior|junior|chief|lead|deputy|general|technical|executive|sales|support|project|product|system|head|vice)[ ])*"
    r"(?:директор[а]?|инженер(?:а|-\w+)?|бухгалтер[а]?(?:-\w+)?|менеджер|специалист|руководител[ья]|начальник[а]?|администратор"
    r"|программист|разработчик|аналитик|юрист|юрисконсульт|секретарь|экономист|кладовщик|логист|оператор|консультант"
    r"|ассистент|помощник|координатор|технолог|механик|энергетик|диспетчер|кассир|товаровед|заведующ(?:ий|ая)|эколог"
    r"|метролог|архитектор|тестировщик|снабженец|маркетолог|офис-менеджер|председатель|президент|учредитель|владелец"
    r"|engineer|manager|director|head|leader|developer|accountant|specialist|administrator|analyst|officer|consultant"
    r"|assistant|coordinator|architect|president|ceo|cto|cfo|cio|owner|founder"
    r"|(?:отдел|служба|департамент|управление|техподдержка|техническая поддержка|бухгалтерия|ит-отдел|канцелярия"
    r"|дирекция|отделение|лаборатория))(?P<rest>(?:[ ]\S+){0,7})",
    re.IGNORECASE,
)
# What an office is of: «отдела продаж», «по работе с клиентами», «of sales».
_OFFICE = re.compile(
    r"(?:[ ](?:по|отдела|департамента|управления|службы|группы|сектора|направления|участка|цеха|склада|филиала|центра"
    r"|проекта|проектов|бюро|лаборатории|дирекции|отделения|производства|подразделения|склада|поддержки|технической|информационных"
    r"|разработки|сопровождения|внедрения|продаж|закупок|логистики|качества|снабжения|персонала|производством|складом"
    r"|отделом|ит|ис|асу|1с|it|of|for)(?!\w)){1,3}(?:[ ](?:и|с|and|the|of)(?!\w)|[ ][\w«»\"/-]{2,30}){0,5}",
    re.IGNORECASE,
)
# A verb or a state makes a sentence of a post.
_PREDICATE = re.compile(
    r"(?<!\w)(?:не|нет|но|уже|еще|ещё|был[аио]?|будет|есть|в|на|это|что|болен|больна|занята?|готова?|нужн[аоы]|нужен|уволена?"
    r"|должен|должна|рад[аы]?|is|are|was|has|have|does|not|cannot|can|will|\w+(?:(?<!отде)(?<!персона)(?<!филиа)"
    r"(?<!матери)л[аои]?|лся|лась|ит|ет|ёт|ют|ят|ут|тся|ите|йте|ешь|ишь|n['’]t))(?!\w)",
    re.IGNORECASE,
)
_DIGITS = r"[\d() .–—-]"
_PHONE_LABEL = (
    r"(?:(?:тел(?:ефон)?|моб(?:ильный)?|раб(?:очий)?|сот(?:овый)?|факс|вн(?:утр|утренний)?|доб(?:авочный)?|phone|tel"
    r"|mob(?:ile)?|cell|fax|ext|office|direct|whats ?app|telegram|viber|max)[.:]{0,2}|[тмфTMPF][.:])"
)
_EXTENSION = r"(?:[ ,(]*(?:доб|вн|ext)[.:]?[ ]?\d{1,6}\)?)?"
_PHONE = re.compile(
    rf"(?:{_PHONE_LABEL}(?:[ /]{{1,3}}{_PHONE_LABEL}){{0,2}}[ ]?\+?\d{_DIGITS}{{1,20}}|\+\d{_DIGITS}{{9,20}}"
    rf"|{_PHONE_LABEL}[ ]?\(\d{_DIGITS}{{5,20}}"
    rf"|8[ -]?\(?\d{{3,5}}\)?[ -]?\d{{1,3}}[ -]\d\d[ -]?\d\d){_EXTENSION}",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:(?:e-?mail|mail|почта|эл\. ?почта|электронная почта|адрес эл\. почты)[:.]?[ ]?)?<?(?:mailto:)?[\w.+-]{1,64}"
    r"@[\w.-]{2,80}>?(?:[ ]?<mailto:[^<>\s]{3,100}>)?",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:(?:сайт|site|web|www)[:.]?[ ]?)?<?(?:https?://)?(?:www\.)?(?:[\w-]{1,40}\.){1,4}"
    r"(?:ru|рф|su|com|org|net|info|biz|pro|io|by|kz|ua|eu|example)/?>?(?:[ ]?<https?://[^<>\s/]{3,100}/?>)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"(?:\d{{6}},[ ])?(?:(?:Россия|РФ),[ ])?(?:г|гор)\.[ ]?{_WORD}(?:[ -]{_WORD})?"
    rf"(?:,[ ](?:ул|пр|пр-т|пр-кт|пер|наб|ш|б-р|пл|д|стр|корп|оф|офис|каб)\.?[ ]?[\w/ -]{{1,40}}"
    r"|,[ ]\d{1,4}\w?){0,5}"
)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_REPORTS = re.compile(
    r"[?{}=;$\\|`]|\d{1,2}:\d\d|\d{4}-\d\d-|(?<!\w)--\w"
    r"|(?<!\w)(?:does|did|not|cannot|please|error|fail\w*|select|wrote|when|why|how|p\.?s)(?!\w)|\w+n['’]t(?!\w)",
    re.IGNORECASE,
)
# A picture of the letter, named in its place: the logo, as a rule.
_PICTURE = re.compile(r"\[[^\[\]]{1,100}\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?|[ew]mz)\]", re.IGNORECASE)
_RULE = re.compile(r"[-_=*~ ]{2,}")
_APART = re.compile(r"[ ]?[|•·][ ]?|(?:,|;)[ ]+(?![^«»]*»)|[ ]/[ ]")


def start(lines: list[str]) -> int | None:
    """The line the closing signature begins with; None when there is none, or no certainty."""
    for at in range(len(lines) - 1, max(len(lines) - _WINDOW, 0) - 1, -1):
        found = _PHRASE.match(lines[at].strip()) if len(lines[at]) <= _LONGEST_LINE else None
        if found and _is_signature(found, lines[at + 1 :]) and _has_words(lines[:at]):
            return at
    return None


def _has_words(lines: list[str]) -> bool:
    return any(line.strip(" >*_-") for line in lines if not line.lstrip().startswith(">"))


def are_parts(lines: list[str]) -> bool:
    """Whether all of it is a signature, with or without its phrase."""
    filled = [line for line in lines if line.strip()]
    if found := filled and _PHRASE.match(filled[0].strip()):
        return _is_signature(found, filled[1:])
    return all(is_part(line, first=not at) or _is_foreign(line) for at, line in enumerate(filled))


def _is_foreign(line: str) -> bool:
    """Below two dashes: a short line in another language that says nothing a program or a person would report."""
    return len(line) <= _LONGEST_LINE and not _CYRILLIC.search(line) and not _REPORTS.search(line)


def is_part(line: str, *, first: bool = False) -> bool:
    """Whether a line is what a signature is made of; `first` below the phrase a single word may be a name."""
    text = " ".join(line.strip().strip("*_").split())
    if len(text) > _LONGEST_LINE or "?" in text or "!" in text:
        return False
    if _is_fact(text):
        return True
    pieces = [piece.strip(" .,;") for piece in _APART.split(text) if piece.strip(" .,;")]
    named = [piece for piece in pieces if not _is_fact(piece)]
    return bool(pieces) and (not named or (named == pieces[:1] and _is_name(named[0], alone=not first)))


def _is_signature(found: re.Match[str], below: list[str]) -> bool:
    rest = found["rest"].strip()
    filled = [line for line in below if line.strip()]
    if len(filled) > _MOST_LINES or (rest and not is_part(rest, first=bool(found["sign"]))):
        return False
    parts = filled if rest else filled[1:]
    if not rest and not (filled and is_part(filled[0], first=True)):
        return False
    # A phrase and, after a blank line, a single name: not enough to be sure.
    is_close = bool(rest) or bool(below and below[0].strip())
    return (is_close or bool(parts)) and all(is_part(line) for line in parts)


def _is_fact(text: str) -> bool:
    if any(kind.fullmatch(text) for kind in (_COMPANY, _PHONE, _MAIL, _SITE, _ADDRESS, _PICTURE, _RULE)):
        return True
    post = _POST.fullmatch(text)
    rest = post["rest"] if post else ""
    return bool(post) and (not rest or bool(_OFFICE.fullmatch(rest))) and not _PREDICATE.search(rest)


def _is_name(text: str, *, alone: bool) -> bool:
    """`alone`: nothing says that a name is due here, so one word is none."""
    if not (_NAME.fullmatch(text) or _NAME.fullmatch(f"{text}.")) or _says(text):
        return False
    return 1 + alone <= len(text.split()) <= _MOST_NAMES


def _says(text: str) -> bool:
    return bool(_SAYING.search(text) or _VERB.search(_NOT_VERBS.sub("", text)))
