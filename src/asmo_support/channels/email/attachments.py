"""Files of a letter: what they are called, what they are, their bytes untouched."""

import hashlib
import mimetypes
import re
import unicodedata

from asmo_support.channels.email.letter import Attachment

_LONGEST_NAME = 200
_BIDI = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f]")
_KINDS = {
    "message/rfc822": "letter",
    "message/global": "letter",
    "message/news": "letter",
    "message/external-body": "link",
    "message/partial": "partial",
    "application/pkcs7-mime": "smime",
    "application/x-pkcs7-mime": "smime",
    "application/pkcs7-signature": "smime",
    "application/x-pkcs7-signature": "smime",
    "application/pgp-encrypted": "pgp",
    "application/pgp-signature": "pgp",
    "application/pgp-keys": "pgp",
    "text/calendar": "calendar",
    "application/ics": "calendar",
    "text/vcard": "contact",
    "text/x-vcard": "contact",
    "text/directory": "contact",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
}
_ENDINGS = {
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/news": ".eml",
    "message/external-body": ".txt",
    "message/delivery-status": ".txt",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "text/calendar": ".ics",
    "text/plain": ".txt",
    "text/html": ".html",
    "image/jpeg": ".jpg",
    "application/ms-tnef": ".dat",
}


def made(name: str, kind: str, content: bytes, **more: str | bool) -> Attachment:
    """The attachment; a part without a name gets one from its kind."""
    special = _KINDS.get(kind, "tnef" if name.lower() == "winmail.dat" else "")
    return Attachment(
        name=shown_name(name) or f"{kind.partition('/')[0] or 'file'}{ending(kind)}",
        type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        kind=special,
        content=content,
        inline=bool(more.get("inline", False)),
        content_id=str(more.get("content_id", "")),
        inside=str(more.get("inside", "")),
        encoded=bool(more.get("encoded", False)),
    )


def ending(kind: str) -> str:
    return _ENDINGS.get(kind) or mimetypes.guess_extension(kind, strict=False) or ".bin"


def shown_name(name: str) -> str:
    """One line without folders, controls and signs that turn the reading direction; the ending survives shortening."""
    text = _BIDI.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/").rpartition("/")[2].strip()
    if len(text) <= _LONGEST_NAME:
        return text
    stem, dot, suffix = text.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}" if dot and len(suffix) <= 10 else text[:_LONGEST_NAME]


def guessed(name: str) -> str:
    """A kind by the name alone."""
    return mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"
