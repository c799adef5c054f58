"""The secret that lets a reply find its ticket: a keyed mark in the address to answer to and in every Message-ID.

The mark binds the number and the customer; nobody can make one for another ticket, and a ticket that moves to another
customer invalidates the old ones. `keys`: the first makes, any of them checks, so that a key can be replaced.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MAC = 16
# Whoever holds a link needs nothing else, so its mark is longer: 130 bits.
_LINK_MAC = 26
_LINK = re.compile(r"([1-9]\d{0,17})-[a-z2-7]{26}")
_NOTICE = re.compile(r"([1-9]\d{0,17})\.([a-z]{1,20})\.([a-z2-7]{26})")
_ADDRESS = re.compile(r"[^@\s<>]*\+t(\d{1,18})\.([a-z2-7]{16})@[^@\s<>]+", re.IGNORECASE)
_ID = re.compile(r"t(\d{1,18})\.([a-z2-7]{16})\.([a-z2-7]{16})@[^@\s<>]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A mark as found in a letter: unproven until `holds` says so. `nonce` is empty in an address."""

    number: int
    mac: str
    nonce: str = ""


def reply_address(keys: Sequence[bytes], mailbox: str, number: int, organization: int) -> str:
    """`support@x` → `support+t1042.<mac>@x`; whatever already follows a plus gives way."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local.partition('+')[0]}+t{number}.{_mac(keys[0], number, organization, '')}@{domain}"


def message_id(keys: Sequence[bytes], domain: str, number: int, organization: int, nonce: str = "") -> str:
    """A new Message-ID without angle brackets: `t1042.<random>.<mac>@domain`."""
    nonce = nonce or _base32(secrets.token_bytes(10))
    return f"t{number}.{nonce}.{_mac(keys[0], number, organization, nonce)}@{domain}"


def claims(addresses: Iterable[str], ids: Iterable[str]) -> tuple[Claim, ...]:
    """Every mark in the addresses a letter went to and in the Message-IDs it answers, without repeats."""
    in_addresses = (_ADDRESS.fullmatch(address.strip("<> ")) for address in addresses)
    in_ids = (_ID.fullmatch(one.strip("<> ")) for one in ids)
    found = [Claim(int(mark[1]), mark[2].lower()) for mark in in_addresses if mark]
    found += [Claim(int(mark[1]), mark[3].lower(), mark[2].lower()) for mark in in_ids if mark]
    return tuple(dict.fromkeys(found))


def holds(keys: Iterable[bytes], claim: Claim, organization: int) -> bool:
    """Whether we made this mark for that customer's ticket; takes the same time either way.

    For a number that does not exist ask with `organization=0`, so that the answer takes as long.
    """
    right = False
    for key in keys:
        expected = _mac(key, claim.number, organization, claim.nonce)
        right |= hmac.compare_digest(expected.encode(), claim.mac.encode())
    return right


def link_key(keys: Sequence[bytes], number: int, nonce: str) -> str:
    """The key in the address of a one-time link: the number of its row and a mark that nobody else can make."""
    return f"{number}-{_link_mac(keys[0], number, nonce)}"


def link_number(key: str) -> int:
    """Which row a key speaks of, unproven; 0 when it is no key at all."""
    found = _LINK.fullmatch(key)
    return int(found[1]) if found else 0


def link_holds(keys: Iterable[bytes], key: str, nonce: str) -> bool:
    """Whether we made this key for the row with this nonce; takes the same time either way."""
    right = False
    for one in keys:
        expected = f"{link_number(key)}-{_link_mac(one, link_number(key), nonce)}"
        right |= hmac.compare_digest(expected.encode(), key.encode())
    return right


def notice_key(keys: Sequence[bytes], person: int, kind: str) -> str:
    """The key in the address that ends a kind of notices for a person."""
    return f"{person}.{kind}.{_notice_mac(keys[0], person, kind)}"


def notice_of(keys: Iterable[bytes], key: str) -> tuple[int, str] | None:
    """Person and kind of a key that we made; takes the same time either way."""
    found = _NOTICE.fullmatch(key)
    if found is None:
        return None
    right, person, kind = False, int(found[1]), found[2]
    for one in keys:
        right |= hmac.compare_digest(_notice_mac(one, person, kind).encode(), found[3].encode())
    return (person, kind) if right else None


def _notice_mac(key: bytes, person: int, kind: str) -> str:
    text = f"asmo-notice-1\n{person}\n{kind}".encode("ascii")
    return _base32(hmac.digest(key, text, hashlib.sha256))[:_LINK_MAC]


def _link_mac(key: bytes, number: int, nonce: str) -> str:
    text = f"asmo-link-1\n{number}\n{nonce}".encode("ascii")
    return _base32(hmac.digest(key, text, hashlib.sha256))[:_LINK_MAC]


def _mac(key: bytes, number: int, organization: int, nonce: str) -> str:
    if len(key) < 16:
        raise ValueError("A key of less than 16 bytes can be guessed.")
    text = f"asmo-letter-1\n{number}\n{organization}\n{nonce}".encode("ascii")
    return _base32(hmac.digest(key, text, hashlib.sha256))[:_MAC]


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").lower().rstrip("=")
