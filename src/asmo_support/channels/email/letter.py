"""What one letter says, as plain data that crosses a pipe: no Django, no parser, no file."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Address:
    """An address as written; `email` is lower case after the @ and may be empty when nothing could be understood."""

    email: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the letter. `kind` names what needs a word: letter, smime, pgp, calendar, contact, link, partial, tnef.

    `inside` names the attached letter it came in. `encoded`: it travelled in an encoding, so the bytes are exactly the
    sender's file; otherwise its line ends are those of the letter.
    """

    name: str
    type: str
    size: int
    sha256: str
    inline: bool = False
    content_id: str = ""
    kind: str = ""
    inside: str = ""
    encoded: bool = False
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a letter of ours at one recipient (RFC 3464, or read out of a bounce in plain words)."""

    recipient: str
    action: str
    status: str
    reason: str
    hard: bool
    # The address the letter was sent to, where the report names another one it was passed on to.
    original: str = ""


@dataclass(frozen=True, slots=True)
class Auth:
    """What our own mail server says of the sender (RFC 8601). Without a trusted field everything is empty."""

    dmarc: str = ""
    dkim: str = ""
    spf: str = ""
    dmarc_from: str = ""
    dkim_domains: tuple[str, ...] = ()
    spf_domain: str = ""

    def vouches_for(self, domain: str) -> bool:
        """DMARC passed for this very domain; with no DMARC policy, an aligned DKIM or SPF pass does as well."""
        domain = domain.lower()
        if not domain or self.dmarc not in {"", "none", "pass"}:
            return False
        if self.dmarc == "pass":
            return self.dmarc_from in {"", domain}
        return domain in self.dkim_domains or (self.spf == "pass" and self.spf_domain == domain)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, read. `verified_syntax` is False when the sender could be read in more than one way (EI-19).

    `referable` are passages of the text with a Content-ID: somebody may point at them by it; they are no files.
    `placed_text` is the visible text with «[file name]» where a picture stands, empty when none does. `sealed` names
    what signed or encrypted the letter: smime-signed, pgp-encrypted and so on.
    """

    sender: Address
    verified_syntax: bool
    raw_from: str = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    subject: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: str = ""
    text: str = ""
    html: str = ""
    safe_html: str = ""
    visible_text: str = ""
    placed_text: str = ""
    attachments: tuple[Attachment, ...] = ()
    referable: tuple[Attachment, ...] = ()
    machine: tuple[str, ...] = ()
    bounce: bool = False
    reports: tuple[Report, ...] = ()
    original_ids: tuple[str, ...] = ()
    forwarded_from: Address | None = None
    auth: Auth = field(default_factory=Auth)
    defects: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()

    @property
    def is_machine(self) -> bool:
        """Written by a program: may join a thread, is never answered by a program (EI-14)."""
        return bool(self.machine)

    @property
    def is_authenticated(self) -> bool:
        """Our own server vouches for the domain of an unambiguous sender."""
        return self.verified_syntax and self.auth.vouches_for(self.sender.domain)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address the letter names as its destination, lower case, without repeats."""
        named = [one.email for one in (*self.to, *self.cc)]
        return tuple(dict.fromkeys(each.lower() for each in (*self.delivered_to, *named) if each))

    @property
    def thread_ids(self) -> tuple[str, ...]:
        """Message-IDs the letter answers, the nearest first."""
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(self.references))))


def to_wire(letter: Letter) -> tuple[dict[str, Any], list[bytes]]:
    """The letter as JSON-able facts and, apart from them, the bytes of its files."""
    blobs = [one.content for one in (*letter.attachments, *letter.referable)]
    facts = {name: getattr(letter, name) for name in _PLAIN}
    for name in _ADDRESSES:
        facts[name] = [[one.email, one.name] for one in getattr(letter, name)]
    facts["sender"] = [letter.sender.email, letter.sender.name]
    facts["forwarded_from"] = (
        [letter.forwarded_from.email, letter.forwarded_from.name] if letter.forwarded_from else None
    )
    facts["reports"] = [asdict(one) for one in letter.reports]
    facts["auth"] = asdict(letter.auth)
    for kind in ("attachments", "referable"):
        facts[kind] = [{name: getattr(one, name) for name in _FILE} for one in getattr(letter, kind)]
    return facts, blobs


def from_wire(facts: dict[str, Any], blobs: list[bytes]) -> Letter:
    """The inverse of `to_wire`; a KeyError, TypeError or ValueError means that the other side spoke nonsense."""
    parts: dict[str, Any] = {name: _tupled(facts[name]) for name in _PLAIN}
    for name in _ADDRESSES:
        parts[name] = tuple(Address(*one) for one in facts[name])
    parts["sender"] = Address(*facts["sender"])
    parts["forwarded_from"] = Address(*facts["forwarded_from"]) if facts["forwarded_from"] else None
    parts["reports"] = tuple(Report(**one) for one in facts["reports"])
    parts["auth"] = Auth(**{name: _tupled(value) for name, value in facts["auth"].items()})
    files = zip([*facts["attachments"], *facts["referable"]], blobs, strict=True)
    made = tuple(Attachment(**one, content=content) for one, content in files)
    count = len(facts["attachments"])
    parts["attachments"], parts["referable"] = made[:count], made[count:]
    return Letter(**parts)


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_ADDRESSES = ("to", "cc", "reply_to")
_PLAIN = (
    "verified_syntax",
    "raw_from",
    "delivered_to",
    "subject",
    "message_id",
    "in_reply_to",
    "references",
    "date",
    "text",
    "html",
    "safe_html",
    "visible_text",
    "placed_text",
    "machine",
    "bounce",
    "original_ids",
    "defects",
    "sealed",
)
_FILE = ("name", "type", "size", "sha256", "inline", "content_id", "kind", "inside", "encoded")
