"""Whether a letter is signed or encrypted, and by what (S/MIME, PGP): named for people, never verified here."""

import re

from asmo_support.channels.email import mime
from asmo_support.channels.email.bodies import Content
from asmo_support.channels.email.mime import Part

_PACKED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_SEALS = {
    "application/pkcs7-signature": "smime-signed",
    "application/x-pkcs7-signature": "smime-signed",
    "application/pgp-signature": "pgp-signed",
    "application/pgp-encrypted": "pgp-encrypted",
}
# The first object identifier of a CMS parcel says what it is (RFC 5652): 1.2.840.113549.1.7.2 is signed data.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_OPENING = 64
_INLINE = (
    (re.compile(r"^-----BEGIN PGP MESSAGE-----[ \t]*$", re.MULTILINE), "pgp-encrypted"),
    (re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*$", re.MULTILINE), "pgp-signed"),
)


def seals(letter: Part, content: Content) -> tuple[str, ...]:
    """smime-encrypted, smime-signed, pgp-encrypted, pgp-signed; attached letters speak for themselves."""
    found = {_seal(one) for one in mime.leaves(letter)}
    found |= {name for sign, name in _INLINE for block in content.blocks if sign.search(block.text)}
    return tuple(sorted(found - {""}))


def _seal(part: Part) -> str:
    is_packed = part.type in _PACKED or part.filename.lower() == "smime.p7m"
    if not is_packed:
        return _SEALS.get(part.type, "")
    said = part.parameters.get("smime-type", "").lower()
    if said == "signed-data" or (not said and _SIGNED_DATA in part.bytes[:_OPENING]):
        return "smime-signed"
    return "" if said in {"certs-only", "compressed-data"} else "smime-encrypted"
