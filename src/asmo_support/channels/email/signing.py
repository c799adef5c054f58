"""Signing what goes out (DKIM, RFC 6376). Bytes in, bytes out; the key comes in."""

from collections.abc import Callable

import dkim

from asmo_support.channels.models import SigningKey
from asmo_support.channels.secrets import unseal

Signer = Callable[[bytes], bytes]
HEADERS = (b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to", b"references",
           b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted", b"mime-version",
           b"content-type")  # fmt: skip


def signer() -> Signer:
    """Signs with the key that is switched on; without one letters go as they are. Raises Broken when the key cannot
    be read: then letters wait, for a letter without its signature may be thrown away on the way.
    """
    key = SigningKey.objects.filter(active=True).first()
    if key is None:
        return bytes
    secret = unseal(key.secret).encode("ascii")

    def sign(raw: bytes) -> bytes:
        return signature(raw, key, secret) + raw

    return sign


def signature(raw: bytes, key: SigningKey, secret: bytes) -> bytes:
    """The header of the signature. What is there is signed; a second From, To or Subject breaks it."""
    there = {line.partition(b":")[0].strip().lower() for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n")}
    named = [one for one in HEADERS if one in there]
    made: bytes = dkim.sign(
        raw, key.selector.encode("ascii"), key.domain.encode("idna"), secret,
        canonicalize=(b"relaxed", b"relaxed"), include_headers=[*named, b"from", b"to", b"subject"],
    )  # fmt: skip
    return made
