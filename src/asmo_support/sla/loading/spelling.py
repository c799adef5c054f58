"""Russian text as it was meant: what pages and PDF put into words without anybody seeing it is taken out again.

Only what is sure: blanks of other kinds, signs without width, words parted at the end of a line, and Latin letters that
look like the Russian ones around them. Lines stay where they are. A misspelt word stays misspelt.
"""

import re
import unicodedata

BLANKS = dict.fromkeys([0xA0, 0x2007, 0x202F, *range(0x2000, 0x2007), *range(0x2008, 0x200B)], " ")
WIDTHLESS = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
PARTED = re.compile(r"([А-Яа-яЁё])[-\u00ad\u2010\u2011][ \t]{0,30}(\n\s{0,30})([а-яё]\S{0,30})")
ALIKE = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
RUSSIAN = re.compile(r"[А-Яа-яЁё]")
# Written wholly in Latin letters: the little words of a decree, which nothing else is written like.
LITTLE = {"с", "со", "на", "в", "С", "СО", "Со", "НА", "На", "В"}


def meant(text: str) -> str:
    """The text with its hidden signs taken out, line by line as it was."""
    text = unicodedata.normalize("NFC", text).translate(BLANKS)
    text = PARTED.sub(lambda found: found[1] + found[3] + "\n" * found[2].count("\n"), text)
    return WORD.sub(_russian, text.translate(WIDTHLESS))


def _russian(found: re.Match[str]) -> str:
    word = found[0]
    meant = word.translate(ALIKE)
    sure = meant in LITTLE or (RUSSIAN.search(word) and not re.search("[A-Za-z]", meant))
    return meant if sure else word
