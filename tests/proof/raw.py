"""The bytes of a planned letter: in every Russian charset, with files of seeded chance, or poisoned."""

import random
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from tests.letters.build import encoded, joined, part, word
from tests.parts.letters import SUPPORT
from tests.proof.plan import HEAVY, Planned
from tests.proof.service import AUTHSERV

CHARSETS = ("utf-8", "windows-1251", "koi8-r", "iso-8859-5", "cp866", "x-mac-cyrillic")
CODECS = {"x-mac-cyrillic": "mac_cyrillic"}
ENCODINGS = ("base64", "quoted-printable", "8bit")
LARGE = 1_200_000
QUOTE = "\r\n\r\n17.11.2026 12:00, АСМО-поддержка пишет:\r\n> Обращение зарегистрировано.\r\n"
ANSWERS = frozenset(
    {"reply with a mark", "reply with a known Message-ID", "reply of a colleague", "reply nobody vouches for"}
)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the writer of an earlier letter has from us: its ticket's number and our letter's marks."""

    number: int
    reply_to: str
    message_id: str


def subject_of(one: Planned) -> str:
    return f"Письмо {one.n:05} под огнём"


def text_of(one: Planned) -> str:
    """What the person says; what stands below it is a quotation."""
    return f"Строка {one.n}: не печатается форма 2-ТП.\nПодъезд к складу тоже пропал, всё остальное работает."


def message_id_of(n: int, seed: int) -> str:
    return f"{seed}.{n}@mail.example"


def files_of(one: Planned, seed: int) -> dict[str, bytes]:
    """A quarter of the letters have files, every hundredth one that does not fit into its row."""
    luck = random.Random(f"{seed}-{one.n}")
    if one.kind == "poison" or one.fate.decision not in {"new", "claims", "reply"} or luck.random() > 0.25:
        return {}
    sizes = [luck.randrange(1, 60_000) for _ in range(luck.randrange(1, 5))]
    if luck.random() < 0.04:
        sizes[0] = LARGE
    return {f"данные {one.n}-{place}.bin": luck.randbytes(size) for place, size in enumerate(sizes)}


def raw_of(one: Planned, seed: int, about: Acknowledged | None, original: bytes) -> bytes:
    """`about`: what the letter answers. `original`: the bytes of the letter it is a copy of."""
    if one.kind == "poison":
        return _poisoned(one, seed)
    if one.kind == "the same letter again":
        return original
    if one.kind == "a second copy by another way":
        return b"Received: from relay.example by mx.example with ESMTP id %d\r\n" % one.n + original
    if one.kind == "a letter of ours comes back":
        assert about
        return _returned(one, seed, about)
    return _written(one, seed, about)


def _written(one: Planned, seed: int, about: Acknowledged | None) -> bytes:
    charset, how = CHARSETS[one.n % len(CHARSETS)], ENCODINGS[one.n // len(CHARSETS) % len(ENCODINGS)]
    codec = CODECS.get(charset, charset)
    text = text_of(one).replace("\n", "\r\n") + (QUOTE if one.kind in ANSWERS else "")
    # Some programs say nothing of the charset.
    is_silent = how == "8bit" and charset in {"windows-1251", "koi8-r", "utf-8"} and one.n % 4 == 0
    kind = "text/plain" if is_silent else f"text/plain; charset={charset}"
    body = (f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {how}\r\n\r\n").encode()
    body += encoded(text.encode(codec), how)
    files = files_of(one, seed)
    if files:
        parts = [body, *(_file(name, content, one.n) for name, content in files.items())]
        border = f"=_{one.n}"
        body = f'Content-Type: multipart/mixed; boundary="{border}"\r\n\r\n'.encode() + joined(parts, border)
    return _head(one, seed, about, (charset, codec)) + body


def _head(one: Planned, seed: int, about: Acknowledged | None, charset: tuple[str, str]) -> bytes:
    subject = word(subject_of(one), charset[1], "BQ"[one.n % 2]).replace(f"=?{charset[1]}?", f"=?{charset[0]}?")
    lines = [
        f"Authentication-Results: {AUTHSERV}; dmarc={_verdict(one)} header.from={one.sender.rpartition('@')[2]}",
        f"From: {word('Отправитель')} <{one.sender}>",
        f"To: {about.reply_to if about and _is_marked(one) else SUPPORT}",
        f"Subject: {_prefix(one, about)}{subject}",
        f"Message-ID: <{message_id_of(one.n, seed)}>",
        "Date: Tue, 17 Nov 2026 10:00:00 +0300",
        "MIME-Version: 1.0",
        *_chain(one, seed, about),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _verdict(one: Planned) -> str:
    return "none" if one.kind in {"reply nobody vouches for", "reply with a mark"} else "pass"


def _is_marked(one: Planned) -> bool:
    return one.kind in {"reply with a mark", "reply of a colleague", "another customer's stolen mark"} and one.n % 3 > 0


def _prefix(one: Planned, about: Acknowledged | None) -> str:
    if about and "guessed number" in one.kind:
        return f"Re: [#{about.number}] "
    return "Re: " if about else ""


def _chain(one: Planned, seed: int, about: Acknowledged | None) -> list[str]:
    """A third of the marks travel in what a letter answers, the others in the address it goes to."""
    if one.kind == "an alarm of a machine":
        return ["Auto-Submitted: auto-generated"]
    if about is None or "guessed number" in one.kind:
        return []
    if one.kind in {"reply with a known Message-ID", "reply nobody vouches for"}:
        first = f"<{message_id_of(one.about or 0, seed)}>"
        return [f"In-Reply-To: {first}", f"References: {first}"]
    machine = ["Auto-Submitted: auto-replied"] if one.kind == "out of office" else []
    return machine if _is_marked(one) else [*machine, f"In-Reply-To: <{about.message_id}>"]


def _file(name: str, content: bytes, n: int) -> bytes:
    if n % 2:
        return part(
            "application/octet-stream", content, Content_Disposition=f"attachment; filename*=utf-8''{quote(name)}"
        )
    return part(f'application/octet-stream; name="{word(name)}"', content, Content_Disposition="attachment")


def _returned(one: Planned, seed: int, about: Acknowledged) -> bytes:
    """What a mail server writes when it cannot deliver; the one it speaks of is named by our letter's Message-ID."""
    parts = [
        b"Content-Type: text/plain\r\n\r\nUser unknown\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.client.example\r\n\r\n"
        b"Final-Recipient: rfc822; gone%d@client0.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n" % (one.about or 0),
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{about.message_id}>\r\n".encode(),
    ]
    head = (
        f"From: {one.sender}\r\nTo: {SUPPORT}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <{message_id_of(one.n, seed)}>\r\nMIME-Version: 1.0\r\nDate: Tue, 17 Nov 2026 10:00:00 +0300\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    )
    return head.encode() + joined(parts, "b")


def _poisoned(one: Planned, seed: int) -> bytes:
    sender, head = f"From: {one.sender}\r\n".encode(), f"Message-ID: <{message_id_of(one.n, seed)}>\r\n".encode()
    if one.fate.reason == "empty":
        return b"\r\n" + b" " * one.n + b"\r\n"
    if one.fate.reason == "headers-too-long":
        return head + b"From: " + b"a@b.example, " * 80_000 + b"\r\n\r\nx"
    if one.fate.reason == "header-line-too-long":
        return sender + head + b"Subject: " + b"=?utf-8?b?0LA=?= " * 4_000 + b"\r\n\r\nx"
    if one.fate.reason == "too-deep":
        deep = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(90))
        return sender + head + b"".join(deep) + b"\r\nx"
    if one.fate.reason == HEAVY:
        return sender + head + b"Content-Type: text/plain\r\n\r\n" + b"x\r\n" * 12_000_000
    flat = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 3_000
    return sender + head + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + flat


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()
