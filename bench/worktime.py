"""How many deadlines and working times a second, beside a loop over minutes and beside the known libraries.

python -m bench.worktime [number]      (the libraries are asked where they are: in .venv-bench)
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import Any

from asmo_support.sla.russia import RussianCalendar, russian_table
from asmo_support.sla.worktime import WorkTable

NORM, DAYS = 8 * 3600, 86_400
SINCE, UNTIL = 1_672_531_200, 1_830_000_000  # 2023–2027


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    pick = random.Random(1)
    starts = [pick.randrange(SINCE, UNTIL) for _ in range(number)]
    began = time.perf_counter()
    table = WorkTable(RussianCalendar())
    table.elapsed(SINCE, UNTIL)
    print(f"table of six years         {1000 * (time.perf_counter() - began):12.1f} ms")
    table = russian_table()
    due = counted(table, starts)
    naive = rate("+8 h, minute by minute", naive_due, starts[:20])
    print(f"{'ratio':26} {due / naive:12,.0f}")
    if find_spec("businesstimedelta"):
        from bench.worktime_others import compare

        compare(table, starts, rate)


def counted(table: WorkTable, starts: Sequence[int]) -> float:
    moments = [datetime.fromtimestamp(start, UTC) for start in starts]
    norm, span = timedelta(seconds=NORM), timedelta(days=9)
    due = rate("+8 h, seconds", lambda at: table.due(at, NORM), starts)
    rate("+245 days, seconds", lambda at: table.due(at, 245 * 29_700), starts)
    rate("elapsed 9 days, seconds", lambda at: table.elapsed(at, at + 9 * DAYS), starts)
    rate("elapsed a year, seconds", lambda at: table.elapsed(at, at + 365 * DAYS), starts)
    rate("+8 h with three pauses", lambda at: table.due(at, NORM, pauses(at)), starts)
    rate("elapsed, three pauses", lambda at: table.elapsed(at, at + 9 * DAYS, pauses(at)), starts)
    rate("+8 h, datetimes", lambda at: table.due_at(at, norm), moments)
    rate("elapsed 9 days, datetimes", lambda at: table.elapsed_between(at, at + span), moments)
    return due


def pauses(at: int) -> list[tuple[int, int]]:
    return [(at + 3600, at + 7200), (at + DAYS, at + 2 * DAYS), (at + 4 * DAYS, at + 5 * DAYS)]


def naive_due(start: int) -> int:
    """What a first version would do: ask the calendar about every minute."""
    calendar, left, at = RussianCalendar(), NORM // 60, start
    while left:
        clock = datetime.fromtimestamp(at, calendar.zone)
        wall = clock.hour * 3600 + clock.minute * 60
        left -= any(opening <= wall < closing for opening, closing in calendar.hours(clock.date()))
        at += 60
    return at


def rate(name: str, ask: Callable[[Any], object], questions: Sequence[Any]) -> float:
    ask(questions[0])
    began = time.perf_counter()
    for question in questions:
        ask(question)
    answers = len(questions) / (time.perf_counter() - began)
    print(f"{name:26} {answers:12,.0f} /s")
    return answers


if __name__ == "__main__":
    main()
