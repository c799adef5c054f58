"""Addresses out of a header field, and whether they could be read in only one way (EI-19).

The field is cut into tokens before anything in it is decoded: an encoded word can never grow an address, a comma or
an angle bracket.
"""

import re
from dataclasses import dataclass, field

from asmo_support.channels.email import charsets, headers
from asmo_support.channels.email.letter import Address

_TOKEN = re.compile(
    r"""(?P<space>\s+)|"(?P<quoted>(?:[^"\\]|\\.)*+)(?:"|\\?\Z)|<(?P<angle>[^<>]*+)>|(?P<mark>[,;:"<>()\[\]\\])"""
    r"""|(?P<word>[^\s,;:"<>()\[\]\\]+)""",
    re.DOTALL,
)
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
    re.ASCII,
)
# Begins where a word begins: else each letter of a long word would be a beginning.
_ADDRESS_LIKE = re.compile(r"(?<![^\s<>@,;:\"()\[\]])[^\s<>@,;:\"()\[\]]+@[^\s<>@,;:\"()\[\]]+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)("?)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST_ROUTE = 1_000
_MANY = 1_000


@dataclass(slots=True)
class _Draft:
    """One mailbox in the making."""

    phrase: list[str] = field(default_factory=list)
    route: str | None = None
    odd: bool = False

    @property
    def is_empty(self) -> bool:
        return self.route is None and not "".join(self.phrase).strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """The mailboxes of a field and whether every byte of it was understood."""

    found: tuple[Address, ...]
    clean: bool


def read(value: str, hint: str = "") -> Reading:
    """The addresses of one field; at most a thousand of them."""
    value = headers.unfold(value)
    bare = _without_comments(value)
    drafts, clean = _drafts(bare)
    found = [one for draft in drafts[:_MANY] if not draft.is_empty for one in _mailboxes(draft, hint)]
    kept = [address for address, _ in found if address.email or address.name]
    if len(kept) == 1 and not kept[0].name and bare != value:
        kept, said = _named_in_comment(kept[0], value, hint)
        clean = clean and not _ADDRESS_LIKE.search(said)
    return Reading(tuple(kept), clean and all(sure for _, sure in found) and len(drafts) <= _MANY)


def _named_in_comment(one: Address, value: str, hint: str) -> tuple[list[Address], str]:
    """`anna@x (Anna)`, the way of old programs; also the comment as it is read."""
    comment = value[value.find("(") + 1 :].rpartition(")")[0]
    shown = " ".join(headers.decode(comment, hint).split())
    return [Address(one.email, shown if "(" not in shown else "")], shown


def is_plain(email: str) -> bool:
    """Only what every parser on earth reads the same way: dot-atom @ host name, in one script."""
    found = _ADDRESS.fullmatch(email)
    if not found or "=?" in email or len(email) > 254 or len(email.rpartition("@")[0]) > 64:
        return False
    labels = found[1].lower().split(".")
    if any(label.startswith("-") or label.endswith("-") or len(label) > 63 for label in labels):
        return False
    return not any(label.startswith("xn--") for label in labels) or _one_script(labels)


def _one_script(labels: list[str]) -> bool:
    """A Cyrillic name is plain under a Cyrillic zone only: «сом.com» in Russian letters deceives (IDN look-alike)."""
    for label in labels:
        if not label.startswith("xn--"):
            return False
        try:
            shown = label[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            return False
        if not all("а" <= each <= "я" or each in "ё-іїўґ" or each.isdigit() for each in shown):
            return False
    return True


def _without_comments(value: str) -> str:
    """Comments out, one blank in their place; quotes inside them mean nothing, brackets inside quotes neither."""
    if "(" not in value:
        return value
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for sign in value:
        letter = sign
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"' and not depth:
            quoted = not quoted
        elif not quoted and letter == "(":
            depth += 1
        elif not quoted and letter == ")" and depth:
            depth -= 1
            letter = " "
        if not depth:
            kept.append(letter)
    return "".join(kept) if not depth else value


def _drafts(value: str) -> tuple[list[_Draft], bool]:
    drafts, clean, group = [_Draft()], True, False
    for found in _TOKEN.finditer(value):
        draft = drafts[-1]
        if found["mark"] in {",", ";"}:
            group = group and found["mark"] == ","
            drafts.append(_Draft())
        elif (
            found["mark"] == ":"
            and draft.route is None
            and not group
            and not _ADDRESS_LIKE.search("".join(draft.phrase))
        ):
            draft.phrase.clear()  # the name of a group; its members are what counts
            group = True
        elif found["angle"] is not None:
            draft.odd = draft.odd or draft.route is not None
            draft.route = draft.route or found["angle"].strip()
        elif found["mark"]:
            draft.odd, clean = True, False
            draft.phrase.append(found[0])
        else:
            # A quote without an end is no quote.
            clean = clean and (found["quoted"] is None or found[0][-1] == '"')
            # Words after the angle address may belong to another reading of the field.
            draft.odd = draft.odd or (draft.route is not None and not found["space"])
            draft.phrase.append(found[0])
    return drafts, clean


def _mailboxes(draft: _Draft, hint: str) -> list[tuple[Address, bool]]:
    """One mailbox; more when a comma may have been forgotten, `b@x <c@y>`, or the brackets hold no address at all."""
    first = _address(draft, hint)
    if draft.route is None:
        return [first]
    words = "".join(one for one in draft.phrase if not one.startswith('"'))
    lost = _ADDRESS_LIKE.findall(words) if first[0].email else _in_route(draft.route)
    others = [(Address(one), False) for one in lost[:3] if one.lower() != first[0].email.lower()]
    return [(first[0], False), *others] if others else [first]


def _in_route(route: str) -> list[str]:
    return re.findall(r"[^\s<>@,;:]*@[^\s<>@,;:]+", route[:_LONGEST_ROUTE])


def _address(draft: _Draft, hint: str) -> tuple[Address, bool]:
    words = "".join(draft.phrase).strip()
    if draft.route is None:
        return _bare(words, hint)
    shown = _phrase(words, hint)
    email = _tidy(draft.route, hint)
    # A name that is itself somebody's address is how one pretends to be him.
    other = any(found.lower() != email.lower() for found in _ADDRESS_LIKE.findall(shown))
    return Address(email, shown or ("" if email else draft.route)), is_plain(
        draft.route
    ) and not draft.odd and not other


def _bare(words: str, hint: str) -> tuple[Address, bool]:
    if is_plain(words):
        return Address(_tidy(words, hint)), True
    if words.count("@") == 1:
        words = re.sub(r" ?([.@]) ?", r"\1", " ".join(words.split()))
    if re.fullmatch(r'"(?:[^"\\]|\\.)*+"@[^\s"@]+', words, re.DOTALL):
        return Address(_tidy(words, hint)), False
    shown = _phrase(words, hint)
    found = _ADDRESS_LIKE.search(headers.plain(words, hint))
    if not found:
        return Address("", shown), False
    return Address(_tidy(found[0], hint), shown.replace(found[0], "").strip(" \"'<>")), False


def _phrase(words: str, hint: str) -> str:
    """Quotes off first, then encoded words: mail programs put encoded words inside quotes too."""
    # A quote without an end stays, and is read once: beginning again at every sign of it takes the square of the time.
    bare = _QUOTED.sub(lambda found: _ESCAPED.sub(r"\1", found[1]) if found[2] else found[0], words)
    return " ".join(headers.decode(bare, hint).split())


def _tidy(email: str, hint: str) -> str:
    """As written, the domain in lower case; encoded words stay as they are (EI-19), an old route goes."""
    text = charsets.scrub("".join(headers.plain(email, hint).split())).strip("'")
    text = re.sub(r"^(?:mailto:|@[^:@]*+:)", "", text, flags=re.IGNORECASE)
    local, at, domain = text.rpartition("@")
    known = at and local and domain and not re.search(r"[;:,]", text)
    return f"{local}@{domain.lower()}" if known else ""
