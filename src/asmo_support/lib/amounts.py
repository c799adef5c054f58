"""How people write spans of work and sums of money, read strictly: what cannot be understood is None."""

import re
from decimal import Decimal, InvalidOperation

NBSP, MINUS = "\u00a0", "\u2212"
SPACES = re.compile(r"[\s\u00a0\u202f]+")
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)")
_HOUR, _MINUTE = r"(?:ч|час|часа|часов|h|hours?)\.?", r"(?:м|мин|минут[аы]?|m|min|minutes?)\.?"
_WORDS = re.compile(rf"(?:(\d{{1,5}}(?:[.,]\d{{1,2}})?){_HOUR})?(?:(\d{{1,6}}){_MINUTE})?")
# Between a number and its unit, and thousands apart; otherwise two numbers are two: «1 30» is not 130.
_LOOSE = re.compile(r"(?<=\d) (?=\D)|(?<=\D) (?=\d)|(?<=\d) (?=\d{3}(?!\d))")
_PLAIN = re.compile(r"\d{1,5}(?:[.,]\d{1,2})?")
_SIGN = re.compile(r"(₽|руб\.?|р\.)$")


def read_minutes(text: str, *, hours: bool) -> int | None:
    """Minutes in “90”, “1:30”, “1,5 ч”, “1 ч 30 мин”. A bare number is hours or minutes, as the field says."""
    plain = _LOOSE.sub("", SPACES.sub(" ", text.strip().lower()))
    clock = _CLOCK.fullmatch(plain)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    if _PLAIN.fullmatch(plain):
        amount = Decimal(plain.replace(",", "."))
        return _whole(amount * 60 if hours else amount)
    words = _WORDS.fullmatch(plain) if plain else None
    if not words:
        return None
    return _whole(Decimal((words[1] or "0").replace(",", ".")) * 60 + int(words[2] or 0))


def read_money(text: str) -> Decimal | None:
    """The sum in “1 250 000”, “1250000,50 ₽”, “12 000 руб.”."""
    plain = _SIGN.sub("", SPACES.sub("", text.lower())).replace(",", ".")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,2})?", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def clock_of(minutes: int) -> str:
    """90 → 1:30, as a field shows it."""
    return f"{minutes // 60}:{minutes % 60:02}"


def hours_of(minutes: int | None) -> str:
    """The shortest a field of hours shows: 480 → 8, 150 → 2:30, nothing for None."""
    if minutes is None:
        return ""
    return clock_of(minutes) if minutes % 60 else str(minutes // 60)


def spaced(amount: Decimal) -> str:
    """1250000.50 → 1 250 000,50 ₽, for texts that go to both sides."""
    text = f"{amount:,.{0 if amount == amount.to_integral_value() else 2}f}"
    return text.replace(",", "\u00a0").replace(".", ",") + "\u00a0₽"


def span(minutes: float, lang: str) -> str:
    """25 мин · 1 ч 05 мин · −1 ч 10 мин · 12 ч. Parts of a minute count as spent: what is left is rounded down."""
    whole = int(abs(minutes) + 1e-6)
    hours, rest = divmod(whole, 60)
    hour, minute = ("ч", "мин") if lang == "ru" else ("h", "min")
    parts = [f"{hours}{NBSP}{hour}"] if hours else []
    parts += [f"{rest:02}{NBSP}{minute}" if hours else f"{rest}{NBSP}{minute}"] if rest or not hours else []
    return (MINUS if minutes < 0 and whole else "") + NBSP.join(parts)


def _whole(amount: Decimal) -> int | None:
    return int(amount) if amount == int(amount) else None
