"""Bricks of letters, byte by byte: a library of mail would not write them wrong enough."""

import base64
import quopri

FROM = "Анна Соколова"
SENDER = "anna@kama.example"
DESK = "support@asmo.example"
BODY = "Здравствуйте!\n\nПосле обновления не печатается акт сверки за октябрь.\nПодъезд к складу и «ёлочки» тоже пропали.\n\nАнна"


def word(text, charset="utf-8", kind="B"):
    raw = text.encode(charset)
    if kind == "B":
        return f"=?{charset}?B?{base64.b64encode(raw).decode()}?="
    body = "".join(chr(b) if chr(b).isascii() and chr(b).isalnum() else f"={b:02X}" for b in raw).replace("=20", "_")
    return f"=?{charset}?Q?{body}?="


def encoded(raw, how):
    if how == "base64":
        return base64.encodebytes(raw).replace(b"\n", b"\r\n")
    if how == "quoted-printable":
        return quopri.encodestring(raw).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def head(subject="Акт сверки", sender=None, to=DESK, more=()):
    """The header block as bytes, without the blank line; values may be bytes already."""
    lines = [
        ("From", sender if sender is not None else f"{word(FROM)} <{SENDER}>"),
        ("To", to),
        ("Subject", subject if isinstance(subject, bytes) or subject.isascii() else word(subject)),
        ("Date", "Mon, 16 Nov 2026 10:15:00 +0300"),
        ("Message-ID", "<letter.1@kama.example>"),
        ("MIME-Version", "1.0"),
        *more,
    ]
    return b"".join(n.encode() + b": " + (v if isinstance(v, bytes) else v.encode("utf-8")) + b"\r\n" for n, v in lines)


def text(body=BODY, charset="utf-8", how="base64", declared=None, **fields):
    declared = charset if declared is None else declared
    kind = f"text/plain; charset={declared}" if declared else "text/plain"
    raw = body if isinstance(body, bytes) else body.encode(charset)
    more = [("Content-Type", kind), ("Content-Transfer-Encoding", how), *fields.pop("more", ())]
    return head(more=more, **fields) + b"\r\n" + encoded(raw, how)


def part(kind, body, how="base64", **fields):
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {how}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + encoded(raw, how).rstrip(b"\r\n")


def multi(kind, *parts, boundary="=_border", parameters="", **fields):
    """A whole letter of several parts."""
    value = f'multipart/{kind}; boundary="{boundary}"{parameters}'
    return head(more=[("Content-Type", value), *fields.pop("more", ())], **fields) + b"\r\n" + joined(parts, boundary)


def inner(kind, *parts, boundary):
    """A part made of parts."""
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"'.encode() + b"\r\n\r\n" + joined(parts, boundary)


def joined(parts, boundary):
    border = boundary.encode()
    return b"".join(b"--" + border + b"\r\n" + one + b"\r\n" for one in parts) + b"--" + border + b"--\r\n"


def said(**more):
    """The expectation of an ordinary letter."""
    return {"from": SENDER, "subject": "Акт сверки", "verified": True, "machine": False, "bounce": False, **more}
