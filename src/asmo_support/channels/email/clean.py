"""HTML of a letter made safe to show: an allow-list by parser, never a regex (PW-01); limits come first (EI-09)."""

import re
from collections.abc import Mapping
from html import escape, unescape

import nh3

from asmo_support.channels.email import limits

_TAGS = limits.words(
    "a abbr address b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong"
    " sub summary sup table tbody td tfoot th thead tr tt u ul var"
)
_GONE = set(limits.words("script style title head noscript iframe object svg math template"))
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
    "col": {"span"},
    "ol": {"start"},
}
_LINKS = 5_000
_CID = re.compile(r' src="cid:([^"]*)"', re.IGNORECASE)
_REMOTE = re.compile(r"<img\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)


def safe_html(markup: str) -> str:
    """The markup without anything active or remote. Only pictures of the letter itself stay, as `cid:` (PW-05).

    Markup over the limits comes back empty: show the text.
    """
    if not limits.is_html_fit(markup) or len(re.findall(r"<a\b", markup, re.IGNORECASE)) > _LINKS:
        return ""
    return nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags=_GONE,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_own_pictures,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="nofollow noopener noreferrer",
    )


def _only_own_pictures(tag: str, name: str, value: str) -> str | None:
    is_cid = value.lower().startswith("cid:")
    if name == "src":
        return value if is_cid else None
    return None if is_cid and tag == "a" else value


def with_pictures(safe: str, addresses: Mapping[str, str]) -> str:
    """`safe_html` output with our address for each Content-ID; a picture we do not have loses its source."""

    def put(found: re.Match[str]) -> str:
        known = addresses.get(unescape(found[1]).strip("<>"))
        return f' src="{escape(known)}"' if known else ""

    return _CID.sub(put, safe)


def has_remote_pictures(markup: str) -> bool:
    """Whether a word about pictures left out is due."""
    return bool(_REMOTE.search(markup))


def paragraphs(text: str) -> str:
    """Plain text as HTML, for a letter some parts of which are HTML."""
    return "<div>" + escape(text).replace("\n", "<br>\n") + "</div>"
