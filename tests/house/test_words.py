"""Every kind of event has a sentence, in both languages."""

import pytest
from babel.messages.pofile import read_po

from asmo_support.tickets import events
from asmo_support.tickets.sentences import FIELDS, SENTENCES
from tests.house.source import PACKAGE


def message_id(lazy):
    """The English text that stands in the code, whatever language is on."""
    return lazy._args[0]


@pytest.fixture(scope="module")
def russian():
    with (PACKAGE / "tickets/locale/ru/LC_MESSAGES/django.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id and not message.fuzzy}


def test_every_kind_of_event_is_in_the_list_of_all():
    declared = {value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)}

    assert declared == events.ALL


def test_every_kind_of_event_has_a_sentence():
    assert set(SENTENCES) == events.ALL


def test_every_sentence_of_history_has_its_russian(russian):
    words = [message_id(lazy) for lazy in (*SENTENCES.values(), *FIELDS.values())]

    assert [word for word in words if not russian.get(word)] == []


def test_the_russian_sentence_asks_for_the_same_values(russian):
    import re

    holes = re.compile(r"%\(\w+\)s")
    words = [message_id(lazy) for lazy in SENTENCES.values()]

    assert [word for word in words if set(holes.findall(word)) < set(holes.findall(russian[word]))] == []
