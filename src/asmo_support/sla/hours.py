"""Hours as people write them: «2», «2:30», «2,5», «8 ч», «1 ч 30 мин», «90 мин». Kept in minutes."""

import re

LONGEST = 100_000
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
_HOUR, _MINUTE = r"(?:ч|час|часа|часов|h|hours?)\.?", r"(?:мин|минут[аы]?|min|minutes?)\.?"
_HOURS = re.compile(rf"(\d{{1,4}}(?:[.,]\d{{1,4}})?) ?(?:{_HOUR})?")
_MINUTES = re.compile(rf"(?:(\d{{1,4}}) ?{_HOUR} ?)?(\d{{1,6}}) ?{_MINUTE}")


def read_hours(text: str) -> int | None:
    """Minutes; None when the text says no hours. What is negative, empty or nothing at all is no hours."""
    plain = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").lower().split())
    clock = _CLOCK.fullmatch(plain)
    if clock:
        return _sane(int(clock[1]) * 60 + int(clock[2]))
    minutes = _MINUTES.fullmatch(plain)
    if minutes:
        return _sane(int(minutes[1] or 0) * 60 + int(minutes[2]))
    hours = _HOURS.fullmatch(plain)
    return _sane(round(float(hours[1].replace(",", ".")) * 60)) if hours else None


def write_hours(minutes: int | None) -> str:
    """As the field shows them again: «8», «2:30»."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


def _sane(minutes: int) -> int | None:
    return minutes if 0 < minutes <= LONGEST else None
