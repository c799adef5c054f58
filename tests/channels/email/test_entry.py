"""What a letter becomes in its ticket: each word once, each picture in its place."""

import dataclasses

import pytest
from django.utils import translation

from asmo_support.channels.email import entry
from asmo_support.channels.email.parse import parse
from tests.letters.build import multi, part, text

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


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: FW: Акт", "Акт"),
        ("RE[2]: [№ 1042] Re: Акт", "Акт"),
        ("Отв: Пер: Акт: не печатается", "Акт: не печатается"),
        ("Re:", "(без темы)"),
        ("", "(без темы)"),
        ("Revision 5: не печатается", "Revision 5: не печатается"),
        ("[#17] Заявка другой службы", "[#17] Заявка другой службы"),
        ("На складе: пусто", "На складе: пусто"),
        ("Re: " * 4000, "Re: " * 3969 + "Re:"),
    ],
)
def test_a_ticket_is_called_what_its_letter_is_about(subject, title):
    with translation.override("ru"):
        assert entry.title(dataclasses.replace(parse(text("Помогите.")), subject=subject)) == title
