"""Letters of many parts, whole and broken."""

import struct

from tests.letters.build import BODY, encoded, head, inner, joined, multi, part, said, text

PDF = b"%PDF-1.4\r\n\x00\x01\x02 binary \xff\xfe\r\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
TEXT = part("text/plain; charset=utf-8", BODY)
FILE = part('application/pdf; name="akt.pdf"', PDF, Content_Disposition='attachment; filename="akt.pdf"')
HTML = part("text/html; charset=utf-8", "<p>Здравствуйте!</p><p>Не печатается <b>акт</b>.</p>")
FROM_HTML = "Здравствуйте!\n\nНе печатается акт."
LETTER = text("Внутреннее письмо", subject="Вложенное", sender="Пётр <petr@kama.example>".encode())


def cases():
    yield from _whole()
    yield from _pictures()
    yield from _special()
    yield from _parcels()
    yield from _broken()
    yield from _lengths_and_dates()
    yield from _encodings()


def _whole():
    two = part('image/png; name="snap.png"', PNG, Content_Disposition="attachment")
    yield (
        "parts-two-files",
        multi("mixed", TEXT, FILE, two),
        said(text=BODY, files=[["akt.pdf", len(PDF)], ["snap.png", len(PNG)]]),
    )
    same = multi("mixed", TEXT, FILE, FILE)
    yield "parts-same-file-twice", same, said(files=[["akt.pdf", len(PDF)], ["akt.pdf", len(PDF)]])
    yield "parts-html-only", multi("mixed", HTML), said(text=FROM_HTML)
    yield "parts-html-bare", head(more=[("Content-Type", "text/html")]) + b"\r\n<p>plain</p>\r\n", said(text="plain")
    yield "parts-alternative", multi("alternative", TEXT, HTML), said(text=BODY, html_contains=["<b>акт</b>"])
    nested = multi("mixed", inner("alternative", TEXT, HTML, boundary="in"), FILE)
    yield "parts-alternative-and-file", nested, said(text=BODY, files=[["akt.pdf", len(PDF)]])
    footer = part("text/plain; charset=utf-8", "Проверено антивирусом.")
    yield "parts-footer", multi("mixed", TEXT, footer), said(text=f"{BODY}\n\nПроверено антивирусом.")
    yield "parts-file-only", multi("mixed", FILE), said(text="", files=[["akt.pdf", len(PDF)]])
    yield "parts-empty-body", head() + b"\r\n", said(text="", files=[])
    flowed = part(
        "text/plain; charset=utf-8; format=flowed",
        "Не печатается \nакт сверки.\n\n> Какая \n> версия?\n5.2",
        "quoted-printable",
    )
    yield "parts-flowed", multi("mixed", flowed), said(text="Не печатается акт сверки.\n\n> Какая версия?\n5.2")
    txt = part(
        'text/plain; charset=windows-1251; name="log.txt"', "журнал".encode("cp1251"), Content_Disposition="attachment"
    )
    yield "parts-text-file", multi("mixed", TEXT, txt), said(text=BODY, files=[["log.txt", 6]])


def _pictures():
    shown = part(
        "text/html; charset=utf-8", '<p>Снимок:</p><img src="cid:snap@kama"><img src="https://spy.example/p.gif">'
    )
    picture = part('image/png; name="snap.png"', PNG, Content_ID="<snap@kama>", Content_Disposition="attachment")
    raw = multi("related", shown, picture)
    yield (
        "picture-in-place",
        raw,
        said(inline=["snap.png"], safe_contains=["cid:snap@kama"], safe_lacks=["spy.example"]),
    )
    loose = part("image/png", PNG, Content_Disposition="inline")
    yield (
        "picture-inline-no-id",
        multi("mixed", TEXT, loose),
        said(inline=["image.png"], files=[["image.png", len(PNG)]]),
    )
    yield from _marks(part('image/png; name="image001.png"', PNG, Content_ID="<image001.png@01DC>"))
    active = "<p onclick='x()'>да</p><script>alert(1)</script><a href='javascript:x()'>т</a><iframe src='//e.example'></iframe>"
    raw = multi("mixed", part("text/html; charset=utf-8", active))
    yield "picture-active-html", raw, said(safe_contains=["да"], safe_lacks=["script", "onclick", "iframe"])


def _marks(picture):
    """Outlook names pictures in its plain text; marks of pictures that did not come stay."""
    mark = "[cid:image001.png@01DC]"
    words = part("text/plain; charset=utf-8", f"Снимок:\n\n{mark}\n\nГде {mark} подъезд?\n> {mark}\n[cid:other@01DC]")
    left = "Снимок:\n\n\nГде подъезд?\n[cid:other@01DC]"
    yield "picture-marks", multi("related", words, picture), said(text=left, visible=left, inline=["image001.png"])
    page = part("text/html; charset=utf-8", '<p>Снимок:</p><img src="cid:image001.png@01DC"><p>Где подъезд?</p>')
    both = inner(
        "alternative", part("text/plain; charset=utf-8", f"Снимок:\n{mark}\nГде подъезд?"), page, boundary="in"
    )
    yield (
        "picture-marks-beside-html",
        multi("related", both, picture),
        said(text="Снимок:\nГде подъезд?", visible="Снимок:\nГде подъезд?", inline=["image001.png"]),
    )
    alone = text(f"Пишите {mark} в тексте.")
    yield "picture-marks-of-nothing", alone, said(text=f"Пишите {mark} в тексте.")


def _special():
    whole = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + LETTER
    raw = multi("mixed", TEXT, whole)
    yield (
        "inside-letter",
        raw,
        said(kinds=["letter"], text_contains=["Внутреннее письмо"], forwarded_from="petr@kama.example"),
    )
    with_file = multi("mixed", part("text/plain; charset=utf-8", "С файлом"), FILE, boundary="deep")
    raw = multi("mixed", TEXT, b"Content-Type: message/rfc822\r\n\r\n" + with_file)
    yield "inside-letter-with-file", raw, said(kinds=["letter", ""], names=["Акт сверки.eml", "akt.pdf"])
    raw = multi("mixed", TEXT, part('message/rfc822; name="l.eml"', LETTER))
    yield "inside-letter-base64", raw, said(files=[["l.eml", len(LETTER)]], kinds=["letter"])
    invite = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Показ\n  склада\nDTSTART;TZID=Europe/Moscow:20261120T100000\nLOCATION:Пермь\nEND:VEVENT\nEND:VCALENDAR\n"
    raw = multi("mixed", part("text/calendar; charset=utf-8; method=REQUEST", invite))
    yield (
        "inside-invite",
        raw,
        said(
            kinds=["calendar"],
            text="Приглашение: Показ склада\nКогда: 20 ноября 2026 г., 10:00, московское время\nГде: Пермь",
        ),
    )
    raw = multi("signed", TEXT, part('application/pkcs7-signature; name="smime.p7s"', PDF))
    yield "inside-smime-signed", raw, said(text=BODY, kinds=["smime"], names=["smime.p7s"])
    raw = head(
        more=[
            ("Content-Type", 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'),
            ("Content-Transfer-Encoding", "base64"),
        ]
    )
    yield (
        "inside-smime-closed",
        raw + b"\r\n" + encoded(PDF, "base64"),
        said(text="", kinds=["smime"], names=["smime.p7m"]),
    )
    raw = multi("signed", TEXT, part("application/pgp-signature", "-----BEGIN PGP SIGNATURE-----", "7bit"))
    yield "inside-pgp-signed", raw, said(text=BODY, kinds=["pgp"], names=["application.asc"])
    raw = multi(
        "encrypted",
        part("application/pgp-encrypted", "Version: 1", "7bit"),
        part('application/octet-stream; name="encrypted.asc"', PDF),
    )
    yield "inside-pgp-closed", raw, said(text="", kinds=["pgp", ""], names=["application.asc", "encrypted.asc"])
    body = "Файл внутри.\n\nbegin 644 akt.txt\n#0V%T\n`\nend\n\nАнна"
    yield "inside-uuencode", text(body), said(text="Файл внутри.\n\n\n\nАнна", files=[["akt.txt", 3]])
    spoken = "Напишите begin 644 и потом end, так проще."
    yield "inside-no-uuencode", text(spoken), said(text=spoken, files=[])
    pgp = "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----"
    yield "inside-pgp-inline", text(pgp), said(text=pgp, defects=["pgp-inline"])


def _tnef(*attributes):
    """An Outlook parcel: level, number, length, content, checksum of each attribute."""
    packed = b"".join(
        struct.pack("<BII", 1, kind << 16 | number, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)
        for kind, number, content in attributes
    )
    return struct.pack("<IH", 0x223E9F78, 1) + packed


def _properties(*values):
    """MAPI properties of variable length: number and bytes; the kind is a string in UTF-16 or a blob."""
    packed = struct.pack("<I", len(values))
    for kind, number, raw in values:
        packed += struct.pack("<HHII", kind, number, 1, len(raw)) + raw.ljust((len(raw) + 3) & ~3, b"\0")
    return packed


def _parcels():
    name = "Акт сверки.pdf"
    page = (6, 0x9007, struct.pack("<II", 1251, 0))
    start = (6, 0x9002, b"\0" * 14)
    title = (1, 0x8010, name.encode("cp1251")[:8] + b"\0")
    data = (6, 0x800F, PDF)
    long_name = (6, 0x9005, _properties((0x1F, 0x3707, (name + "\0").encode("utf-16-le"))))
    words = (2, 0x800C, "Не печатается акт.\0".encode("cp1251"))
    whole = _tnef(page, words, start, title, data, long_name)
    parcel = part('application/ms-tnef; name="winmail.dat"', whole)
    files = [["winmail.dat", len(whole)], [name, len(PDF)]]
    yield "parcel-with-text", multi("mixed", parcel), said(text="Не печатается акт.", files=files, kinds=["tnef", ""])
    yield "parcel-beside-text", multi("mixed", TEXT, parcel), said(text=BODY, files=files)
    html = _properties((0x102, 0x1013, "<p>Не печатается <b>акт</b>.</p>".encode("cp1251")))
    only = _tnef(page, (6, 0x9003, html))
    yield "parcel-html", multi("mixed", part("application/ms-tnef", only)), said(text="Не печатается акт.")
    cut = part('application/ms-tnef; name="winmail.dat"', whole[: len(whole) // 2])
    yield "parcel-cut", multi("mixed", TEXT, cut), said(text=BODY, kinds=["tnef"])


def _broken():
    cut = multi("mixed", TEXT, FILE).removesuffix(b"--=_border--\r\n")
    yield "broken-never-closed", cut, said(text=BODY, files=[["akt.pdf", len(PDF)]], defects=["letter-cut-off"])
    raw = head(more=[("Content-Type", "multipart/mixed")]) + b"\r\nplain\r\n"
    yield "broken-no-boundary", raw, said(text="plain", defects=["no-boundary"])
    raw = head(more=[("Content-Type", 'multipart/mixed; boundary="x"')]) + b"\r\nplain\r\n"
    yield "broken-boundary-unused", raw, said(text="plain", defects=["boundary-not-found"])
    raw = multi("mixed", TEXT, FILE, boundary="a b:c?d")
    yield "broken-boundary-strange", raw, said(text=BODY, files=[["akt.pdf", len(PDF)]])
    raw = head(more=[("Content-Type", "multipart/mixed; boundary==_bare")]) + b"\r\n" + joined([TEXT], "=_bare")
    yield "broken-boundary-unquoted", raw, said(text=BODY)
    yield "broken-no-type", head() + b"\r\nplain\r\n", said(text="plain")
    yield "broken-type", head(more=[("Content-Type", "text")]) + b"\r\nplain\r\n", said(text="plain")
    yield (
        "broken-type-comment",
        head(more=[("Content-Type", "text/plain (plain); charset=utf-8")]) + b"\r\nplain\r\n",
        said(text="plain"),
    )
    twice = head(more=[("Content-Type", "text/plain"), ("Content-Type", "image/png")]) + b"\r\nplain\r\n"
    yield "broken-two-types", twice, said(text="plain")
    no_break = head() + b"no colon here\r\nplain\r\n"
    yield "broken-header-ends", no_break, said(text="no colon here\nplain", defects=["broken-headers"])


def _lengths_and_dates():
    yield "broken-line-feeds", text().replace(b"\r\n", b"\n"), said(text=BODY)
    yield "broken-returns", text(how="quoted-printable").replace(b"\r\n", b"\r"), said(text=BODY)
    long = head(more=[("References", " ".join(f"<{n}@kama.example>" for n in range(2_000)))]) + b"\r\nplain\r\n"
    yield "broken-long-references", long, said(text="plain", defects=["field-too-long"])
    many = ", ".join(f"user{n}@kama.example" for n in range(1_500))
    yield "broken-many-recipients", head(to=many) + b"\r\nplain\r\n", said(text="plain", defects=["field-too-long"])
    forged = text(
        more=[
            ("X-Asmo-Verified", "yes"),
            ("Authentication-Results", "mx.asmo.example; dmarc=pass header.from=kama.example"),
        ]
    )
    yield "broken-forged-marks", forged, said(text=BODY, authenticated=False)
    for name, date in {
        "none": None,
        "old": "Thu, 1 Jan 1970 00:00:00 +0000",
        "future": "Fri, 1 Jan 2099 00:00:00 +0000",
        "words": "вчера",
    }.items():
        fields = head().replace(
            b"Date: Mon, 16 Nov 2026 10:15:00 +0300\r\n", f"Date: {date}\r\n".encode() if date else b""
        )
        yield f"date-{name}", fields + b"\r\nplain\r\n", said(text="plain", date=date or "")


def _encodings():
    forms = {
        "7-bit": "7-bit",
        "8bits": "8bits",
        "empty": "",
        "comment": "8bit (text)",
        "semicolon": "base64;",
        "upper": "BASE64",
        "words": "text/plain",
    }
    for name, value in forms.items():
        raw = BODY.encode() if "64" not in value.lower() else encoded(BODY.encode(), "base64")
        fields = head(more=[("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", value)])
        yield f"encoding-{name}", fields + b"\r\n" + raw, said(text=BODY)
    dirty = encoded(BODY.encode(), "base64").replace(b"\r\n", b" \r\n!\r\n", 1).rstrip(b"=\r\n")
    fields = head(more=[("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "base64")])
    yield "encoding-base64-dirty", fields + b"\r\n" + dirty, said(text=BODY)
    broken = BODY.encode().replace("ё".encode(), b"=D1=91").replace(b"!", b"=2")
    fields = head(
        more=[("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "quoted-printable")]
    )
    yield "encoding-quoted-broken", fields + b"\r\n" + broken, said(text_contains=["ёлочки", "акт сверки"])
