"""Every letter of the corpus says what its writer meant."""

import json
from pathlib import Path

import pytest

from asmo_support.channels.email.parse import parse
from tests.letters import make

LETTERS = Path(__file__).resolve().parents[2] / "letters"
EXPECTED = json.loads((LETTERS / "expected.json").read_text(encoding="utf-8"))

FACTS = {
    "from": lambda one: one.sender.email,
    "from_name": lambda one: one.sender.name,
    "subject": lambda one: one.subject,
    "date": lambda one: one.date,
    "verified": lambda one: one.verified_syntax,
    "authenticated": lambda one: one.is_authenticated,
    "machine": lambda one: one.is_machine,
    "bounce": lambda one: one.bounce,
    "text": lambda one: one.text.strip("\n"),
    "visible": lambda one: one.visible_text,
    "files": lambda one: [[file.name, file.size] for file in one.attachments],
    "names": lambda one: [file.name for file in one.attachments],
    "kinds": lambda one: [file.kind for file in one.attachments],
    "inline": lambda one: [file.name for file in one.attachments if file.inline],
    "reports": lambda one: [[each.recipient, each.status, each.hard] for each in one.reports],
    "defects": lambda one: list(one.defects),
    "forwarded_from": lambda one: one.forwarded_from and one.forwarded_from.email,
}
PIECES = {
    "text_contains": lambda one: one.text,
    "html_contains": lambda one: one.html,
    "safe_contains": lambda one: one.safe_html,
}


@pytest.mark.case("EI-10")
@pytest.mark.case("EI-14")
@pytest.mark.case("EI-19")
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_letter_says_what_its_writer_meant(name):
    wanted = dict(EXPECTED[name])
    letter = parse((LETTERS / f"{name}.eml").read_bytes(), authserv_id="mx.other.example")

    for key, shown in PIECES.items():
        missing = [piece for piece in wanted.pop(key, []) if piece not in shown(letter)]
        assert missing == []
    assert [piece for piece in wanted.pop("safe_lacks", []) if piece in letter.safe_html] == []
    assert {key: FACTS[key](letter) for key in wanted} == wanted


def test_the_corpus_is_whole_and_large():
    assert sorted(path.stem for path in LETTERS.glob("*.eml")) == sorted(EXPECTED)
    assert len(EXPECTED) >= 200


def test_the_corpus_is_what_its_writer_writes():
    written = make.cases()

    assert {name: raw for name, (raw, _) in written.items()} == {
        name: (LETTERS / f"{name}.eml").read_bytes() for name in EXPECTED
    }
    assert {name: wanted for name, (_, wanted) in written.items()} == EXPECTED
