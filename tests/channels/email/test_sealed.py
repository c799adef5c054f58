"""A letter says who signed or encrypted it, and where its pictures stand."""

import base64

import pytest

from asmo_support.channels.email.letter import from_wire, to_wire
from asmo_support.channels.email.parse import parse

HEAD = "From: a@x.ru\r\nTo: b@y.ru\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
SIGNED = base64.b64encode(bytes.fromhex("308206092a864886f70d010702a0")).decode()
ENVELOPED = base64.b64encode(bytes.fromhex("308206092a864886f70d010703a0")).decode()
PACKED = "Content-Type: application/pkcs7-mime{}; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n"
SEALED = {
    "said signed": (PACKED.format("; smime-type=signed-data", ENVELOPED), ("smime-signed",)),
    "said enveloped": (PACKED.format("; smime-type=enveloped-data", SIGNED), ("smime-encrypted",)),
    "signed by its bytes": (PACKED.format("", SIGNED), ("smime-signed",)),
    "enveloped by its bytes": (PACKED.format("", ENVELOPED), ("smime-encrypted",)),
    "pgp in the text": (
        "\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQ\r\n-----END PGP MESSAGE-----\r\n",
        ("pgp-encrypted",),
    ),
    "signed in the text": ("\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nДа\r\n", ("pgp-signed",)),
    "spoken of": ("\r\nВ письме стоит -----BEGIN PGP MESSAGE----- и ничего.\r\n", ()),
}


@pytest.mark.parametrize("name", SEALED)
def test_a_letter_names_its_seal(name):
    rest, seals = SEALED[name]
    letter = parse((HEAD + rest).encode())

    assert letter.sealed == seals
    assert from_wire(*to_wire(letter)).sealed == seals


@pytest.mark.parametrize(
    ("kind", "seal"),
    [
        ("application/pkcs7-signature", "smime-signed"),
        ("application/pgp-signature", "pgp-signed"),
        ("application/pgp-encrypted", "pgp-encrypted"),
    ],
)
def test_a_part_names_the_seal(kind, seal):
    parts = (
        f"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: {kind}\r\n\r\nVersion: 1\r\n--b--\r\n"
    )

    assert parse(f"{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}".encode()).sealed == (seal,)


def pictures(*bodies: str) -> str:
    parts = [
        *bodies,
        *(
            f"Content-Type: image/png; name=image001.png\r\nContent-ID: <{cid}>\r\n\r\n{cid}\r\n"
            for cid in ("one@x", "two@x")
        ),
    ]
    joined = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"{HEAD}Content-Type: multipart/related; boundary=b\r\n\r\n{joined}--b--\r\n"


@pytest.mark.parametrize(
    "body",
    [
        'Content-Type: text/html\r\n\r\n<p>See <img src="cid:one@x"> and <img src="cid:two@x">.</p>',
        "Content-Type: text/plain\r\n\r\nSee [cid:one@x] and [cid:two@x].",
    ],
)
def test_a_picture_is_named_where_it_stands(body):
    letter = from_wire(*to_wire(parse(pictures(body).encode())))

    assert letter.placed_text == "See [image001.png] and [image001 (1).png]."
    assert [one.name for one in letter.attachments] == ["image001.png", "image001 (1).png"]


def test_a_letter_without_pictures_places_nothing():
    assert parse(f"{HEAD}\r\nSee [cid:other].\r\n".encode()).placed_text == ""


def test_yandex_names_who_wrote_the_forwarded_letter():
    text = 'Fwd\r\n\r\nПересылаемое сообщение\r\n23.11.2026, 10:15, "Иван Петров" <ivan@z.ru>:\r\n\r\nНе печатает.\r\n'
    sender = parse(f"{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()).forwarded_from

    assert sender
    assert (sender.email, sender.name) == ("ivan@z.ru", "Иван Петров")
