"""A new calendar under many open clocks: foreseen, published, counted anew in batches; none lost, each one right.

    python -m bench.calendars 100000      (ASMO_HOME names an empty database; it is filled here)

Every fifth ticket waits for its customer, every tenth has waited before. At the end each running deadline is compared
with one counted from nothing but its start, its norm, its pauses and the calendar in force.
"""

import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from asmo_support.config import boot
from bench import generate

# Of ten tickets eight have two clocks that are going and two have one.
CLOCKS_OF_TEN = 18
# The page of a draft works out the first deadlines only; here all are compared with what was done.
EVERY = 10**9


def main(clocks: str, *, fill: bool = False) -> None:
    if fill:  # as the owner of the tables, in a process of its own
        generate.STATES = ["registered"] * 8 + ["waiting_information"] * 2
        generate.main(int(clocks) * 10 // CLOCKS_OF_TEN + 1)
        return
    subprocess.run([sys.executable, "-m", "bench.calendars", clocks, "fill"], check=True)
    boot.boot()
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        _lay_past_pauses()
        _measure()


def _measure() -> None:
    from asmo_support.journal.models import Event
    from asmo_support.sla.layers import read_layers
    from asmo_support.sla.models import WorkCalendar
    from asmo_support.tickets import events
    from asmo_support.tickets.foreseeing import foresee

    base = WorkCalendar.objects.get(slug="default")
    content = base.versions.get(n=1).content
    # The generator makes deadlines up: the first round only makes them true.
    _publish({"shortening": 0})
    _drain()
    before, told = _states(), Event.objects.filter(kind=events.DEADLINE_MOVED).count()
    print(f"{sum(number for state, number in before.items() if state[1] != 'met')} clocks are going: {before}")
    for name, change in (
        ("no working hour on Mondays", {"week": _without_mondays(content)}),
        ("back again", {"week": content["week"]}),
    ):
        changes = {"default": read_layers({**content, "shortening": 0, **change})}
        page, seconds = _timed(lambda changes=changes: foresee(changes))
        print(
            f"\n{name}\nthe page: {page.count} of the first {page.examined} move, {page.touched} may; {seconds:.1f} s"
        )
        foreseen, seconds = _timed(lambda changes=changes: foresee(changes, most=EVERY))
        print(f"foreseen: {foreseen.count} of {foreseen.running} running deadlines move, {seconds:.1f} s")
        _, seconds = _timed(lambda change=change: _publish(change))
        print(f"published: {1000 * seconds:.0f} ms")
        batches, seconds = _timed(_drain)
        print(
            f"counted anew: {seconds:.1f} s, {sum(before.values()) / seconds:.0f} clocks a second, {len(batches)} batches,"
            f" median {1000 * statistics.median(batches):.0f} ms, longest {1000 * max(batches):.0f} ms"
        )
        now, moved = _states(), Event.objects.filter(kind=events.DEADLINE_MOVED).count() - told
        told += moved
        print(f"lost: {sum(before.values()) - sum(now.values())}; states as before: {now == before}; told: {moved}")
        print(f"other than from scratch: {_wrong()}; told other than foreseen: {moved - foreseen.count}")


def _publish(change: dict[str, Any]) -> None:
    from asmo_support.sla.actions.calendars import change_hours, publish
    from asmo_support.sla.models import WorkCalendar

    base = WorkCalendar.objects.get(slug="default")
    change_hours(base, change, by=None)
    publish(base, by=None, source="bench")


def _drain() -> list[float]:
    from asmo_support.tickets.actions.recounting import drain

    batches = []
    while True:
        done, seconds = _timed(drain)
        if not done:
            return batches
        batches.append(seconds)


def _states() -> dict[tuple[str, str], int]:
    from django.db.models import Count

    from asmo_support.tickets.models import Clock

    rows = Clock.objects.order_by("target", "state").values_list("target", "state").annotate(number=Count("id"))
    return {(target, state): number for target, state, number in rows}


def _wrong() -> int:
    """Running clocks whose stored deadline is another than the one counted here."""
    from datetime import timedelta

    from asmo_support.sla.calendars import in_force
    from asmo_support.sla.models import WorkCalendar
    from asmo_support.sla.worktime import WorkTable
    from asmo_support.tickets.models import Clock, Pause

    key, table = WorkCalendar.objects.get(slug="default").key, WorkTable(in_force())
    pauses = defaultdict(list)
    for ticket, begin, end in Pause.objects.filter(ended_at__isnull=False).values_list(
        "ticket_id", "started_at", "ended_at"
    ):
        pauses[ticket].append((begin, end))
    rows = Clock.objects.filter(state="running").values_list(
        "ticket_id", "target", "started_at", "norm_minutes", "due_at", "calendar"
    )
    return sum(
        calendar != key
        or due != table.due_at(start, timedelta(minutes=norm), pauses[ticket] if target == "resolution" else [])
        for ticket, target, start, norm, due, calendar in rows.iterator(chunk_size=5000)
    )


def _without_mondays(content: dict[str, Any]) -> dict[str, Any]:
    return {day: hours for day, hours in content["week"].items() if day != "mon"}


def _lay_past_pauses() -> None:
    """Every tenth ticket was waited for once, for two days from its third hour."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_pause (ticket_id, organization_id, why, started_at, ended_at)"
            " SELECT id, organization_id, 'question', registered_at + interval '3 hours', registered_at + interval '51 hours'"
            " FROM tickets_ticket WHERE state = 'registered' AND id % 10 = 0"
        )


def _timed(deed: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = deed()
    return result, time.perf_counter() - start


if __name__ == "__main__":
    main(sys.argv[1], fill=len(sys.argv) > 2)
