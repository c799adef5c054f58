"""Senders that can be read in one way, and senders that cannot (EI-19)."""

from tests.letters.build import FROM, SENDER, head, said, word

CLEAR = {
    "bare": (SENDER, SENDER),
    "brackets": (f"<{SENDER}>", SENDER),
    "name": (f"Anna Sokolova <{SENDER}>", SENDER),
    "encoded": (f"{word(FROM)} <{SENDER}>", SENDER),
    "comma-in-quotes": (f'"Sokolova, Anna" <{SENDER}>', SENDER),
    "comment": (f"{SENDER} (Anna)", SENDER),
    "plus": ("anna+desk@kama.example", "anna+desk@kama.example"),
    "own-address-as-name": (f'"{SENDER}" <{SENDER}>', SENDER),
    "big-letters": ("Anna@KAMA.Example", "Anna@kama.example"),
    "russian-domain": ("anna@xn--80aauks4g.xn--p1ai", "anna@xn--80aauks4g.xn--p1ai"),
}
DOUBTFUL = {
    "bracket-trick": "alice@customer.example]<bob@evil.test>",
    "two-in-one": "alice@customer.example, bob@evil.test",
    "name-is-address": '"alice@customer.example" <bob@evil.test>',
    "bare-name-is-address": "alice@customer.example <bob@evil.test>",
    "encoded-name-is-address": f"{word('alice@customer.example')} <bob@evil.test>",
    "two-brackets": "<alice@customer.example> <bob@evil.test>",
    "words-after": "<bob@evil.test> alice@customer.example",
    "encoded-local": "=?utf-8?Q?alice=40customer.example=3Cbob?=@evil.test",
    "two-at": "alice@customer.example@evil.test",
    "quoted-local": '"alice@customer.example"@evil.test',
    "no-at": "Administrator",
    "nobody": "",
    "open-quote": '"alice <bob@evil.test>',
    "open-bracket": "alice <bob@evil.test",
    "group": "friends: alice@customer.example, bob@evil.test;",
    "route": "<@evil.test:alice@customer.example>",
    "comment-with-address": "bob@evil.test (alice@customer.example) <alice@customer.example>",
    "look-alike": "anna@xn--mgo-5cd.example",
    "mixed-letters": "anna@kаma.example",
    "backslash": "alice\\@customer.example <bob@evil.test>",
    "blank-inside": "alice @customer.example",
    "dots": "alice..b@customer.example",
    "dash-domain": "alice@-customer.example",
    "literal": "alice@[192.0.2.1]",
    "no-dot": "root@localhost",
}


def cases():
    for name, (value, email) in CLEAR.items():
        yield f"sender-{name}", head(sender=value) + b"\r\nplain\r\n", said(**{"from": email})
    for name, value in DOUBTFUL.items():
        expected = said(verified=False)
        del expected["from"], expected["machine"]
        yield f"doubt-{name}", head(sender=value.encode()) + b"\r\nplain\r\n", expected
    twice = b"From: bob@evil.test\r\n" + head()
    yield "doubt-two-fields", twice + b"\r\nplain\r\n", said(verified=False, **{"from": "bob@evil.test"})
