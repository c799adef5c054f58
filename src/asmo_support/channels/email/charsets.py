"""Bytes to text, whatever the letter claims about them: a declaration is a hint, the bytes are the witness."""

import codecs
import re

_ALIASES = {
    "utf8": "utf-8",
    "utf-8mb4": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "win-1251": "cp1251",
    "windows1251": "cp1251",
    "x-cp1251": "cp1251",
    "win1251": "cp1251",
    "1251": "cp1251",
    "koi8": "koi8-r",
    "koi-8": "koi8-r",
    "koi8r": "koi8-r",
    "koi8-ru": "koi8-u",
    "cskoi8r": "koi8-r",
    "dos": "cp866",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "tis-620": "cp874",
    "windows-874": "cp874",
}
# What says nothing: the bytes decide.
_SILENT = {
    "",
    "us-ascii",
    "ascii",
    "ansi_x3.4-1968",
    "646",
    "unknown-8bit",
    "x-unknown",
    "unknown",
    "default",
    "x-user-defined",
    "binary",
    "none",
    "_autodetect",
}
# Codecs of Python that no letter is written in; two of them are slow on purpose-made bytes.
_NO_CHARSETS = {
    "undefined",
    "idna",
    "punycode",
    "unicode-escape",
    "raw-unicode-escape",
    "unicode_escape",
    "raw_unicode_escape",
}
# Encodings that also spend plain ASCII bytes on other letters.
_SEVEN_BIT = re.compile(r"utf-?7|utf-?16|utf-?32|iso-?2022|^hz|ucs|cp037|ebcdic", re.IGNORECASE)
_MULTIBYTE = {"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "euc-jp", "euc_kr", "johab", "shift_jis_2004"}
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_CYRILLIC_NAMES = {codecs.lookup(each).name for each in (*_CYRILLIC, "koi8-u")}
_FREQUENT = frozenset("оеаинтсрвлкмдпуязыбгчйхжшью")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_SAMPLE = 20_000


def decode(raw: bytes, declared: str = "") -> tuple[str, str]:
    """The best text for the bytes, and a defect code ('' when the declaration was true)."""
    name = _known(declared)
    if raw.isascii() and not _SEVEN_BIT.search(name) and b"\x1b" not in raw:
        return scrub(raw.decode("ascii")), ""
    text, defect = _decoded(raw, name)
    if not defect and name == "" and declared.strip().strip("\"'").lower() not in _SILENT:
        defect = "unknown-charset"
    return scrub(text), defect


def scrub(text: str) -> str:
    """Without NUL and other controls PostgreSQL, XML and people choke on; one kind of line end; no lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").removeprefix("\ufeff")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def _known(declared: str) -> str:
    """The codec for a declared name, or '' when it is unknown or says nothing."""
    name = declared.strip().strip("\"'").strip().lower().partition("$")[0].lstrip("_")
    if name in _SILENT:
        return ""
    name = _ALIASES.get(name, name)
    try:
        known = codecs.lookup(name).name
        " ".encode(known)  # refuses what is no text encoding: rot13, base64
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if known in _NO_CHARSETS else known


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    if name in {"", "utf-8"}:
        return _utf8_or_guess(raw, declared=bool(name))
    try:
        text = raw.decode(name)
    except (UnicodeError, ValueError):
        text = ""
    if text and (_SEVEN_BIT.search(name) or name in _MULTIBYTE):
        return (text, "") if "\x00" not in text else (_guess(raw), "wrong-charset")
    return _single_byte(raw, name, text)


def _single_byte(raw: bytes, name: str, text: str) -> tuple[str, str]:
    """Russian letters are mislabelled in all directions; UTF-8 is never valid by accident."""
    try:
        honest = raw.decode("utf-8")
    except UnicodeDecodeError:
        honest = ""
    if len(re.findall("[\u0080-\uffff]", honest[:_SAMPLE])) > 1:
        return honest, "wrong-charset"
    if text and name not in _CYRILLIC_NAMES and name != "cp1252":
        return text, ""
    best = _guess(raw)
    if name == "cp1252":
        # Western text has a foreign letter here and there; Russian is made of them.
        heavy = sum(byte > 127 for byte in raw[:_SAMPLE]) * 3 > len(raw[:_SAMPLE].replace(b" ", b""))
        return (best, "wrong-charset") if heavy and _score(best) > 0 else (text or raw.decode("cp1252", "replace"), "")
    if not text:
        text = raw.decode(name, "replace")
    return (best, "wrong-charset") if _score(best) > _score(text) + len(raw[:_SAMPLE]) / 5 else (text, "")


def _utf8_or_guess(raw: bytes, *, declared: bool) -> tuple[str, str]:
    raw = _HALVES.sub("\ufffd".encode(), raw)
    if b"\x1b$" in raw or b"\x1b(" in raw:
        try:
            return raw.decode("iso2022_jp_ext"), "" if declared else "undeclared-charset"
        except UnicodeDecodeError:
            pass
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        loose = raw.decode("utf-8", "replace")
    lost = loose.count("\ufffd")
    found = "".join(re.findall("[\u0080-\ufffc\U0001f000-\U0001faff]+", loose))
    # Bytes of another encoding are hardly ever whole letters of this one.
    if len(found) > lost * 4 or (declared and len(found.encode()) >= lost):
        return loose, "broken-characters"
    return _guess(raw), "wrong-charset" if declared else "undeclared-charset"


def _guess(raw: bytes) -> str:
    """Among the Cyrillic code pages by the habit of Russian letters; Western when nothing looks Russian."""
    sample = raw[:_SAMPLE]
    best = max(_CYRILLIC, key=lambda name: _score(sample.decode(name, "replace")))
    high = sum(byte > 127 for byte in sample)
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 128)
    if _score(sample.decode(best, "replace")) > high / 3 and high > letters / 6:
        return raw.decode(best, "replace")
    return raw.decode("cp1252", "replace")


def _score(text: str) -> float:
    """How much it looks like Russian: frequent small letters count, capitals after small ones and signs cost."""
    total, previous = 0.0, " "
    for letter in text[:_SAMPLE]:
        if letter > "\x7f":
            if letter in _FREQUENT:
                total += 1
            elif letter.isalpha() and "Ѐ" <= letter <= "ӿ":
                russian = 0.1 if "А" <= letter <= "я" or letter in "ёЁ" else -0.2
                total += -2 if letter.isupper() and previous.islower() else russian
            elif letter not in "«»—–№…“”„ ":
                total -= 2
        previous = letter
    return total
