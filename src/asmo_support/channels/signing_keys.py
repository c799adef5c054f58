"""Keys that sign our letters: made here or brought along, switched on when the record is published."""

import base64
import re

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.identity import identity
from asmo_support.channels.models import SigningKey
from asmo_support.channels.secrets import seal
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.people.models import User

BITS, LEAST = 2048, 1024
_SELECTOR = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def newest() -> SigningKey | None:
    """The key the page is about."""
    return SigningKey.objects.select_related("by").order_by("-id").first()


def proposed() -> dict[str, str]:
    """What the form begins with: the domain letters are from, a selector nobody has used."""
    domain = identity().domain
    return {"domain": domain, "selector": f"asmo{timezone.localdate():%Y%m}"}


def keep(*, domain: str, selector: str, secret: str = "", by: User | None) -> SigningKey:
    """Keep a key, our own or one brought along; letters are signed once it is switched on."""
    domain, selector = domain.strip().lower(), selector.strip().lower()
    _check(domain, selector)
    key = _read(secret) if secret.strip() else rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    return _kept(key, domain, selector, by)


@transaction.atomic
def switch(key: SigningKey, *, on: bool, by: User | None) -> None:
    """Sign letters with this key from now on, or sign nothing."""
    SigningKey.objects.filter(active=True).update(active=False)
    key.active = on
    key.save(update_fields=["active"])
    record(key, "signing-key.switched", by=by, internal=True, domain=key.domain, selector=key.selector, on=on)


@transaction.atomic
def _kept(key: rsa.RSAPrivateKey, domain: str, selector: str, by: User | None) -> SigningKey:
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    row = SigningKey.objects.create(
        domain=domain, selector=selector, secret=seal(pem.decode("ascii")),
        public=base64.b64encode(public).decode("ascii"), by=by,
    )  # fmt: skip
    record(row, "signing-key.kept", by=by, internal=True, domain=domain, selector=selector)
    return row


def _check(domain: str, selector: str) -> None:
    if not _DOMAIN.fullmatch(domain):
        raise Refused(_("Write the domain as example.ru."), field="domain")
    ours = identity().domain.lower()
    if ours != domain and not ours.endswith(f".{domain}"):
        words = _("Letters are from %(domain)s: a key of another domain would not be believed.")
        raise Refused(words % {"domain": ours}, field="domain")
    if not _SELECTOR.fullmatch(selector):
        raise Refused(_("A selector has Latin letters, digits and hyphens."), field="selector")
    if SigningKey.objects.filter(domain=domain, selector=selector).exists():
        raise Refused(_("This selector has a key already: take another one, so that both records can stand."),
                      field="selector")  # fmt: skip


def _read(secret: str) -> rsa.RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(secret.strip().encode(), password=None)
    except (ValueError, TypeError) as problem:
        raise Refused(_("This is not a private key in PEM without a password."), field="secret") from problem
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < LEAST:
        raise Refused(_("An RSA key of at least 1024 bits is needed."), field="secret")
    return key
