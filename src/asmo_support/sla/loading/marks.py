"""Cells that list the days of a month on which nobody works: `1,2,22*,29+`.

`*` is a shortened *working* day, `+` a day off by transfer; a working Saturday is simply absent.
"""

import re
from collections.abc import Callable
from datetime import date

from asmo_support.sla.loading.days import Unusable, YearDays, from_rest

ITEM = re.compile(r"(\d{1,2})([*+]?)", re.ASCII)


def read_months(year: int, cells: list[str], line: Callable[[int], int], **more: object) -> YearDays:
    """A year from its twelve cells; `line` tells in which line a month stands."""
    rest: set[date] = set()
    short: set[date] = set()
    for month, cell in enumerate(cells, 1):
        seen = set()
        for item in cell.split(","):
            day, mark = _item(item, year, month, line(month))
            if day in seen:
                raise Unusable("twice", line(month), day=day)
            seen.add(day)
            (short if mark == "*" else rest).add(day)
    return from_rest(year, rest, short, **more)


def _item(item: str, year: int, month: int, line: int) -> tuple[date, str]:
    found = ITEM.fullmatch(item.strip())
    if not found:
        raise Unusable("cell", line, text=item.strip()[:40], month=month)
    try:
        return date(year, month, int(found[1])), found[2]
    except ValueError:
        raise Unusable("date", line, text=f"{found[1]}.{month:02}", year=year) from None
