"""Writes the corpus: `python -m tests.letters.make` puts every letter and `expected.json` beside this file.

A letter is built from what it is meant to say, and that meaning is the expectation: nothing here asks our own reader.
Addresses end in example names only (RFC 2606).
"""

import json
from pathlib import Path

from tests.letters import charsets, events, forms, notices, postmen, programs, robots, senders, structures

HERE = Path(__file__).resolve().parent


def cases():
    """Pairs of name and (bytes, expectation), in order, each name once."""
    found = {}
    for chapter in (charsets, events, forms, notices, postmen, programs, robots, senders, structures):
        for name, raw, expected in chapter.cases():
            assert name not in found, name
            found[name] = (raw, expected)
    return found


def main():
    expected = {}
    for name, (raw, wanted) in cases().items():
        (HERE / f"{name}.eml").write_bytes(raw)
        expected[name] = wanted
    text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")
    print(len(expected))  # noqa: T201


if __name__ == "__main__":
    main()
