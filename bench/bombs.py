"""Letters made to hurt whoever reads them: for each kind, as many bytes of it as are asked for (`size`)."""

import base64
import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator

KB, MB = 1024, 1024 * 1024
SIZES = (20 * KB, 42 * KB, 250 * KB, 950 * KB, 4 * MB)
HUGE = 34 * MB
_HEADER, _BLOCK = 15 * KB, 250 * KB
_ZEROS = 400 * MB

Bomb = Callable[[int], bytes]
BOMBS: dict[str, Bomb] = {}


def letters(sender: Callable[[int], str], count: int) -> Iterator[tuple[str, bytes]]:
    """So many of them, each from another sender: every kind in turn, smaller and larger than letters are."""
    kinds = list(BOMBS)
    for number in range(count):
        kind, size = kinds[number % len(kinds)], SIZES[(number + number // len(kinds)) % len(SIZES)]
        head = f"From: {sender(number)}\r\nTo: support@vendor.example\r\nMessage-ID: <bomb-{number}@mail.example>\r\n"
        yield kind, head.encode() + BOMBS[kind](HUGE if "huge" in kind and number < len(kinds) else size)


def _bomb(name: str) -> Callable[[Bomb], Bomb]:
    def known(make: Bomb) -> Bomb:
        BOMBS[name] = make
        return make

    return known


def _field(name: str, piece: bytes) -> None:
    """One field of the header, as long as fields are read."""
    BOMBS[f"header: {name}"] = lambda size: (piece * (min(size, _HEADER) // len(piece) + 1))[:_HEADER] + b"\r\n\r\nx"


def _block(name: str, piece: bytes) -> None:
    """Many fields, up to what a header may have; above it the letter is refused."""
    BOMBS[f"header: {name}"] = lambda size: piece * (min(size, _BLOCK) // len(piece)) + b"Subject: x\r\n\r\nx"


def _body(name: str, piece: bytes, kind: bytes = b"text/plain", end: bytes = b"") -> None:
    head = b"Subject: x\r\nContent-Type: " + kind + b"; charset=utf-8\r\n\r\n"
    BOMBS[name] = lambda size: head + piece * (size // len(piece)) + end


def _html(name: str, piece: bytes, end: bytes = b"") -> None:
    _body(f"HTML: {name}", piece, b"text/html", end)


_field("brackets in a subject", b"Subject: " + b"[" * _HEADER)
_field("prefixes in a subject", b"Subject: " + b"Re: Fwd: [x] " * 1_200)
_field("half-open encoded words", b"Subject: " + b"=?utf-8?b?=?utf-8?q?" * 800)
_field("encoded words", b"Subject: " + b"=?koi8-r?q?=C1?= " * 900)
_field("numbers in a subject", b"Subject: " + "№ 1 #1 [#1] ".encode() * 900)
_field("open quotes in a sender", b"Reply-To: " + b'"\\' * (_HEADER // 2))
_field("one word as a sender", b"Reply-To: " + b"x" * _HEADER)
_field("one route as a sender", b"Reply-To: a <" + b"x" * _HEADER)
_field("comments in a sender", b"Reply-To: " + b"(" * _HEADER)
_field("groups of addresses", b"Cc: " + b"a:b;<" * 3_000)
_field("parameters", b"Content-Type: text/plain" + b"; a*0*=%d0" * 1_500)
_field("open parameters", b"Content-Disposition: attachment; " + b'filename="\\' * 1_200)
_field("threads", b"References: " + b"<a@b> " * 2_500)
_block("folded lines", b"X-A:\r\n \r\n \r\n x\r\n")
_block("many fields", b"X-A: y\r\n")
_block("many senders", b"Authentication-Results: mx; dmarc=pass header.from=a.example; dkim=pass\r\n")
_block("many recipients", b"To: " + b"a@b.example, " * 600 + b"\r\n")
_block("routes", b"Received: from a by b (c (d (e; Tue, 17 Nov 2026 10:00:00 +0300\r\n")

_body("text: quotes in quotes", b">>>>>>>>>> x\n> y\n")
_body("text: who wrote what", b"On 2026-11-16 10:15 x wrote:\n")
_body("text: кто что писал", "16.11.2026 10:15, Иван пишет\nПн, 16 нояб. 2026 г. в 10:15,\n".encode())
_body("text: heads of letters", b"From: a\nSent: b\n\n*From:* a\nTo: c\n\n")
_body("text: signatures", b"-- \nx\n____________\n")
_body("text: rules", b"-----\n- - -\n=====\n_____ x\n")
_body("text: one line", b"- > ")
_body("text: blanks", b" \t", end=b"x")
_body("text: begins of files", b"begin 644 a\n", end=b"end\n")
_body("text: many files", b"begin 644 a\n#86)C\n`\nend\n")
_body("text: addresses", b"<mailto:a@b.example>550 5.1.1 user unknown <a@b.example>\n")
_body("text: wrong bytes", bytes(range(128, 256)) + b" \xd0\xff")
_body("text: soft lines", b"> a \n>> b \n", b"text/plain; format=flowed; delsp=yes")
_body("text: seven bits", b"+BBA-", b"text/plain; charset=utf-7")
_html("open brackets", b"<")
_html("deep", b"<div><b><i>")
_html("nested tables", b"<table><tr><td>")
_html("nested quotes", b"<blockquote type=cite>x")
_html("links", b"<a href='http://e.example/?a'>x</a>")
_html("open attributes", b"<a href='")
_html("comments", b"<!--")
_html("entities", b"&lt;&#60;&amp;")
_html("styles", b"<style>a{b:url(x)}</style><p style='display:none'>x</p>")
_html("scripts left open", b"<script><title>")
_html("formatting left open", b"<b><a><font><p>x")
_html("pictures", b"<img src='cid:a@b' alt='x'>")
_html("signatures", b"<div class=gmail_signature>x</div>")


@_bomb("MIME: parts in parts")
def _nested(size: int) -> bytes:
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(49)
    )
    return opening + b"\r\n" + b"x\r\n--b0x\r\n" * (size // 11)


@_bomb("MIME: parts beside parts")
def _flat(size: int) -> bytes:
    part = b"--b\r\nContent-Type: text/html\r\n\r\n" + b"<p>" * (size // 3_200) + b"\r\n"
    return b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 990


@_bomb("MIME: boundaries")
def _boundaries(size: int) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"boundary=b%s--\r\n--bb\r\n" * (size // 22)


@_bomb("MIME: letters in letters")
def _letters(size: int) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" * (size // 32) + b"x"


@_bomb("MIME: a report of thousands")
def _report(size: int) -> bytes:
    each = b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    head = b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
    return head + b"Content-Type: message/delivery-status\r\n\r\n" + each * (size // len(each)) + b"\r\n--b--\r\n"


@_bomb("file: huge base64")
def _huge(size: int) -> bytes:
    return _file(b"application/pdf; name=a.pdf", base64.encodebytes(b"%PDF" * (size * 3 // 16)))


@_bomb("file: broken base64")
def _broken(size: int) -> bytes:
    return _file(b"application/pdf; name=a.pdf", b"QUJD=!\n=\n" * (size // 9))


@_bomb("file: letter that is packed zeros")
def _packed(size: int) -> bytes:
    packed = gzip.compress(b"\0" * min(_ZEROS, size * 700), 9)
    return _file(b"message/rfc822; name=letter.eml", base64.encodebytes(packed))


@_bomb("file: letter that is an archive of archives")
def _archive(size: int) -> bytes:
    inner = b"\0" * min(_ZEROS // 4, size * 300)
    for _level in range(3):
        into = io.BytesIO()
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in range(3):
                archive.writestr(f"{name}.eml", inner)
        inner = into.getvalue()
    return _file(b"message/rfc822; name=letter.eml", base64.encodebytes(inner))


@_bomb("file: quoted signs")
def _quoted(size: int) -> bytes:
    return _file(b"text/html; name=a.html", b"=3D=\n=\n" * (size // 7), b"quoted-printable")


@_bomb("file: parcel of Outlook")
def _parcel(size: int) -> bytes:
    property_ = struct.pack("<HHII", 0x101E, 0x3001, 0xFFFF, 0)
    content = struct.pack("<I", 0xFFFFFF) + property_ * (size // 24)
    each = struct.pack("<BII", 2, 0x00069005, len(content) // 8) + content[: len(content) // 8] + b"\0\0"
    parcel = struct.pack("<IH", 0x223E9F78, 1) + (struct.pack("<BII", 2, 0x00069002, 0) + b"\0\0" + each) * 8
    return _file(b"application/ms-tnef; name=winmail.dat", base64.encodebytes(parcel))


@_bomb("file: calendar")
def _calendar(size: int) -> bytes:
    return _file(
        b"text/calendar; name=a.ics", b"BEGIN:VEVENT\r\nSUMMARY:x\r\n y\r\nEND:VEVENT\r\n" * (size // 42), b"8bit"
    )


def _file(kind: bytes, content: bytes, encoding: bytes = b"base64") -> bytes:
    return b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + content
