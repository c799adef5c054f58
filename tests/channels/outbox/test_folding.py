"""Subjects and names arrive as they were written, wherever a line has to be parted."""

import random
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage

import pytest

from asmo_support.channels.email import folding

WORDS = "Конструктор форм не сохраняет отчёт по складу № 45 v2.1 кончается через 12 дней Договор 118-С/2025 (воздух) «Кадры»"
KNOWN = [
    "Конструктор форм не сохраняет отчёт",
    "Договор 118-С/2025 кончается через 12 дней",
    "Plain ASCII subject",
    "ё" * 300,
]


def drawn(seed, most):
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS.split()) for _ in range(chance.randint(1, most)))


def read(raw, field):
    return str(make_header(decode_header(message_from_bytes(raw)[field])))


def sent(subject, name):
    letter = EmailMessage(policy=folding.OUT)
    letter["From"] = Address(name, addr_spec="support+t1.aaaaaaaaaaaaaaaaaaaaaaaa@a-long-name.vendor.example")
    letter["Subject"] = subject
    letter.set_content("Текст")
    return letter.as_bytes()


@pytest.mark.parametrize("subject", [*KNOWN, *(drawn(seed, 16) for seed in range(300))])
def test_no_blank_is_lost_where_a_line_is_parted(subject):
    name = drawn(subject, 9)
    raw = sent(subject, name)

    assert read(raw, "Subject") == subject
    assert read(raw, "From").rpartition(" <")[0].strip('"') == name
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 98
    assert head.isascii()
