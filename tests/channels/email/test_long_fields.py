"""A field over the limit is read from its beginning: whole letters, never the code they travelled in (EI-08)."""

import pytest

from asmo_support.channels.email.parse import parse
from asmo_support.channels.email.preview import preview
from tests.letters.build import SENDER, head, multi, word

SAID = "Не печатается акт сверки за октябрь, подъезд пропал. " * 200
WORDS = {
    "base64": word(SAID),
    "quoted": word(SAID[:5_000], kind="Q"),
    "1251": word(SAID * 2, "windows-1251"),
    "one byte aside": word("a" + SAID),
    "never ends": word(SAID)[:-2],
    "folded inside": "\r\n ".join(word(SAID)[at : at + 70] for at in range(0, len(word(SAID)), 70)),
    "many": "\r\n ".join([word("Не печатается акт сверки ")] * 400),
    "glued": word("Не печатается акт сверки ") * 400,
}


@pytest.mark.case("EI-08")
@pytest.mark.parametrize("name", WORDS)
def test_a_huge_subject_is_read_from_its_beginning(name):
    letter = parse(head(WORDS[name].encode()) + b"\r\nplain\r\n")

    assert letter.subject.removeprefix("a").startswith("Не печатается акт сверки ")
    assert len(letter.subject) > 500
    assert [sign for sign in ("=?", "?=", "\ufffd") if sign in letter.subject] == []
    assert letter.defects == ("field-too-long",)
    assert letter.text.strip() == "plain"


def test_a_huge_name_does_not_hide_the_address_behind_it():
    letter = parse(head(sender=f"{WORDS['base64']} <{SENDER}>") + b"\r\nplain\r\n")

    assert letter.sender.email == SENDER
    assert letter.sender.name.startswith("Не печатается акт сверки")


def test_an_attached_letter_and_a_preview_read_it_as_well():
    inside = head(WORDS["base64"].encode()) + b"\r\nplain\r\n"
    letter = parse(multi("mixed", b"Content-Type: message/rfc822\r\n\r\n" + inside))

    assert "Subject: Не печатается акт сверки" in letter.text
    assert "=?" not in letter.text + letter.attachments[0].name
    assert "Subject: Не печатается акт сверки" in preview(inside)
