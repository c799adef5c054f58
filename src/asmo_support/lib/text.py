"""Small deeds with text."""

import re

# Controls; and what turns the direction of writing, by which “exe.txt” may be shown for “txt.exe”.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def sort_key(name: str) -> str:
    """How a Russian reader sorts names: case and «ё» make no difference, quotes and legal forms do not count."""
    return re.sub(r"[«»\"„“]", "", name).lower().replace("ё", "е").strip()


def clean(text: str) -> str:
    """Text as PostgreSQL and people can read it: no control characters, one kind of line end, nothing around."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def first_words(text: str, limit: int = 160) -> str:
    """The beginning of a text in one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0] + "…"
