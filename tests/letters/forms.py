"""Header fields and file names in the forms of RFC 2047 and RFC 2231, right and broken."""

import base64

from tests.letters.build import BODY, FROM, SENDER, encoded, head, multi, part, said, word

LONG = "Протокол совещания по внедрению подсистемы складского учёта от шестнадцатого ноября.docx"
NAME = "Акт сверки № 7.docx"
FILE = b"PK\x03\x04 not really a document"


def cases():
    yield from _subjects()
    yield from _names()
    yield from _file_names()


def _b(raw):
    return base64.b64encode(raw).decode()


def _q(words):
    return "".join(f"={b:02X}" for b in words.encode())


def _subjects():
    raw = "Акт сверки".encode()
    forms = {
        "two-words": f"{word('Акт ')}\r\n {word('сверки')}",
        "letter-cut": f"=?utf-8?B?{_b(raw[:3])}?= =?utf-8?B?{_b(raw[3:])}?=",
        "no-padding": f"=?utf-8?B?{_b(raw).rstrip('=')}?=",
        "lower-case": f"=?UTF-8?b?{_b(raw)}?=",
        "language": f"=?utf-8*ru?B?{_b(raw)}?=",
        "glued": f"=?utf-8?B?{_b(raw[:7])}?==?utf-8?B?{_b(raw[7:])}?=",
        "two-pages": f"{word('Акт ', 'koi8-r')} {word('сверки', 'windows-1251')}",
        "q-with-blanks": f"=?utf-8?Q?{_q('Акт')} {_q('сверки')}?=",
        "tab-fold": f"{word('Акт ')}\r\n\t{word('сверки')}",
        "bare-line-feed": f"{word('Акт ')}\n {word('сверки')}",
        "in-quotes": word("Акт сверки"),
        "wrong-page": f"=?windows-1251?B?{_b(raw)}?=",
        "unknown-page": f"=?x-strange?B?{_b(raw)}?=",
    }
    for name, value in forms.items():
        yield f"subject-{name}", head(value.encode()) + b"\r\nplain\r\n", said(text="plain")
    mixed = f"Re: [#1042] {word('Акт')} {word('сверки')}"
    yield "subject-mixed", head(mixed.encode()) + b"\r\nx\r\n", said(subject="Re: [#1042] Актсверки")
    yield "subject-none", head("") + b"\r\nplain\r\n", said(subject="", text="plain")
    broken = b"=?utf-8?B?0JDQutGC"
    yield "subject-never-ends", head(broken) + b"\r\nx\r\n", said(subject=broken.decode())


def _names():
    forms = {
        "encoded-quoted": f'"{word(FROM)}" <{SENDER}>',
        "encoded-split": f"{word('Анна ')} {word('Соколова')} <{SENDER}>",
        "quoted": f'"{FROM}" <{SENDER}>',
        "comment": f"{SENDER} ({word(FROM)})",
        "no-blank": f"{word(FROM)}<{SENDER}>",
        "folded": f"{word(FROM)}\r\n <{SENDER}>",
    }
    for name, value in forms.items():
        yield f"name-{name}", head(sender=value.encode()) + b"\r\nplain\r\n", said(from_name=FROM)


def _file_names():
    pct = "".join(f"%{b:02X}" for b in NAME.encode())
    old = "".join(f"%{b:02X}" for b in NAME.encode("cp1251"))
    cut = len(pct) // 2 // 3 * 3
    forms = {
        "2231": (f"attachment; filename*=utf-8''{pct}", "application/msword"),
        "2231-1251": (f"attachment; filename*=windows-1251'ru'{old}", "application/msword"),
        "2231-pieces": (
            f"attachment; filename*0*=utf-8''{pct[:cut]};\r\n filename*1*={pct[cut:]}",
            "application/msword",
        ),
        "2231-disorder": (
            f"attachment; filename*1*={pct[cut:]};\r\n filename*0*=utf-8''{pct[:cut]}",
            "application/msword",
        ),
        "2231-and-plain": (f"attachment; filename=\"akt.docx\"; filename*=utf-8''{pct}", "application/msword"),
        "2231-no-page": (f"attachment; filename*={pct}", "application/msword"),
        "2231-quoted": (f"attachment; filename*=\"utf-8''{pct}\"", "application/msword"),
        "2047-quoted": (f'attachment; filename="{word(NAME)}"', "application/msword"),
        "2047-bare": (f"attachment; filename={word(NAME)}", "application/msword"),
        "2047-pieces": (f'attachment; filename="{word(NAME[:6])}\r\n {word(NAME[6:])}"', "application/msword"),
        "2047-koi8": (f'attachment; filename="{word("Акт сверки 7.docx", "koi8-r")}"', "application/msword"),
        "raw-utf8": (f'attachment; filename="{NAME}"', "application/msword"),
        "only-type": ("attachment", f'application/msword; name="{word(NAME)}"'),
        "only-type-2231": ("attachment", f"application/msword; name*=utf-8''{pct}"),
        "blanks": ("attachment; filename=Akt sverki 7.docx", "application/msword"),
        "folder": (f'attachment; filename="C:\\\\Docs\\\\{word(NAME)}"', "application/msword"),
        "escaped": ('attachment; filename="Akt \\"7\\".docx"', "application/msword"),
    }
    wanted = {"2047-koi8": "Акт сверки 7.docx", "blanks": "Akt sverki 7.docx", "escaped": 'Akt "7".docx'}
    for name, (disposition, kind) in forms.items():
        yield (
            f"file-{name}",
            _with_file(disposition, kind),
            said(text=BODY, files=[[wanted.get(name, NAME), len(FILE)]]),
        )
    turned = "report\u202excod.exe"
    raw = _with_file(
        f"attachment; filename*=utf-8''{''.join(f'%{b:02X}' for b in turned.encode())}", "application/msword"
    )
    yield "file-turned-around", raw, said(files=[["reportxcod.exe", len(FILE)]])
    raw = _with_file(f'attachment; filename="{word(LONG)}"', "application/msword")
    yield "file-long", raw, said(files=[[LONG, len(FILE)]])
    parts = part("text/plain; charset=utf-8", BODY), part("application/msword", FILE, Content_Disposition="attachment")
    yield "file-no-name", multi("mixed", *parts), said(files=[["application.doc", len(FILE)]])
    raw = multi("mixed", part("text/plain; charset=windows-1251", BODY.encode("cp1251")))
    bad = (
        b'Content-Type: application/msword\r\nContent-Disposition: attachment; filename="'
        + NAME.encode("cp1251")
        + b'"\r\n'
    )
    whole = (
        raw.removesuffix(b"--=_border--\r\n")
        + b"--=_border\r\n"
        + bad
        + b"\r\n"
        + encoded(FILE, "8bit")
        + b"\r\n--=_border--\r\n"
    )
    yield "file-raw-1251", whole, said(text=BODY, files=[[NAME, len(FILE)]])


def _with_file(disposition, kind):
    return multi("mixed", part("text/plain; charset=utf-8", BODY), part(kind, FILE, Content_Disposition=disposition))
