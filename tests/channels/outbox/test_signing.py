"""Signatures of our letters: the library that made none of our code says whether they hold."""

import base64

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from asmo_support.channels import signing_keys
from asmo_support.channels.email import send
from asmo_support.channels.models import Delivery, SigningKey, SmtpServer
from asmo_support.channels.outbox import Draft, post
from asmo_support.lib.errors import Refused
from tests.cast import ticket_of
from tests.parts.mail import server_at

pytestmark = pytest.mark.mail


@pytest.fixture
def own():
    """A key somebody brings along, in the other spelling of PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem.decode(), base64.b64encode(public).decode()


def keep(**more):
    domain = SmtpServer.objects.get().from_address.partition("@")[2]
    return signing_keys.keep(**{"domain": domain, "selector": "asmo", "by": None, **more})


def sent(cast, smtp_sink, **more):
    ticket = ticket_of(cast.customer)
    for n in (1, 2):
        post(Draft(address=cast.customer.email, kind="test", subject=f"Тема {n}", text="Строка\n.\nточка", html="<p>Да",
                   recipient=cast.customer, notice="progress"), ticket=ticket)  # fmt: skip
    send.drain()
    return smtp_sink.raw[-1]


def holds(raw, key):
    asked = []

    def record(name, timeout=5):
        asked.append(name.decode().rstrip("."))
        return key.record.encode()

    return dkim.verify(raw, dnsfunc=record), asked


def test_what_leaves_is_signed_with_its_thread_and_its_way_out(cast, smtp_sink):
    server_at(smtp_sink)
    key = keep()
    signing_keys.switch(key, on=True, by=cast.admin)
    raw = sent(cast, smtp_sink)

    assert holds(raw, key) == (True, [key.record_name])
    said = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"").replace(b" ", b"").lower()
    signed = set(said.partition(b";h=")[2].partition(b";")[0].split(b":"))
    assert {b"from", b"to", b"subject", b"date", b"message-id", b"references", b"in-reply-to", b"list-unsubscribe",
            b"list-unsubscribe-post"} <= signed  # fmt: skip


@pytest.mark.parametrize("change", [
    lambda raw: raw.replace(b"Message-ID: <t", b"Message-ID: <s"),
    lambda raw: raw.replace(b"In-Reply-To: <t", b"In-Reply-To: <s"),
    lambda raw: raw + b"PS\r\n",
    lambda raw: b"Subject: Another\r\n" + raw,
    lambda raw: b"From: evil@evil.example\r\n" + raw,
])  # fmt: skip
def test_a_letter_that_was_changed_does_not_hold(cast, smtp_sink, change):
    server_at(smtp_sink)
    key = keep()
    signing_keys.switch(key, on=True, by=cast.admin)
    raw = sent(cast, smtp_sink)

    assert change(raw) != raw
    assert holds(change(raw), key)[0] is False


def test_a_key_brought_along_signs_and_its_secret_lies_encrypted(cast, smtp_sink, own):
    server_at(smtp_sink)
    secret, public = own
    key = keep(secret=secret)
    signing_keys.switch(key, on=True, by=cast.admin)

    assert (key.public, key.record) == (public, f"v=DKIM1; k=rsa; p={public}")
    assert "PRIVATE" not in SigningKey.objects.get().secret
    assert holds(sent(cast, smtp_sink), key)[0] is True


def test_a_key_that_is_not_switched_on_signs_nothing(cast, smtp_sink):
    server_at(smtp_sink)
    keep()

    assert b"DKIM-Signature" not in sent(cast, smtp_sink)


def test_only_one_key_signs(cast, smtp_sink):
    server_at(smtp_sink)
    first, second = keep(), keep(selector="next")
    signing_keys.switch(first, on=True, by=cast.admin)
    signing_keys.switch(second, on=True, by=cast.admin)

    assert holds(sent(cast, smtp_sink), second) == (True, [second.record_name])
    assert SigningKey.objects.filter(active=True).count() == 1


def test_without_its_secret_letters_wait_instead_of_leaving_unsigned(cast, smtp_sink):
    server_at(smtp_sink)
    signing_keys.switch(keep(), on=True, by=cast.admin)
    SigningKey.objects.update(secret="Z0FBQUFB")
    post(Draft(address="to@home.example", kind="test", subject="Тема", text="Текст"))
    send.drain()

    assert smtp_sink.raw == []
    assert Delivery.objects.get().state == "queued"
    assert SmtpServer.objects.get().error


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"domain": "evil.example"}, "domain"),
        ({"domain": "no spaces"}, "domain"),
        ({"selector": "a.b"}, "selector"),
        ({"selector": "Ключ"}, "selector"),
        ({"secret": "-----BEGIN RSA PRIVATE KEY-----\nAAAA"}, "secret"),
    ],
)
def test_a_key_that_would_not_be_believed_is_refused(cast, smtp_sink, more, field):
    server_at(smtp_sink)

    with pytest.raises(Refused) as refused:
        keep(**more)

    assert refused.value.field == field
    assert SigningKey.objects.count() == 0


def test_a_selector_is_used_once(cast, smtp_sink):
    server_at(smtp_sink)
    keep()

    with pytest.raises(Refused, match="У этого селектора уже есть ключ"):
        keep()
