"""Whatever a person reads has a Russian text: complete, checked by nobody's memory."""

import re

import pytest
from babel.messages.pofile import read_po

from asmo_support.config import messages

PLACE = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}")
PATHS = messages.catalogues()
WITHOUT_DOTS = re.compile(r"\b(еще|нее|отчет\w*|учет\w*|приемк\w*|надежн\w*|решенн\w*|закрепленн\w*)\b", re.IGNORECASE)
each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-5])


def read(path):
    with path.open("rb") as file:
        return read_po(file, locale="ru")


def entries(path):
    return [one for one in read(path) if one.id]


def forms(value):
    return (value,) if isinstance(value, str) else tuple(value)


def places(text):
    return sorted(PLACE.findall(text))


def test_every_text_has_its_russian_and_no_russian_is_left_over():
    assert messages.missing() == []


def test_there_are_catalogues_to_read():
    assert sum(len(entries(path)) for path in PATHS) > 500


@each
def test_a_catalogue_has_nothing_doubtful_and_nothing_obsolete(path):
    assert [one.id for one in entries(path) if one.fuzzy] == []
    assert list(read(path).obsolete) == []


@each
def test_a_count_has_three_russian_forms(path):
    counted = [one for one in entries(path) if one.pluralizable]

    assert read(path).num_plurals == 3
    assert [one.id for one in counted if len(one.string) != 3 or not all(one.string)] == []


@each
def test_a_translation_keeps_the_places_of_the_original(path):
    # One form of a count may say the number in words, so the forms for many are compared.
    pairs = [(forms(one.id)[-1], forms(one.string)[-1]) for one in entries(path)]

    assert [pair for pair in pairs if places(pair[0]) != places(pair[1])] == []


@each
def test_russian_is_set_as_a_printer_would_set_it(path):
    texts = [text for one in entries(path) for text in forms(one.string)]

    assert [text for text in texts if '"' in re.sub(r"<[^>]*>", "", text)] == []
    assert [text for text in texts if WITHOUT_DOTS.search(text)] == []
    assert [text for text in texts if re.search(r"\w\([а-яё]{1,3}\)", text)] == []


def test_one_english_text_has_one_russian_in_every_app():
    """Django joins the catalogues: of two Russian texts for one id people would read the first app's everywhere."""
    said = {}
    for path in PATHS:
        for one in entries(path):
            said.setdefault((one.context, one.id), set()).add(forms(one.string))

    assert {name: texts for name, texts in said.items() if len(texts) > 1} == {}
