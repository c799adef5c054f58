"""Time zones by the names people read: “Новосибирск, UTC+7”. Pure: the moment and the language come in.

The names of cities and countries are those of CLDR, as Babel brings them; IANA's own names are for programs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

RUSSIA = "RU"
# CLDR counts it to another country; the list of Russian zones of IANA has it.
ALSO_RUSSIA = frozenset({"Europe/Simferopol"})
MINUS = "−"
Choices = tuple[tuple[str, str], ...]
# The zone of whoever reads, beside which Moscow's time alone would mislead; None where there is no one reader.
_readers: ContextVar[ZoneInfo | None] = ContextVar("readers", default=None)


@contextmanager
def read_in(zone: ZoneInfo | None) -> Iterator[None]:
    """Within the block whoever tells a time adds what the reader's own clock shows."""
    token = _readers.set(zone)
    try:
        yield
    finally:
        _readers.reset(token)


def reader() -> ZoneInfo | None:
    """The zone that `read_in` named."""
    return _readers.get()


def known(key: str) -> ZoneInfo | None:
    """The zone of this name; None when there is none: browsers send whatever they like."""
    return ZoneInfo(key) if key in _real() else None


@cache
def _real() -> frozenset[str]:
    """The names of all zones: looking them up reads hundreds of files."""
    return frozenset(available_timezones())


def zone_said(key: str, at: datetime, lang: str) -> str:
    """Новосибирск, UTC+7"""
    offset = offset_said(ZoneInfo(key), at)
    return f"{city(key, lang)}, {offset}" if country(key) else offset


def offset_said(zone: ZoneInfo, at: datetime) -> str:
    """UTC+7 · UTC+5:30 · UTC−3"""
    passed = at.astimezone(zone).utcoffset()
    minutes = round(passed.total_seconds() / 60) if passed else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = MINUS if minutes < 0 else "+"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def city(key: str, lang: str) -> str:
    """Новосибирск; where CLDR has no name, the last part of IANA's."""
    names = Locale(lang).time_zones
    found = (names.get(one, {}).get("city") for one in (key, *_older(key)))
    return next((str(one) for one in found if one), key.rpartition("/")[2].replace("_", " "))


def country(key: str) -> str:
    """The code of the country; nothing for what belongs to none, like UTC."""
    found = get_global("zone_territories")
    code = next((str(found[one]) for one in (key, *_older(key)) if one in found), "")
    return RUSSIA if key in ALSO_RUSSIA else "" if code in {"001", "ZZ"} else code


@lru_cache(maxsize=8)
def zone_choices(lang: str, day: date) -> tuple[Choices, Choices]:
    """The zones to choose from: those of Russia from west to east, and those of other countries by their names."""
    at = datetime.combine(day, time(12), ZoneInfo("UTC"))
    real = _real()
    known = [key for key in get_global("zone_territories") if key in real and country(key)]
    known += [key for key in ALSO_RUSSIA if key not in known]
    ours = [key for key in known if country(key) == RUSSIA]
    ours.sort(key=lambda key: (at.astimezone(ZoneInfo(key)).replace(tzinfo=None), city(key, lang)))
    names = Locale(lang).territories
    others = sorted(
        (f"{names.get(country(key), country(key))}, {zone_said(key, at, lang)}", key) for key in set(known) - set(ours)
    )
    return (
        tuple((key, zone_said(key, at, lang)) for key in ours),
        (("UTC", "UTC"), *((key, label) for label, key in others)),
    )


@lru_cache(maxsize=1024)
def _older(key: str) -> tuple[str, ...]:
    """Other names of the zone: CLDR may keep its words under an older or a newer one."""
    aliases = get_global("zone_aliases")
    chosen = aliases.get(key, key)
    return (chosen, *(alias for alias, newer in aliases.items() if newer == chosen))
