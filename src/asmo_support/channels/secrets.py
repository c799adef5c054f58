"""Secrets of this floor, all from the one secret of the installation: passwords at rest, marks in letters."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from asmo_support.lib.errors import Broken


def seal(text: str) -> str:
    """A password as it may lie in the database; an empty one stays empty."""
    return _fernet().encrypt(text.encode()).decode("ascii") if text else ""


def unseal(text: str) -> str:
    """The password again. Raises Broken when the secrets of the installation are other than those it was kept with."""
    if not text:
        return ""
    try:
        return _fernet().decrypt(text.encode("ascii")).decode()
    except InvalidToken as error:
        raise Broken("A password of a mail server cannot be read: enter it again.") from error


def letter_keys() -> tuple[bytes, ...]:
    """Keys of the marks in addresses and Message-IDs: the first makes them, any of them checks."""
    return tuple(_derived("letters", one) for one in _roots())


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived("mail-passwords", one))) for one in _roots()])


def _roots() -> list[str]:
    return [str(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _derived(purpose: str, root: str) -> bytes:
    return hmac.digest(root.encode(), f"asmo-{purpose}-1".encode(), hashlib.sha256)
