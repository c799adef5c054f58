"""Bytes of a file as text: the encoding is recognised where it is sure, otherwise the file is refused."""

import re

from asmo_support.sla.loading.days import Unusable

ONE_BYTE = ("cp1251", "cp866", "koi8-r")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
DOCUMENTS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "Word, Excel (.doc, .xls)"),
)
PACKED = ((b"word/", "Word (.docx)"), (b"xl/", "Excel (.xlsx)"), (b"opendocument", "OpenDocument (.odt, .ods)"))
KNOWN = re.compile(
    r"\b(?:понедельник|вторник|сред[ыу]|четверг|пятниц[ыу]|суббот[ыу]|воскресень[ея]|перен(?:ести|ос|осе)|выходн|год|"
    r"январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|праздни|каникул|постановл)",
    re.IGNORECASE,
)
FREQUENT = re.compile("[оеаинтсрвл]")
SURE = 0.45
LOOKED_AT = 20_000
PLAIN = re.compile(r"[\s!-~А-Яа-яЁё«»„“”‘’№–—…·•§°\u00a0\u00ad\u200b\u202f\u2009\ufeff-]*")


def decoded(given: bytes) -> str:
    """The text of a file. Raises Unusable when it is another kind of document or its encoding cannot be told."""
    _no_document(given)
    for mark, encoding in MARKS.items():
        if given.startswith(mark):
            return _strictly(given, encoding)
    if b"\0" in given:
        return _without_mark(given)
    try:
        return given.decode()
    except UnicodeDecodeError:
        return _one_byte(given)


def legible(text: str) -> bool:
    """Whether a person can read it: only then it is worth quoting."""
    return bool(PLAIN.fullmatch(text))


def garbled(text: str) -> bool:
    """Pasted from a page that was shown in a wrong encoding: it has words of a decree, but in another one."""
    if KNOWN.search(text) or text.isascii():
        return False
    text = text[:LOOKED_AT]
    return any(
        KNOWN.search(text.encode(shown, "ignore").decode(written, "ignore"))
        for shown in (*ONE_BYTE, "latin-1", "cp1252")
        for written in ("utf-8", *ONE_BYTE)
        if shown != written
    )


def _no_document(given: bytes) -> None:
    for mark, kind in DOCUMENTS:
        if given.startswith(mark):
            raise Unusable("document", kind=kind)
    if given.startswith(b"PK\x03\x04"):
        kind = next((kind for mark, kind in PACKED if mark in given), "ZIP")
        raise Unusable("document", kind=kind)


def _strictly(given: bytes, encoding: str) -> str:
    try:
        return given.decode(encoding)
    except UnicodeDecodeError:
        raise Unusable("encoding") from None


def _without_mark(given: bytes) -> str:
    """UTF-16 gives itself away: blanks and figures have a zero byte, always on the same side."""
    even, odd = given[::2].count(0), given[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        raise Unusable("encoding")
    text = _strictly(given, "utf-16-le" if odd > even else "utf-16-be")
    if not legible(text):
        raise Unusable("encoding")
    return text


def _one_byte(given: bytes) -> str:
    """By the words of a calendar, else by the letters that are frequent in Russian."""
    texts = {encoding: given.decode(encoding, "replace") for encoding in ONE_BYTE}
    for weigh in (_words, _letters):
        best, second = sorted(((weigh(text), text) for text in texts.values()), reverse=True)[:2]
        if best[0] > 2 * second[0] and "\ufffd" not in best[1]:
            return best[1]
    raise Unusable("encoding")


def _words(text: str) -> float:
    return sum(1 for _ in KNOWN.finditer(text))


def _letters(text: str) -> float:
    strange = [sign for sign in text if not sign.isascii()]
    share = len(FREQUENT.findall(text)) / len(strange)
    return share if share > SURE else 0.0
