"""How pages look is decided in one place: colours in tokens, behaviour in modules, nothing inside the markup."""

import re
from pathlib import Path

import pytest
from django.template import engines

from tests.house.source import PACKAGE

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
STYLES = sorted(PACKAGE.rglob("static/**/*.css"))
SCRIPTS = sorted(PACKAGE.rglob("static/**/*.js"))
# Mail programs know neither custom properties nor linked sheets: the sender inlines plain hex (docs of the design).
LETTERS = {PACKAGE / "notifications/templates/notifications/letter.html"}
COLOURED = {"tokens.css", "print.css", "letter.css"}
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b(?![^;{]*\{)|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|"
    r":[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|silver|orange|yellow|purple|navy|teal)\b(?!-)",
    re.IGNORECASE,
)
INSIDE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without an address": re.compile(r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that is a script": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off"),
}


def within(path):
    return str(path.relative_to(PACKAGE))


def without_comments(text):
    return re.sub(r"/\*.*?\*/|\{#.*?#\}", "", text, flags=re.DOTALL)


def test_there_is_something_to_read():
    assert min(len(TEMPLATES), len(STYLES), len(SCRIPTS)) > 5


@pytest.mark.parametrize("path", [path for path in STYLES if path.name not in COLOURED], ids=within)
def test_a_raw_colour_stands_only_among_the_tokens(path):
    assert COLOUR.findall(without_comments(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("wrong", ["a { color: #fff }", "a { color: oklch(.5 0 0) }", "a { border: 1px solid black }"])
def test_a_raw_colour_is_recognised(wrong):
    assert len(COLOUR.findall(wrong)) == 1


@pytest.mark.parametrize(
    "right", ["#main { color: var(--ink) }", "a { white-space: nowrap }", "b { fill: currentColor }"]
)
def test_what_only_looks_like_a_colour_is_let_through(right):
    assert COLOUR.findall(right) == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path not in LETTERS], ids=within)
def test_a_template_holds_no_style_and_no_behaviour(path):
    text = without_comments(path.read_text(encoding="utf-8"))

    assert [name for name, pattern in INSIDE.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ('<p style="color: red">', "a style attribute"),
        ("<style>p {}</style>", "a style element"),
        ("<script>alert(1)</script>", "a script without an address"),
        ('<a onclick="go()">', "an event attribute"),
        ('<a href="javascript:go()">', "an address that is a script"),
        ("{{ text|safe }}", "text that is not escaped"),
    ],
)
def test_style_and_behaviour_are_recognised(wrong, name):
    assert [found for found, pattern in INSIDE.items() if pattern.search(wrong)] == [name]


@pytest.mark.parametrize("path", TEMPLATES, ids=within)
def test_a_template_compiles(path):
    name = str(path).split("/templates/", 1)[1]

    assert Path(engines["django"].get_template(name).origin.name) == path


def test_every_sign_that_is_used_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (PACKAGE / "ui/static/ui/icons.svg").read_text(encoding="utf-8")))
    used = {name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))}

    assert used - drawn == set()
