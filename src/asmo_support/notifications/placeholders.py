"""The small language of the texts of letters: `{{ name }}`, `{% if name %}` … `{% endif %}`, and nothing else. Pure.

A name is one of a published list; its value is plain text, which whoever shows it escapes. What is not understood is
refused with the line it stands in: a text with a mistake is never kept.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

DEEPEST = 3
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{\{|\}\}|\{%|%\})", re.DOTALL)
_NAME = re.compile(r"\{\{\s*([a-z]+(?:\.[a-z]+)?)\s*\}\}")
_IF = re.compile(r"\{%\s*if\s+([a-z]+(?:\.[a-z]+)?)\s*%\}")
_END = re.compile(r"\{%\s*endif\s*%\}")


@dataclass(frozen=True, slots=True)
class Name:
    """A place where a value goes."""

    name: str


@dataclass(slots=True)
class If:
    """A part that stands only where the value is not empty."""

    name: str
    line: int
    parts: "list[str | Name | If]" = field(default_factory=list)


Part = str | Name | If


class Mistake(Exception):
    """What is wrong with a text: a code, the line it stands in and the piece itself."""

    def __init__(self, code: str, line: int, piece: str) -> None:
        super().__init__(f"{code} in line {line}: {piece}")
        self.code, self.line, self.piece = code, line, piece


def parse(text: str, names: Collection[str]) -> list[Part]:
    """The parts of a text. Raises Mistake: `unknown`, `not-understood`, `not-closed`, `not-opened`, `too-deep`."""
    whole: list[Part] = []
    opened: list[If] = []
    line = 1
    for piece in _TAG.split(text):
        here = opened[-1].parts if opened else whole
        if found := _NAME.fullmatch(piece):
            here.append(Name(_known(found[1], names, line)))
        elif found := _IF.fullmatch(piece):
            here.append(_opened(opened, If(_known(found[1], names, line), line)))
        elif _END.fullmatch(piece):
            if not opened:
                raise Mistake("not-opened", line, piece)
            opened.pop()
        elif _TAG.match(piece):
            raise Mistake("not-understood", line, piece[:60])
        elif piece:
            here.append(piece)
        line += piece.count("\n")
    if opened:
        raise Mistake("not-closed", opened[-1].line, "{% if " + opened[-1].name + " %}")
    return whole


def fill(parts: Sequence[Part], values: Mapping[str, str]) -> str:
    """The text with its values, each of them as it is: a value is never read for tags."""
    return "".join(_filled(part, values) for part in parts)


def _filled(part: Part, values: Mapping[str, str]) -> str:
    if isinstance(part, str):
        return part
    value = values.get(part.name, "")
    if isinstance(part, Name):
        return value
    return fill(part.parts, values) if value else ""


def _known(name: str, names: Collection[str], line: int) -> str:
    if name not in names:
        raise Mistake("unknown", line, name)
    return name


def _opened(opened: list[If], one: If) -> If:
    if len(opened) >= DEEPEST:
        raise Mistake("too-deep", one.line, "{% if " + one.name + " %}")
    opened.append(one)
    return one
