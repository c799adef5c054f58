"""The address that switches a kind of notices off without signing in: bound to one person and one kind.

It lies nowhere: the texts hold a blank one, and sending fills it in. A GET shows, a POST acts (RFC 8058).
"""

import re
from dataclasses import dataclass

from django.conf import settings

from asmo_support.channels.email import tokens
from asmo_support.channels.models import Delivery
from asmo_support.channels.secrets import letter_keys

_PATH = "/links/notices/{key}/"
_BLANK = "-"
_KEYED = re.compile(r"/links/notices/[1-9]\d{0,17}\.[a-z]{1,20}\.[a-z2-7]{26}/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose notices, and which kind of them."""

    person: int
    kind: str


def blank() -> str:
    """The address that stands in the text of a letter until it is sent: it opens nothing."""
    return settings.SITE_URL + _PATH.format(key=_BLANK)


def address(person: int, kind: str) -> str:
    return settings.SITE_URL + _PATH.format(key=tokens.notice_key(letter_keys(), person, kind))


def address_of(delivery: Delivery) -> str:
    """Where the reader of this letter says that no more of its kind shall come; empty when it is personal."""
    if not delivery.notice or delivery.recipient_id is None:
        return ""
    return address(delivery.recipient_id, delivery.notice)


def filled(text: str, delivery: Delivery) -> str:
    """A text of a letter as its reader gets it."""
    known = address_of(delivery)
    return text.replace(blank(), known) if known else text


def without_keys(text: str) -> str:
    """A text that quotes our letters, with the keys in it taken out."""
    return _KEYED.sub(_PATH.format(key=_BLANK), text)


def asked(key: str) -> Asked | None:
    """What a key is good for, when we made it."""
    found = tokens.notice_of(letter_keys(), key)
    return Asked(*found) if found else None
