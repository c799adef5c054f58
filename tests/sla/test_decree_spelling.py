"""The text of a decree as people paste it: what is sure is read, and what is left over keeps the year from being loaded."""

import pytest
from django.utils import translation

from asmo_support.sla.loading import Unusable, read
from asmo_support.sla.loading.words import refusal
from asmo_support.sla.russia import DECREES
from tests.sla import samples

DECREE = samples.DECREES[2024]
LINE = "с субботы 27 апреля на понедельник 29 апреля"


def refused(given, year=2024):
    with pytest.raises(Unusable) as wrong:
        read(given, year)
    return wrong.value.code, wrong.value.line


@pytest.mark.parametrize(
    "written",
    [
        "c cyббoты 27 апреля на понедельник 29 апреля",
        "C субботы 27 aпpeля нa пoнeдeльник 29 апреля",
        "с суббо\u00adты 27 апре\u00adля на поне\u00adдельник 29 апреля",
        "с суббо-\nты 27 апреля на понедель-\n   ник 29 апреля",
        "с суббо\u00ad\nты, 27 апреля, на понедельник, 29 апре\u2010\nля",
        "с\u00a0субботы\u202f27\u2009апреля на\u2003понедельник\u00a029\u00a0апреля",
        "с\u200b субботы 27\u2060 апреля на понедельник 29 апреля",
    ],
)
def test_what_is_surely_meant_is_read_like_the_decree_itself(written):
    found = read(DECREE.replace(LINE, written), 2024)

    assert found.moves == DECREES[2024].moves
    assert {day: found.kind(day) for day in found.days} == samples.kinds(2024)


@pytest.mark.parametrize(
    "written",
    [
        "с суботы 27 апреля на понедельник 29 апреля",
        "с суботы 27 апреля на понидельник 29 апреля",
        "с усбботы 27 апреля на оплдельник 29 апреля",
        "с суб боты 27 апреля на понедельник 29 апреля",
        "с суб боты 27 апреля на поне дельник 29 апреля",
        "субботы 27 апреля на понедельник 29 апреля",
        "27 апреля на 29 апреля",
        "с 27 апреля (субботы) на 29 апреля (понедельник)",
        "с сб 27.04 на пн 29.04",
        "ссубботы 27 апреля на понедельник 29 апреля",
        "с субботу 27 апреля на понедельник 29 апреля",
        "с суzботы 27 апреля на понедельник 29 апреля",
        "27 апреля",
        "с суботы 27-го апреля на понедельник 29-го апреля",
        "с суботы 27 апеля на понидельник 29 апеля",
        "с 27/04 на 29/04",
    ],
)
@pytest.mark.parametrize("at", ["first", "between", "last"])
def test_a_move_that_is_misspelt_is_refused_in_its_line_and_never_skipped(written, at):
    lines = ["с субботы 6 января на пятницу 10 мая;", "с воскресенья 7 января на вторник 31 декабря;"]
    lines.insert({"first": 0, "between": 1, "last": 2}[at], f"{written};")

    code, line = refused("Перенести в 2024 году выходные дни:\n" + "\n".join(lines))

    assert (code, line) == ("stray", lines.index(f"{written};") + 2)


def test_the_line_is_right_after_words_that_were_parted():
    text = DECREE.replace("с субботы 6 января", "с суббо-\nты 6 января").replace(
        LINE, LINE.replace("субботы", "суботы")
    )

    assert refused(text) == ("stray", 10)


@pytest.mark.parametrize(
    "written",
    ["с суботы 27 апреля на понидельник 29 апреля", "27.04 на 29.04", "с 27 апреля, на рабочий день 29 апреля"],
)
def test_moves_that_stand_alone_and_cannot_be_read_are_no_unknown_form(written):
    assert refused(written) == ("stray", 1)


def test_days_that_are_no_moves_stand_around_the_list():
    text = f"Москва, 10 августа 2023 г.\n{DECREE.rstrip(';' + chr(10))}.\n\nВступает в силу с 1 января 2024 г."

    assert read(text, 2024).moves == DECREES[2024].moves


@pytest.mark.parametrize("encoding", ["cp866", "koi8-r", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_file_is_read_in_each_encoding_that_can_be_told(encoding):
    found = read(DECREE.replace("«", '"').replace("»", '"').replace("№", "N").encode(encoding), 2024)

    assert (found.title, found.moves) == ("Постановление № 1314 от 10.08.2023", DECREES[2024].moves)


DOCX = b"PK\x03\x04\x14\x00\x06\x00" + b"\x00" * 20 + b"word/document.xml" + b"\x8f\xd0\x01" * 9


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (DOCX, "Это документ: Word (.docx), а не простой текст. Откройте его, скопируйте текст и вставьте сюда."),
        (
            b"%PDF-1.7\n\xe2\xe3",
            "Это документ: PDF, а не простой текст. Откройте его, скопируйте текст и вставьте сюда.",
        ),
        (b"{\\rtf1\\ansi}", "Это документ: RTF, а не простой текст. Откройте его, скопируйте текст и вставьте сюда."),
        (bytes(range(128, 256)), "Не удалось понять, в какой кодировке файл. Сохраните его как текст в UTF-8."),
        (
            DECREE.encode("cp866", "replace").decode("cp1251", "replace"),
            "Строка 1. Текст скопирован из окна, где он показан в неверной кодировке. Загрузите сам файл.",
        ),
        (
            DECREE.encode("utf-8").decode("cp1251", "replace"),
            "Строка 1. Текст скопирован из окна, где он показан в неверной кодировке. Загрузите сам файл.",
        ),
        (
            "\x01\x02░▒▓│",
            "Строка 1. Начинается со знаков, каких нет ни в одной из известных форм. Сохраните файл как текст в UTF-8.",
        ),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_clear_sentence_and_no_mojibake(given, words):
    with pytest.raises(Unusable) as wrong, translation.override("ru"):
        read(given, 2024)

    with translation.override("ru"):
        assert refusal(wrong.value) == words
