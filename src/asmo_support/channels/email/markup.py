"""HTML of a letter as text, with quotes marked by «> » and signatures by «-- » as people do in plain letters.

`nh3` reads the markup first (a parser of browsers, linear, never fails); what it writes is regular enough to be cut
into tags by one expression.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import nh3

from asmo_support.channels.email import limits

_KEPT = {
    "class",
    "id",
    "style",
    "type",
    "cite",
    "alt",
    "href",
    "data-smartmail",
    "data-signature-widget",
    "hidden",
    "name",
}
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*+)>|<!--.*?-->|([^<]+)|<', re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_DROPPED = re.compile(r"(?is)<(script|style|title|head)\b.*?(?:</\1\s*>|\Z)")
_BLOCKS = limits.words(
    "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr"
    " li main nav ol p pre section table tbody tr ul"
)
_APART = limits.words("p h1 h2 h3 h4 h5 h6 ul ol table pre")
_ALL = nh3.ALLOWED_TAGS | limits.words(
    "address article aside blockquote center dd div dl dt fieldset figure font footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section span table tbody td th tr ul u body"
)
# The line Outlook draws above the header of the letter it answers.
_RULED = re.compile(r"border-top\s*:(?=[^;]*solid)(?=[^;]*(?:#e1e1e1|#b5c4df))", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|yahoo_signature|ms-outlook-mobile-signature|^signature$|mail-signature"
    r"|js-signature|ymail_signature",
    re.IGNORECASE,
)

# Signs that stand on lines of their own and cannot be typed: `visible` reads them and takes them out.
SIGNATURE = "\ue001"
SIGNATURE_END = "\ue002"
_NO_PICTURES: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class _Page:
    """The text so far. `quotes` counts open citations, `hidden` open parts nobody sees."""

    lines: list[str] = field(default_factory=list)
    line: str = ""
    quotes: int = 0
    hidden: int = 0
    exact: int = 0
    spaced: bool = False
    pictures: Mapping[str, str] = field(default_factory=dict)
    open: list[tuple[str, str]] = field(default_factory=list)

    def end_line(self, *, blank: bool = False) -> None:
        text = self.line if self.exact else self.line.strip(" ")
        # A hard blank alone in its line is a line left blank.
        blank = blank or (self.spaced and bool(self.lines) and bool(self.lines[-1].strip("> ")))
        self.spaced = False
        if text.strip() or blank:
            self.lines.append("> " * self.quotes + text)
        self.line = ""

    def gap(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append("> " * self.quotes)

    def sign(self, mark: str) -> None:
        self.end_line()
        self.lines.append("> " * self.quotes + mark)


def to_text(markup: str) -> str:
    """What a reader would see, line by line; without the marks of `to_marked`."""
    return unmarked(to_marked(markup))


def unmarked(text: str) -> str:
    lines = (line for line in text.split("\n") if line.strip("> ") not in {SIGNATURE, SIGNATURE_END})
    return "\n".join(lines).strip("\n")


def to_marked(markup: str, pictures: Mapping[str, str] = _NO_PICTURES) -> str:
    """The same with signs where mail programs put a signature, and names of `pictures`, by Content-ID, in place."""
    if not limits.is_html_fit(markup):
        return html.unescape(_TAGS.sub(" ", _DROPPED.sub(" ", markup[: limits.HTML])))
    safe = nh3.clean(
        markup,
        tags=set(_ALL),
        clean_content_tags={"script", "style", "title"},
        attributes={"*": _KEPT, "img": {"src"}},
        link_rel=None,
        strip_comments=True,
        url_schemes={"http", "https", "mailto", "cid"},
    )
    page = _Page(pictures=pictures)
    for closing, name, attributes, text in _TOKEN.findall(safe):
        if text:
            _write(page, text)
        elif closing:
            _close(page, name)
        elif name:
            _open(page, name, dict(_ATTRIBUTE.findall(attributes)))
    page.end_line()
    return re.sub(r"\n(?:[> ]*\n){3,}", "\n\n\n", "\n".join(page.lines)).strip("\n")


def _write(page: _Page, text: str) -> None:
    if page.hidden:
        return
    text = html.unescape(text)
    if page.exact:
        first, *others = text.split("\n")
        page.line += first
        for other in others:
            page.end_line(blank=True)
            page.line = other
        return
    page.spaced = page.spaced or "\xa0" in text
    text = re.sub(r"[ \t\r\n]+", " ", text).replace("\xa0", " ").replace("\u200b", "").replace("\u200c", "")
    page.line += text.lstrip(" ") if not page.line or page.line.endswith(" ") else text


def _open(page: _Page, name: str, attributes: dict[str, str]) -> None:
    if name == "br":
        page.end_line(blank=not page.hidden)
        return
    if name in {"img", "hr", "col", "wbr", "area"}:
        _alone(page, name, attributes)
        return
    role = _role(page, name, attributes)
    page.open.append((name, role))
    if role == "hidden":
        page.hidden += 1
    if name in _BLOCKS:
        page.gap() if name in _APART else page.end_line()
    _enter(page, role)
    page.exact += name == "pre"
    if name in {"td", "th"} and page.line and not page.line.endswith(" "):
        page.line += " "
    if name == "li":
        page.line = "* "


def _enter(page: _Page, role: str) -> None:
    if role == "signature":
        page.sign(SIGNATURE)
    elif role == "ruled":
        _alone(page, "hr", {})
    elif role == "quote":
        page.quotes += 1


def _alone(page: _Page, name: str, attributes: dict[str, str]) -> None:
    named = page.pictures.get(html.unescape(attributes.get("src", ""))[4:].strip("<>"), "")
    if name == "img" and named and not page.hidden:
        page.line += f"[{named}]"
    if name == "hr" and not page.hidden:
        page.end_line()
        page.line = "-" * 5
        page.end_line()


def _role(page: _Page, name: str, attributes: dict[str, str]) -> str:
    style, named = attributes.get("style", ""), f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    if "hidden" in attributes or _HIDDEN.search(style):
        return "hidden"
    if name == "blockquote":
        return "quote"
    if attributes.get("data-smartmail") == "gmail_signature" or any(_SIGNATURE.search(each) for each in named):
        return "signature"
    return "ruled" if _RULED.search(style) else ""


def _close(page: _Page, name: str) -> None:
    while page.open:
        opened, role = page.open.pop()
        _leave(page, opened, role)
        if opened == name:
            return


def _leave(page: _Page, name: str, role: str) -> None:
    if name in _BLOCKS:
        page.gap() if name in _APART else page.end_line()
    if role == "hidden":
        page.hidden -= 1
    if role == "quote":
        page.quotes -= 1
    if role == "signature":
        page.sign(SIGNATURE_END)
    page.exact -= name == "pre"
