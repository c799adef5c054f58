"""What a letter becomes in its ticket: each word once, each picture in its place."""

import pytest

from asmo_support.channels.email import entry
from asmo_support.channels.email.parse import parse
from tests.letters.build import multi, part

LOGO = part('image/png; name="logo.png"', b"\x89PNG", Content_ID="<logo@kama>")
SIGNED = "С уважением,\nИван Петров\nинженер"
OPENED = {
    "a logo below the signature": f"Не печатается.\n\n{SIGNED}\n[cid:logo@kama]",
    "a logo beside the name": "Не печатается.\n\nС уважением,\nИван Петров [cid:logo@kama]\nинженер",
    "a picture among the words": f"Не печатается:\n[cid:logo@kama]\n\n{SIGNED}",
    "a picture alone": "[cid:logo@kama]",
}


@pytest.mark.parametrize("name", OPENED)
def test_a_ticket_has_each_word_of_its_letter_once(name):
    words = OPENED[name]
    letter = parse(multi("related", part("text/plain; charset=utf-8", words), LOGO))
    told = entry.described(letter)

    assert told.replace("[logo.png]", "").split() == words.replace("[cid:logo@kama]", "").split()


def test_a_picture_among_the_words_stays_in_its_place():
    letter = parse(multi("related", part("text/plain; charset=utf-8", OPENED["a picture among the words"]), LOGO))

    assert entry.described(letter).startswith("Не печатается:\n[logo.png]\n")
    assert entry.said(letter)[0] == "Не печатается:\n[logo.png]"


def test_an_answer_shows_no_logo_of_a_signature():
    letter = parse(multi("related", part("text/plain; charset=utf-8", OPENED["a logo below the signature"]), LOGO))

    assert entry.said(letter)[0] == "Не печатается."
