"""What of a letter stands in its ticket: the words newly written, all of them one click away."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from asmo_support.channels.email.letter import Letter
from asmo_support.channels.links import without_links
from asmo_support.lib.files import Kept
from asmo_support.lib.text import clean

LONGEST_TEXT = 100_000
# What mail programs put before a subject that is answered or passed on, and the tag of ours that stood in it.
_PREFIX = re.compile(
    r"(?:(?:re|fwd?|aw|wg|sv|vs|отв|пер|на|ha)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?:|\[№\s?\d{1,9}\])\s*", re.IGNORECASE
)
_MOST_PREFIXES = 30
SEALS = {"smime-encrypted": "S/MIME", "pgp-encrypted": "PGP"}


def title(letter: Letter) -> str:
    """What the letter is about: nobody reads a new ticket better for «Re: [№ 1042] Fwd:» before its name."""
    text = clean(letter.subject)
    for _nth in range(_MOST_PREFIXES):
        found = _PREFIX.match(text)
        if not found:
            break
        text = text[found.end() :]
    return text or _("(no subject)")


def told(text: str) -> str:
    """As much of a text as a page of talk holds."""
    text = _harmless(text)
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def whole_of(letter: Letter) -> str:
    """All the words of a letter that opens a ticket, when its description holds only their beginning."""
    text = _harmless(letter.text or letter.visible_text)
    return text if len(text) > LONGEST_TEXT else ""


def described(letter: Letter) -> str:
    """All the words of a letter that opens a ticket, with marks where its pictures stand."""
    text, placed = letter.text or letter.visible_text, _placed(letter)
    # Where a picture keeps words from being folded, they stand in the rest of the letter already.
    if placed and letter.visible_text and _same(_unplaced(letter), letter.visible_text):
        text = text.replace(letter.visible_text, placed, 1) if letter.visible_text in text else text
        text = placed if _same(letter.visible_text, text) else text
    elif placed and _same(_unplaced(letter), text):
        text = placed
    return _sealed(letter, told(text or placed))


def said(letter: Letter) -> tuple[str, str]:
    """What was newly written in an answer, and the whole of it where that is more."""
    text, whole = told(letter.visible_text) or told(letter.text), _harmless(letter.text)
    return _sealed(letter, told(_placed(letter)) or text), "" if _same(text, whole) else whole


def marked(letter: Letter, files: Sequence[Kept]) -> list[Kept]:
    """The kept files of this letter; those that stand among its words know it."""
    return [replace(file, inline=one.inline) for file, one in zip(files, letter.attachments, strict=True)]


def _harmless(text: str) -> str:
    # An answer quotes our letter, and its links are somebody's right to decide.
    return without_links(clean(text))


def _placed(letter: Letter) -> str:
    return letter.placed_text


def _unplaced(letter: Letter) -> str:
    text = _placed(letter)
    for one in letter.attachments:
        text = text.replace(f"[{one.name}]", "") if one.inline else text
    return text


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _sealed(letter: Letter, text: str) -> str:
    way = next((SEALS[one] for one in letter.sealed if one in SEALS), "")
    if not way:
        return text
    words = _("The letter is encrypted (%(way)s), we cannot read it. The original is attached.") % {"way": way}
    return f"{words}\n\n{text}".strip()
