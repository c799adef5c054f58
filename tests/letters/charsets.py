"""Russian letters in every code page, declared rightly and wrongly (EI-10)."""

from tests.letters.build import BODY, DESK, FROM, SENDER, encoded, head, said, text, word

PAGES = ("utf-8", "windows-1251", "koi8-r", "cp866", "iso-8859-5", "x-mac-cyrillic")
CODECS = {"x-mac-cyrillic": "mac-cyrillic"}
PLAIN = BODY.replace("«ёлочки»", '"елочки"')

WRONG = [
    ("windows-1251", "utf-8"),
    ("windows-1251", "koi8-r"),
    ("windows-1251", "us-ascii"),
    ("windows-1251", "iso-8859-1"),
    ("windows-1251", "x-unknown"),
    ("windows-1251", ""),
    ("windows-1251", "utf-42"),
    ("koi8-r", "windows-1251"),
    ("koi8-r", "utf-8"),
    ("koi8-r", "iso-8859-1"),
    ("koi8-r", ""),
    ("utf-8", "windows-1251"),
    ("utf-8", "koi8-r"),
    ("utf-8", "iso-8859-1"),
    ("utf-8", "us-ascii"),
    ("utf-8", ""),
    ("utf-8", "cp866"),
    ("cp866", "windows-1251"),
    ("cp866", "utf-8"),
    ("cp866", ""),
]


def cases():
    yield from _declared()
    yield from _wrong()
    yield from _spellings()
    yield from _odd()


def _declared():
    for page in PAGES:
        body = BODY if page in {"utf-8", "windows-1251"} else PLAIN
        for how in ("8bit", "base64", "quoted-printable"):
            raw = text(body.encode(CODECS.get(page, page)), page, how)
            yield f"charset-{page}-{how}", raw, said(text=body, defects=[])
        for kind in ("B", "Q"):
            codec = CODECS.get(page, page)
            subject = word("Акт сверки", codec, kind).replace(codec, page)
            sender = word(FROM, codec, kind).replace(codec, page) + f" <{SENDER}>"
            raw = head(subject, sender, more=[("Content-Type", "text/plain")]) + b"\r\nplain\r\n"
            yield f"charset-{page}-header-{kind}", raw, said(text="plain", from_name=FROM)


def _wrong():
    for page, declared in WRONG:
        raw = text(PLAIN.encode(page), declared=declared, how="8bit")
        yield f"charset-{page}-said-{declared or 'nothing'}", raw, said(text=PLAIN)


def _spellings():
    names = {
        '"windows-1251"': "cp1251",
        "CP1251": "cp1251",
        "win-1251": "cp1251",
        "x-cp1251": "cp1251",
        "UTF8": "utf-8",
        "'utf-8'": "utf-8",
        "KOI8R": "koi8-r",
        "cskoi8r": "koi8-r",
        "IBM866": "cp866",
        "koi8-u": "koi8-u",
        "utf-16": "utf-16",
        "utf-7": "utf-7",
    }
    for number, (name, codec) in enumerate(names.items(), 1):
        yield f"charset-name-{number:02}", text(PLAIN.encode(codec), declared=name), said(text=PLAIN)


def _odd():
    lost = "Здравствуйте".encode()[:-1]
    yield "charset-cut-in-a-letter", text(lost, "utf-8"), said(text_contains=["Здравствуйт"])
    nul = "Не\x00 открывается\x00 отчёт".encode()
    yield "charset-nul", text(nul, "utf-8"), said(text="Не открывается отчёт")
    yield "charset-surrogate", text(b"\xed\xa0\x80 \xd0\x94\xd0\xb0", "utf-8"), said(text_contains=["Да"])
    yield "charset-bom", text(b"\xef\xbb\xbf" + PLAIN.encode(), "utf-8"), said(text=PLAIN)
    yield "charset-gb18030", text("报告打不开".encode("gb18030"), "gb18030"), said(text="报告打不开")
    yield "charset-iso-2022-jp", text("報告書".encode("iso2022_jp"), "iso-2022-jp", "7bit"), said(text="報告書")
    noise = bytes((i * 37 + 11) % 251 for i in range(399))
    yield "charset-noise-said-utf-32", text(noise, declared="utf-32le"), said()
    raw = head(more=[("Content-Type", "text/plain; charset=windows-1251")], subject="Акт сверки".encode("cp1251"))
    yield "charset-raw-subject-1251", raw + b"\r\n" + encoded(PLAIN.encode("cp1251"), "8bit"), said(text=PLAIN)
    raw = head("Акт сверки".encode(), "Анна Соколова <".encode() + SENDER.encode() + b">", DESK)
    yield "charset-raw-utf8-header", raw + b"\r\nplain\r\n", said(text="plain", from_name=FROM)
    raw = head("Акт сверки".encode("koi8-r"), more=[("Content-Type", "text/plain; charset=koi8-r")])
    yield "charset-raw-subject-koi8", raw + b"\r\n" + encoded(PLAIN.encode("koi8-r"), "8bit"), said(text=PLAIN)
