"""When a letter that may wait leaves: quiet hours, days off and collected letters. Pure: the clock comes in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE, DAILY_AT = "Europe/Moscow", time(9)
# A calendar that knows no working day ahead must not hold a letter for ever.
LONGEST = 60
IsWorking = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a person wants letters, in the person's own time."""

    zone: str = ZONE
    quiet_from: time | None = None
    quiet_to: time | None = None
    working_days: bool = False
    daily_at: time = DAILY_AT


def due(mode: str, now: datetime, rhythm: Rhythm, is_working: IsWorking) -> datetime:
    """When what happens now is told; `now` itself when nothing holds it."""
    if mode == "hourly":
        now = _next_hour(now, rhythm)
    elif mode == "daily":
        now = _next_daily(now, rhythm, is_working)
    return out_of_quiet(now, rhythm, is_working)


def out_of_quiet(at: datetime, rhythm: Rhythm, is_working: IsWorking) -> datetime:
    """The first moment from `at` on that is neither in quiet hours nor, if so wished, on a day off."""
    zone = ZoneInfo(rhythm.zone)
    local = at.astimezone(zone)
    for _day in range(LONGEST):
        end = _end_of_quiet(local, rhythm)
        if end:
            local = end
        elif rhythm.working_days and not is_working(local.date()):
            local = datetime.combine(local.date() + timedelta(days=1), time(), zone)
        else:
            break
    return at if local == at else local.astimezone(UTC)


def _end_of_quiet(local: datetime, rhythm: Rhythm) -> datetime | None:
    """When the quiet around this moment ends; None outside it."""
    begin, end = rhythm.quiet_from, rhythm.quiet_to
    if begin is None or end is None:
        return None
    clock = local.time()
    over_midnight = begin > end
    inside = (clock >= begin or clock < end) if over_midnight else begin <= clock < end
    if not inside:
        return None
    day = local.date() + timedelta(days=1) if over_midnight and clock >= begin else local.date()
    return datetime.combine(day, end, local.tzinfo)


def _next_hour(now: datetime, rhythm: Rhythm) -> datetime:
    local = now.astimezone(ZoneInfo(rhythm.zone))
    passed = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return now - passed + timedelta(hours=1)


def _next_daily(now: datetime, rhythm: Rhythm, is_working: IsWorking) -> datetime:
    zone = ZoneInfo(rhythm.zone)
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=datetime.combine(local.date(), rhythm.daily_at, zone) <= local)
    for _day in range(LONGEST):
        if not rhythm.working_days or is_working(day):
            break
        day += timedelta(days=1)
    return datetime.combine(day, rhythm.daily_at, zone)
