"""How headers of our letters are folded.

The library's own folding drops the blank between two words of a long Russian subject or name when it parts the line
there: «Договор118-С» (CPython’s EmailPolicy, where an encoded word ends with a line). The older `Header` encodes such
a text as a whole, blanks included.
"""

from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Any

LINE_END = "\r\n"
_LONGEST = 76
_NAMED = frozenset({"from", "to", "reply-to"})


class Folding(EmailPolicy):
    """The policy of letters on their way out: lines end as SMTP wants it, words keep their blanks."""

    def fold(self, name: str, value: Any) -> str:
        return _folded(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        folded = _folded(name, value)
        return folded.encode("ascii") if folded else super().fold_binary(name, value)


OUT = Folding(linesep=LINE_END)


def _folded(name: str, value: Any) -> str:
    """The whole field with its line end; nothing where the library does it well."""
    if name.lower() == "subject":
        return "" if str(value).isascii() else f"{name}: {_encoded(str(value), len(name))}{LINE_END}"
    addresses: list[Address] = list(getattr(value, "addresses", ())) if name.lower() in _NAMED else []
    if len(addresses) != 1 or addresses[0].display_name.isascii() or not addresses[0].addr_spec.isascii():
        return ""
    words, address = _encoded(addresses[0].display_name, len(name)), f"<{addresses[0].addr_spec}>"
    room = _LONGEST - len(words.rpartition(LINE_END)[2]) - (0 if LINE_END in words else len(name) + 2)
    between = " " if len(address) < room else f"{LINE_END} "
    return f"{name}: {words}{between}{address}{LINE_END}"


def _encoded(text: str, name: int) -> str:
    return Header(text, "utf-8", maxlinelen=_LONGEST, header_name="x" * name).encode(linesep=LINE_END)
