"""Phone numbers in any writing: `8 (495) …`, `7495…`, `sip:7495…@host`. Russia where no country is named."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

REGION = "RU"
LONGEST = 100
_BETWEEN = re.compile(r"[,;\n]+(?!\s*(?:доб|ext|вн))", re.IGNORECASE)
_INNER = re.compile(r"(\d)[\s,]*(?:вн(?:утр(?:енний)?)?)[.\s]+", re.IGNORECASE)
_EXTENSION = ";ext="
# What exchanges make of a number: `"Name" <sip:+7495…@host:5060;user=phone>`, with or without name, scheme and host.
_IN_BRACKETS = re.compile(r"<([^<>]*)>[^<>]*\Z")
_URI = re.compile(r"(?:(?:sips?|tel):)?(\+?[\d\s().*#-]+)(?:;ext=(\d+))?(?:;[^@\s]*)?(?:@\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """One number: E.164, and the extension behind it when one was named."""

    e164: str
    extension: str = ""

    @property
    def keys(self) -> list[str]:
        """Under what it is found: the number alone, and with its extension."""
        return [self.e164, *([f"{self.e164}{_EXTENSION}{self.extension}"] if self.extension else [])]


def number(typed: str) -> Number | None:
    """The number somebody typed or an exchange sent; None for what is none: «anonymous», an extension, words."""
    text = bare(typed[:LONGEST])
    if text.startswith("00"):
        text = "+" + text[2:]
    text = _INNER.sub(r"\1 доб. ", text)
    # An exchange leaves the plus out; and a number may be newer than our table of numbers.
    found = _parsed(text) or _parsed("+" + text) or _parsed(text, loosely=True)
    if found is None:
        return None
    return Number(phonenumbers.format_number(found, PhoneNumberFormat.E164), found.extension or "")


def bare(said: str) -> str:
    """What stands for the telephone in the address of an exchange: a number, also an inner one; other words as they
    are.
    """
    text = said.strip()
    inside = _IN_BRACKETS.search(text)
    address = unquote(inside[1] if inside else text).strip()
    found = _URI.fullmatch(address)
    if found is None:
        return text
    return f"{found[1].strip()} доб. {found[2]}" if found[2] else found[1].strip()


def numbers(typed: str) -> list[Number]:
    """Every number of a text in which several are separated by commas, semicolons or lines."""
    found = (number(one) for one in _BETWEEN.split(typed))
    return list(dict.fromkeys(one for one in found if one))


def keys(typed: str) -> list[str]:
    """Under what the owner of these numbers is found; kept beside the text and indexed."""
    return list(dict.fromkeys(key for one in numbers(typed) for key in one.keys))


@lru_cache(4096)
def shown(e164: str) -> str:
    """As people read it: `+7 495 123-45-67`."""
    found = _parsed(e164, loosely=True)
    return phonenumbers.format_number(found, PhoneNumberFormat.INTERNATIONAL) if found else e164


def _parsed(text: str, *, loosely: bool = False) -> PhoneNumber | None:
    try:
        found = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    if loosely:
        fits = phonenumbers.is_possible_number_with_reason(found) == phonenumbers.ValidationResult.IS_POSSIBLE
    else:
        fits = phonenumbers.is_valid_number(found)
    return found if fits else None
