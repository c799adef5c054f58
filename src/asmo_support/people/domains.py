"""Domains of addresses: one form for each, and those that belong to no customer. Pure."""

import re

import idna

LONGEST = 253
# Half the country writes from these: a letter from them says nothing about the customer.
_PROVIDERS = """
gmail.com googlemail.com yandex.ru yandex.com yandex.by yandex.kz yandex.ua yandex.com.tr ya.ru narod.ru
mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru vk.com mail.ua rambler.ru lenta.ru autorambler.ru myrambler.ru
ro.ru rambler.ua outlook.com outlook.ru hotmail.com hotmail.ru live.com live.ru msn.com yahoo.com yahoo.ru
ymail.com rocketmail.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com
tuta.io gmx.com gmx.de gmx.net web.de aol.com zoho.com mail.com email.com fastmail.com fastmail.fm hey.com
qip.ru pochta.ru hotbox.ru nm.ru nextmail.ru e-mail.ru km.ru aport.ru land.ru fromru.com front.ru smtp.ru
pisem.net newmail.ru nxt.ru sibmail.com tut.by ukr.net i.ua meta.ua bigmir.net inbox.lv mail.ee qq.com 163.com
126.com naver.com duck.com
"""
# Zones in which whole countries and cities have their names.
_ZONES = "com.ru net.ru org.ru pp.ru msk.ru spb.ru nov.ru edu.ru gov.ru mil.ru int.ru ac.ru co.uk com.ua com.kz"
PUBLIC = frozenset(_PROVIDERS.split())
ZONES = frozenset(_ZONES.split())
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def canonical(text: str) -> str:
    """The domain as the name system knows it; empty when it cannot be one. Takes a whole address or `@domain` too."""
    plain = text.strip().rpartition("@")[2].rstrip(".").lower()
    try:
        name = idna.encode(plain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return ""
    labels = name.split(".")
    if len(name) > LONGEST or len(labels) < 2 or labels[-1].isdigit():
        return ""
    return name if all(_LABEL.fullmatch(label) for label in labels) else ""


def readable(domain: str) -> str:
    """The domain as people write it: «завод.рф», not `xn--80aem…`."""
    try:
        return idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        return domain


def is_public(domain: str) -> bool:
    """Whether anybody can have an address there: a provider of mail, or a zone of names."""
    return domain in PUBLIC or domain in ZONES


def suffixes(address: str) -> list[str]:
    """The domain of an address and the domains above it, the longest first; nothing for a provider of mail."""
    domain = canonical(address) if "@" in address else ""
    if not domain or is_public(domain):
        return []
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
