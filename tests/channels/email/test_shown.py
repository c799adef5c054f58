"""Somebody's own words are never taken for a quote or a signature; what programs add is folded all the same."""

import binascii

import pytest

from asmo_support.channels.email import charsets, visible
from asmo_support.channels.email.parse import parse

FRAME = "_" * 32
OWN = {
    "a header in a sentence": "Письмо уходит с такими полями:\nFrom: robot@x.ru\nTo: a@y.ru\nSubject: отчёт\nи пропадает.",
    "letters in a list": "Не дошли два:\nОт: a@x.ru\nКому: b@y.ru\nТема: раз\n\nОт: a@x.ru\nКому: c@y.ru\nТема: два\n\nГде они?",
    "a framed log": f"Вот журнал:\n{FRAME}\nОШИБКА ORA-600\n{FRAME}\nЭто блокирует работу!",
    "dashes before a command": "Запускаю так:\n--\nasmo --verbose\nИ ничего.",
    "dashes between sentences": "Первый вопрос о печати.\n--\nВторой: почему так долго считает отчёт?",
    "a log behind the dashes of a signature": "Смотрите лог:\n-- \nне подпись\n2026-11-23 10:00 ERROR x.NullPointerException",
    "a log of letters": "В журнале:\n10:15 start\nOn Mon, 16 Nov 2026 10:15, a@x.ru wrote:\n10:16 stop\nЧто это значит?",
}  # fmt: skip
FOLDED = {
    "a signature as standards have it": "Готово.\n-- \nИван Петров\nООО «Ромашка». Звоните нам.",
    "a signature without its blank": "Готово.\n--\nИван Петров\nООО «Ромашка»\n+7 342 200-10-41",
    "a ruled signature": f"Готово.\n{FRAME}\nИван Петров\nООО «Ромашка»",
    "a letter below": "Готово.\n\nОт: a@x.ru\nОтправлено: 16 ноября 2026 г. 10:15\nКому: b@y.ru\nТема: раз\n\nСтарое.",
    "a letter below, named in a line": "Готово.\n\nOn Mon, 16 Nov 2026 10:15, a@x.ru wrote:\n\nСтарое.",
}


@pytest.mark.parametrize("name", OWN)
def test_words_of_ones_own_stay(name):
    assert visible.of_text(OWN[name]) == OWN[name]


@pytest.mark.parametrize("name", FOLDED)
def test_what_programs_add_is_folded(name):
    assert visible.of_text(FOLDED[name]) == "Готово."


def test_a_few_broken_bytes_spoil_no_letters_around_them():
    said = "Ок 🔥 да".encode() + b"\xff\xff \xed\xa0\x80 \xff\xfe \xff"

    assert charsets.decode(said, "utf-8")[0].startswith("Ок 🔥 да")


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("text", ["Добрый день, не печатается акт", "Ёлка ё", "Ещё раз: «Акт» № 5"])
def test_another_encoding_that_calls_itself_utf_8_is_still_seen_through(name, text):
    assert charsets.decode(text.encode(name, "ignore"), "utf-8")[0] == text.encode(name, "ignore").decode(name)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("zero", [b" ", b"`"])
@pytest.mark.parametrize("name", ["act.bin", "отчёт за ноябрь.bin"])
def test_a_uuencoded_file_is_a_file_however_lines_end(end, zero, name):
    content = bytes(range(200))
    lines = [binascii.b2a_uu(content[at : at + 45], backtick=zero == b"`").rstrip(b"\n") for at in range(0, 200, 45)]
    block = [b"begin 644 " + name.encode(), *lines, zero, b"end"]
    head = [b"From: a@x.ru", b"To: b@y.ru", b"Subject: uu", b"Content-Type: text/plain; charset=utf-8", b""]
    letter = parse(end.join([*head, "Смотрите файл.".encode(), b"", *block, b"", "Жду.".encode(), b""]))

    assert [(one.name, one.content) for one in letter.attachments] == [(name, content)]
    assert letter.text.split() == ["Смотрите", "файл.", "Жду."]
