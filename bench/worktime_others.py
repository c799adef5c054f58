"""The same questions to the known libraries, in the same run: how many a second, and how many of our answers they give.

    .venv-bench/bin/python -m bench.worktime      (made by `tools/venv bench`)

They get working days 8:45-17:00 and the days off of the Russian calendar as a list. Shortened days and working
Saturdays have no place in them, so their answers differ wherever one of those is met.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import businesstimedelta
import pandas as pd
import pytz
from business_duration import businessDuration

from asmo_support.sla.russia import RussianCalendar
from asmo_support.sla.worktime import WorkTable

ASKED, MINUTES = 300, 480
SPAN = timedelta(days=9)
OPENING, CLOSING = time(8, 45), time(17)
MOSCOW = pytz.timezone("Europe/Moscow")
Pair = tuple[Callable[[datetime], Any], Callable[[datetime], Any]]


def compare(table: WorkTable, starts: Sequence[int], rate: Callable[..., float]) -> None:
    """Print a line for each library and question: answers a second and how many are ours."""
    moments = [datetime.fromtimestamp(start, UTC) for start in starts[:ASKED]]
    for name, (theirs, ours) in _questions(table).items():
        rate(name, theirs, moments)
        same = sum(_minute(theirs(one)) == _minute(ours(one)) for one in moments)
        print(f"{'':4}the same answer as ours in {same} of {len(moments)}")


def _questions(table: WorkTable) -> dict[str, Pair]:
    free = _days_off()
    rules = businesstimedelta.Rules([
        businesstimedelta.WorkDayRule(start_time=OPENING, end_time=CLOSING, working_days=[0, 1, 2, 3, 4], tz=MOSCOW),
        businesstimedelta.HolidayRule(free, tz=MOSCOW),
    ])  # fmt: skip
    allowance = businesstimedelta.BusinessTimeDelta(rules, hours=8)
    hours = pd.offsets.CustomBusinessHour(n=8, start="08:45", end="17:00", holidays=list(free))

    def due(at: datetime) -> datetime:
        return table.due_at(at, timedelta(minutes=MINUTES))

    def elapsed(at: datetime) -> timedelta:
        return table.elapsed_between(at, at + SPAN)

    def by_business_duration(at: datetime) -> timedelta:
        begin, end = (one.astimezone(MOSCOW).replace(tzinfo=None) for one in (at, at + SPAN))
        return timedelta(seconds=businessDuration(begin, end, OPENING, CLOSING, holidaylist=free, unit="sec"))

    def by_businesstimedelta(at: datetime) -> timedelta:
        return rules.difference(at, at + SPAN).timedelta

    return {
        "businesstimedelta, +8 h": (lambda at: at + allowance, due),
        "businesstimedelta, elapsed": (by_businesstimedelta, elapsed),
        "business-duration, elapsed": (by_business_duration, elapsed),
        "pandas, +8 h": (lambda at: pd.Timestamp(at).tz_convert(MOSCOW) + hours, due),
    }


def _days_off() -> dict[date, str]:
    calendar, day, found = RussianCalendar(), date(2022, 12, 1), {}
    while day < date(2028, 3, 1):
        if day.weekday() < 5 and not calendar.hours(day):
            found[day] = "day off"
        day += timedelta(days=1)
    return found


def _minute(answer: Any) -> Any:
    """Answers are compared to the minute."""
    if isinstance(answer, timedelta):
        return round(answer / timedelta(minutes=1))
    return round(answer.timestamp() / 60)
