"""The text of a decree, as pasted from a page: «с субботы 27 апреля на понедельник 29 апреля».

Each weekday is compared with the year, so the text of one year is never taken for another. Whatever begins like a move
has to be understood to its end, and no day that stands where moves stand may be left over: a misspelt move is refused,
not skipped.
"""

import re
from datetime import date

from asmo_support.sla.loading.days import SATURDAY, Move, Unusable, YearDays, checked_year, plain
from asmo_support.sla.loading.spelling import meant
from asmo_support.sla.russia import HOLIDAYS, Decree, russian_year

FROM = ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья")
ONTO = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
GAP = r"\s{1,30}"  # bounded, so that a page of blanks costs no time
DATE = rf"(\d{{1,2}}){GAP}({'|'.join(MONTHS)})(?:{GAP}(\d{{4}})\s{{0,30}}(?:года|г\.?)?)?"
START = re.compile(rf"\bсо?{GAP}(?:{'|'.join(FROM)})\b", re.IGNORECASE)
MOVE = re.compile(
    rf"\bсо?{GAP}({'|'.join(FROM)}),?{GAP}{DATE}\s{{0,30}},?{GAP}на{GAP}({'|'.join(ONTO)}),?{GAP}{DATE}\b",
    re.IGNORECASE,
)
FOR_YEAR = re.compile(rf"\bв{GAP}(\d{{4}}){GAP}году\b", re.IGNORECASE)
NAME = re.compile(rf"\bот{GAP}{DATE}\s{{0,30}}(?:№|N)\s{{0,30}}(\d+)", re.IGNORECASE)
IN_FIGURES = re.compile(
    rf"\bот{GAP}(\d{{2}}\.\d{{2}}\.\d{{4}})\s{{0,30}}(?:г\.?\s{{0,5}})?(?:№|N)\s{{0,30}}(\d+)", re.IGNORECASE
)
# What looks like a weekday and a day of the year, however they are spelt: if no move has them, something was misread.
WEEKDAYISH = r"\b(?:(?:пон|пне|вто|сре|сри|чет|чит|пят|пет|суб|соб|вос|вас|вск)[а-яё]{0,12}|пн|вт|ср|чт|пт|сб|вс)\b"
MONTHISH = r"(?:янв|фев|мар|апр|ма[йяе]|июн|июл|авг|сен|окт|ноя|дек)[а-яё]{0,8}"
ORDINAL = r"(?:\s?-\s?[а-яё]{1,3})?"
DAYISH = rf"\b\d{{1,2}}{ORDINAL}(?:\s{{0,30}}{MONTHISH}|[./]\s?\d{{1,2}}\b(?!\.\d))(?:{GAP}\d{{4}}\s?(?:года|г\b\.?)?)?"
BESIDE = r"[\s,(]{1,30}"
STRAY = re.compile(
    rf"(?:\bна\s{{1,30}})?{WEEKDAYISH}{BESIDE}\d{{1,2}}(?![\d:])|{DAYISH}{BESIDE}{WEEKDAYISH}"
    rf"|{DAYISH}{BESIDE}на{BESIDE}(?:[а-яё]{{1,20}}{BESIDE}){{0,3}}{DAYISH}",
    re.IGNORECASE,
)
DAY = re.compile(DAYISH, re.IGNORECASE)
MOVING = re.compile(r"\bперенести\b", re.IGNORECASE)
LIST_END = re.compile(r"\n[ \t]{0,30}\n|(?<![ \d]г)\.(?=\s+[А-ЯЁ\d]|\s*$)")


def looks_like_decree(text: str) -> bool:
    text = meant(text)
    moving = re.search(r"перен(?:ести|ос).{0,80}выходн", text, re.IGNORECASE | re.DOTALL)
    return bool(START.search(text) or STRAY.search(text) or moving)


def read_decree(text: str, year: int | None) -> YearDays:
    """The year that follows from the law and from the moves in the text."""
    text = meant(text)
    year = _year(text, year)
    moves: list[Move] = []
    spans: list[tuple[int, int]] = []
    for start in START.finditer(text):
        line = text.count("\n", 0, start.start()) + 1
        whole = MOVE.match(text, start.start())
        if not whole:
            raise Unusable("move", line, text=_quoted(text, start.start()))
        moves.append(_move(whole, year, line, moves))
        spans.append(whole.span())
    _nothing_left(text, spans)
    if not moves:
        raise Unusable("no_moves")
    return plain(russian_year(year, Decree(_name(text), tuple(moves))), "decree", tuple(moves))


def _nothing_left(text: str, moves: list[tuple[int, int]]) -> None:
    """Refuse days that stand like a move, or among the moves, and are part of none."""
    rest = text
    for start, end in moves:
        rest = rest[:start] + re.sub(r"[^\n]", ";", rest[start:end]) + rest[end:]
    found = [STRAY.search(rest)]
    if moves:
        first, last = _list_of(text, moves)
        found.append(DAY.search(rest, first, last))
    if left := [one.start() for one in found if one]:
        raise Unusable("stray", text.count("\n", 0, min(left)) + 1, text=_quoted(rest, min(left)))


def _list_of(text: str, moves: list[tuple[int, int]]) -> tuple[int, int]:
    """From “перенести” to the end of the sentence or the paragraph with the last move."""
    first, last = moves[0][0], moves[-1][1]
    begins = [one.end() for one in MOVING.finditer(text, 0, first)]
    ends = LIST_END.search(text, last)
    return (begins[-1] if begins else first), (ends.start() if ends else len(text))


def _quoted(text: str, at: int) -> str:
    return " ".join(text[at : at + 70].partition(";")[0].split())


def _year(text: str, year: int | None) -> int:
    said = FOR_YEAR.search(text)
    if not said:
        if year is None:
            raise Unusable("year_unknown")
        return year
    found = int(said[1])
    if year not in {None, found}:
        raise Unusable("other_year", text.count("\n", 0, said.start()) + 1, found=found, year=year)
    return checked_year(found, text.count("\n", 0, said.start()) + 1)


def _move(whole: re.Match[str], year: int, line: int, known: list[Move]) -> Move:
    rest = _day(whole.group(2, 3, 4), FROM.index(whole[1].lower()), whole[1], year, line)
    instead = _day(whole.group(6, 7, 8), ONTO.index(whole[5].lower()), whole[5], year, line)
    for other, other_instead in known:
        if rest == other or instead == other_instead:
            raise Unusable("twice", line, day=rest if rest == other else instead)
    holidays = {date(year, month, day) for month, day in HOLIDAYS}
    if rest.weekday() < SATURDAY and rest not in holidays:
        raise Unusable("not_rest", line, day=rest)
    if instead.weekday() >= SATURDAY or instead in holidays:
        raise Unusable("not_work", line, day=instead)
    return rest, instead


def _day(parts: tuple[str, ...], weekday: int, word: str, year: int, line: int) -> date:
    number, month, said = parts
    if said and int(said) != year:
        raise Unusable("other_year", line, found=int(said), year=year)
    try:
        day = date(year, MONTHS.index(month.lower()) + 1, int(number))
    except ValueError:
        raise Unusable("date", line, text=f"{number} {month}", year=year) from None
    if day.weekday() != weekday:
        raise Unusable("weekday", line, word=word, day=day)
    return day


def _name(text: str) -> str:
    """How the decree is called; the year of signing has to be there, so a date without one is no name."""
    for found in NAME.finditer(text):
        number, month, year, own = found.groups()
        if year:
            return f"Постановление № {own} от {int(number):02}.{MONTHS.index(month.lower()) + 1:02}.{year}"
    if figures := IN_FIGURES.search(text):
        return f"Постановление № {figures[2]} от {figures[1]}"
    return "Постановление о переносе выходных дней"
