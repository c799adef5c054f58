"""How a Russian (or English) reader says times, spans, counts and sizes. Pure: `now` and `lang` come in.

Times are shown in Moscow, within `shown_in` in another zone. Django's own date formatter costs fifty microseconds a
call, these cost one.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from asmo_support.lib import amounts, zones

MINUS, NBSP = amounts.MINUS, amounts.NBSP
span = amounts.span  # rooms, which know no pages, say spans too
MOSCOW = ZoneInfo("Europe/Moscow")
_zone: ContextVar[ZoneInfo] = ContextVar("zone", default=MOSCOW)
_MONTHS = {
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_SHORT = {
    "ru": ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_WEEKDAYS = {
    "ru": ["в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"],
    "en": ["on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"],
}
_NAMES = {
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_NAMES_SHORT = {
    "ru": ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
_NEAR = {"ru": {0: "сегодня", 1: "завтра", -1: "вчера"}, "en": {0: "today", 1: "tomorrow", -1: "yesterday"}}
_GLUED = re.compile(r"(?<![\w-])(в|во|на|по|за|до|от|из|к|ко|с|со|у|о|об|и|а|но|не|ни|№|без|для|при) ", re.IGNORECASE)
_UNITS = {"ru": ("Б", "КБ", "МБ", "ГБ", "ТБ"), "en": ("B", "KB", "MB", "GB", "TB")}


def local(moment: datetime) -> datetime:
    return moment.astimezone(_zone.get())


@contextmanager
def shown_in(zone: ZoneInfo) -> Iterator[None]:
    """Within the block all times are shown in this zone; who uses it says so on the page."""
    token = _zone.set(zone)
    try:
        with zones.read_in(None):
            yield
    finally:
        _zone.reset(token)


def beside(moment: datetime, zone: ZoneInfo, lang: str) -> str:
    """The same moment in the reader's own zone: 13:00, with its day when that differs; else nothing."""
    here, there = local(moment), moment.astimezone(zone)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return ""
    if here.date() == there.date():
        return f"{there:%H:%M}"
    return f"{there.day}{NBSP}{_MONTHS[lang][there.month - 1]}, {there:%H:%M}"


def yours(moment: datetime, lang: str) -> str:
    """In brackets, (у вас 21:45): what the reader's own clock shows then, where it shows something else."""
    zone = zones.reader()
    said = beside(moment, zone, lang) if zone else ""
    return (f" (у{NBSP}вас {said})" if lang == "ru" else f" ({said} your time)") if said else ""


def clock(moment: datetime) -> str:
    """09:05"""
    return f"{local(moment):%H:%M}"


def day(value: date, today: date, lang: str) -> str:
    """18 ноября, with the year when it is another one."""
    month = _MONTHS[lang][value.month - 1]
    named = f"{value.day}{NBSP}{month}"
    return named if value.year == today.year else f"{named} {value.year}"


def period(first: date, last: date, today: date, lang: str) -> str:
    """26 апреля · 5–26 апреля · 26 апреля – 3 мая · 5–26 апреля 2027 · 26 апреля 2026 – 25 апреля 2027"""
    if first == last:
        return day(last, today, lang)
    if first.year != last.year:
        return f"{_dated(first, lang)} – {_dated(last, lang)}"
    end = day(last, today, lang)
    if first.month == last.month:
        return f"{first.day}–{end}"
    return f"{first.day}{NBSP}{_MONTHS[lang][first.month - 1]} – {end}"


def _dated(value: date, lang: str) -> str:
    return f"{value.day}{NBSP}{_MONTHS[lang][value.month - 1]} {value.year}"


def weekday(value: date, lang: str) -> str:
    """понедельник"""
    return _NAMES[lang][value.weekday()]


def now(moment: datetime, lang: str) -> str:
    """Пт 20 ноя, 14:20"""
    at = local(moment)
    return f"{_NAMES_SHORT[lang][at.weekday()]} {at.day}{NBSP}{_SHORT[lang][at.month - 1]}, {at:%H:%M}"


def month_short(value: date, lang: str) -> str:
    """дек"""
    return _SHORT[lang][value.month - 1]


def when(moment: datetime, now: datetime, lang: str) -> str:
    """сегодня, 12:10 · вчера, 16:02 · 18 ноября, 09:05"""
    at, today = local(moment), local(now).date()
    near = _NEAR[lang].get((at.date() - today).days)
    return f"{near or day(at.date(), today, lang)}, {at:%H:%M}"


def when_short(moment: datetime, now: datetime, lang: str) -> str:
    """14:12 · вчера · 18 ноя · 18 ноя 2025: for a narrow column."""
    at, today = local(moment), local(now).date()
    days = (at.date() - today).days
    if days == 0:
        return f"{at:%H:%M}"
    if days == -1:
        return _NEAR[lang][-1]
    named = f"{at.day}{NBSP}{_SHORT[lang][at.month - 1]}"
    return named if at.year == today.year else f"{named} {at.year}"


def until(moment: datetime, now: datetime, lang: str) -> str:
    """сегодня до 14:45 · завтра до 10:00 · в понедельник, 23 ноября, до 10:00 · 4 декабря до 17:00"""
    at, today = local(moment), local(now).date()
    # A day around the clock ends at 24:00; 0:00 of the next one would read as a day more.
    ends = at.time() == time.min
    last = at.date() - timedelta(days=1) if ends else at.date()
    till = f"{'до' if lang == 'ru' else 'till'}{NBSP}{'24:00' if ends else f'{at:%H:%M}'}"
    days = (last - today).days
    near = _NEAR[lang].get(days)
    if near:
        return f"{near} {till}"
    if 1 < days < 7:
        return f"{_WEEKDAYS[lang][last.weekday()]}, {day(last, today, lang)}, {till}"
    return f"{day(last, today, lang)} {till}"


def plural(number: int, forms: str, lang: str) -> str:
    """`plural(21, "обращение|обращения|обращений")` → обращение; English gives two forms."""
    options = forms.split("|")
    if lang == "en" or len(options) == 2:
        return options[0] if number == 1 else options[1]
    tail, teens = number % 10, number % 100
    if tail == 1 and teens != 11:
        return options[0]
    return options[1] if 2 <= tail <= 4 and not 12 <= teens <= 14 else options[2]


def money(amount: Decimal, lang: str) -> str:
    """1 250 000 ₽ · 80 400,50 ₽; kopecks only when there are some."""
    whole = amount == amount.to_integral_value()
    text = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    text = text.replace(",", NBSP).replace(".", "," if lang == "ru" else ".").replace("-", MINUS)
    return f"{text}{NBSP}₽"


def filesize(size: int, lang: str) -> str:
    """184 КБ · 1,4 МБ"""
    amount, units = float(size), iter(_UNITS[lang])
    unit = next(units)
    while amount >= 1024 and unit != _UNITS[lang][-1]:
        amount, unit = amount / 1024, next(units)
    text = f"{amount:.1f}" if amount < 10 and unit != _UNITS[lang][0] else f"{amount:.0f}"
    text = text.removesuffix(".0")
    return f"{text.replace('.', ',') if lang == 'ru' else text}{NBSP}{unit}"


def glue(text: str) -> str:
    """Short words stay with the next one, a dash with the word before it."""
    return _GLUED.sub(lambda found: f"{found.group(1)}{NBSP}", text).replace(" — ", f"{NBSP}— ")


def initials(name: str) -> str:
    """Анна Лебедева → АЛ"""
    words = [word for word in re.split(r"[\s\-]+", name.strip()) if word]
    return "".join(word[0] for word in words[:2]).upper()
