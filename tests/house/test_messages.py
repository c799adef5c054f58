"""Whatever a person reads has a Russian text: complete, checked by nobody's memory."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools import messages

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|(?<!%)%[sd]|\{(\w*)\}")
APPS = [path for path in sorted(messages.PACKAGE.iterdir()) if (path / "__init__.py").exists()]
PATHS = sorted(messages.PACKAGE.glob("*/locale/ru/LC_MESSAGES/django.po"))


def entries(path):
    with path.open("rb") as file:
        catalogue = read_po(file, locale="ru")
    return [one for one in catalogue if one.id], catalogue


def as_tuple(value):
    return (value,) if isinstance(value, str) else tuple(value)


def holes(text):
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text))


def missing():
    """Each text of the code that no catalogue has in full: `app: text`."""
    catalogues = [one for path in PATHS for one in entries(path)[0]]
    whole = {messages._key(one.context, one.id) for one in catalogues if messages._is_whole(one)}
    return [
        f"{app.name}: {text}" for app in APPS for context, text in messages.texts(app)
        if messages._key(context, text) not in whole
    ]  # fmt: skip


def test_every_text_has_its_russian():
    assert missing() == []


def test_there_are_texts_to_check():
    assert len({text for app in APPS for text in messages.texts(app)}) > 100


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-5])
def test_a_catalogue_has_nothing_doubtful_and_nothing_obsolete(path):
    found, catalogue = entries(path)

    assert [one.id for one in found if one.fuzzy] == []
    assert list(catalogue.obsolete) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-5])
def test_a_count_has_three_russian_forms(path):
    found, catalogue = entries(path)

    assert catalogue.num_plurals == 3
    assert [one.id for one in found if one.pluralizable and (len(one.string) != 3 or not all(one.string))] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-5])
def test_a_translation_keeps_the_places_of_the_original(path):
    found, _ = entries(path)
    # One form may name the number in words, so a plural is compared with the form for many.
    pairs = [(as_tuple(one.id)[-1], as_tuple(one.string)[-1]) for one in found if one.string]

    assert [pair for pair in pairs if holes(pair[0]) != holes(pair[1])] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-5])
def test_russian_is_typed_as_a_printer_would(path):
    found, _ = entries(path)
    texts = [text for one in found for text in as_tuple(one.string)]
    straight = [text for text in texts if re.search(r'"', re.sub(r"<[^>]*>", "", text))]

    assert straight == []
    assert [
        text for text in texts if re.search(r"\b(еще|все еще|ее|нее|отчет\w*|учет\w*|приемк\w*|надежн\w*)\b", text)
    ] == []


def test_no_text_is_kept_twice():
    owners = {}
    for path in PATHS:
        for one in entries(path)[0]:
            owners.setdefault(messages._key(one.context, one.id), []).append(Path(path).parts[-5])

    assert {key: apps for key, apps in owners.items() if len(apps) > 1} == {}
