"""`asmo sla`: deadlines and working time on the command line; a database is needed for `--published` alone."""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import BinaryIO

import click

from asmo_support.lib.errors import AsmoError
from asmo_support.sla.calendar import read_calendar
from asmo_support.sla.russia import russian_table
from asmo_support.sla.spans import Calendar
from asmo_support.sla.worktime import WorkTable

MICROSECOND = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
MOST_MINUTES = 10**9

# The desk's own calendar: `sla.queries.DEFAULT`, which cannot be imported without Django.
DESK = "default"

Answer = Callable[[WorkTable, dict[str, object]], dict[str, object]]


class BadUsage(click.ClickException):
    """Options that do not go together, in one sentence."""

    exit_code = 2


class BadInput(ValueError):
    """A value that cannot be used, in one sentence."""


@click.group(help="Deadlines and working time, by default on the Russian production calendar, 8:45–17:00 Moscow time.")
def sla() -> None:
    pass


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--batch", metavar="FILE", help="Read JSON lines from FILE (“-”: standard input) instead."),
        click.option(
            "--published",
            metavar="[NAME]",
            is_flag=False,
            flag_value=DESK,
            help="Take the calendar that is in force in the database: the desk's own, or the one of that name.",
        ),
        click.option("--calendar", metavar="FILE", help="Take another calendar, a JSON file."),
    ):
        command = option(command)
    return command


@sla.command(short_help="When a norm ends.")
@click.option("--from", "start", metavar="TIME", help="The start, ISO 8601; without an offset in the calendar's zone.")
@click.option("--minutes", metavar="NUMBER", help="The norm in working minutes, fractions allowed.")
@_options
def due(start: str | None, minutes: str | None, batch: str | None, **source: str | None) -> None:
    """Print when MINUTES of working time have passed since a time."""
    _run({"from": start, "minutes": minutes}, batch, _due, **source)


@sla.command(short_help="A time moved by working time.")
@click.option("--from", "start", metavar="TIME", help="The start, ISO 8601; without an offset in the calendar's zone.")
@click.option("--minutes", metavar="NUMBER", help="Working minutes, fractions allowed; negative ones go back.")
@_options
def add(start: str | None, minutes: str | None, batch: str | None, **source: str | None) -> None:
    """Print the time that lies MINUTES of working time after another one, or before it when they are negative.

    Forwards it is the same as “due”. Backwards the answer may be an opening; no minutes give the next working instant.
    """
    _run({"from": start, "minutes": minutes}, batch, _add, **source)


@sla.command(short_help="Working time between two times.")
@click.option("--from", "start", metavar="TIME", help="The start, ISO 8601; without an offset in the calendar's zone.")
@click.option("--to", "end", metavar="TIME", help="The end; when it is earlier the answer is negative.")
@_options
def elapsed(start: str | None, end: str | None, batch: str | None, **source: str | None) -> None:
    """Print the working minutes between two times."""
    _run({"from": start, "to": end}, batch, _elapsed, **source)


def _run(given: dict[str, str | None], batch: str | None, answer: Answer, **source: str | None) -> None:
    missing = [f"--{name}" for name, value in given.items() if value is None]
    if batch is not None and len(missing) < len(given):
        raise BadUsage("With --batch the times are read from the file, not from options.")
    if batch is None and missing:
        raise BadUsage(f"Missing {' and '.join(missing)} (or --batch FILE).")
    try:
        table = _table(**source)
        if batch is None:
            (result,) = answer(table, dict(given)).values()
            click.echo(result)
        elif batch == "-":
            _answer_lines(sys.stdin.buffer, table, answer)
        else:
            with Path(batch).open("rb") as lines:
                _answer_lines(lines, table, answer)
    except OSError as wrong:
        if wrong.filename is None:  # not a file that was asked for: the reader of our output has gone
            raise
        raise click.ClickException(f"Cannot read {wrong.filename}: {wrong.strerror}.") from None
    except (AsmoError, BadInput) as wrong:
        raise click.ClickException(str(wrong)) from None


def _table(calendar: str | None = None, published: str | None = None) -> WorkTable:
    """The calendar of a file, the one in force in the database, or the one that was shipped."""
    if calendar is not None and published is not None:
        raise BadUsage("Take --calendar or --published, not both.")
    if published is not None:
        return WorkTable(_in_force(published))
    return WorkTable(read_calendar(Path(calendar).read_bytes())) if calendar is not None else russian_table()


def _in_force(name: str) -> Calendar:
    from asmo_support.config.boot import boot  # the command needs no Django for anything else

    boot()
    from asmo_support.sla.calendars import in_force, names
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        known = names()
        if name not in known:
            raise BadInput(f"There is no calendar “{name}”; there are {', '.join(known)}.")
        return in_force(name)


def _answer_lines(lines: Iterable[bytes] | BinaryIO, table: WorkTable, answer: Answer) -> None:
    for line in lines:
        if line.strip():
            click.echo(json.dumps(_answer_line(line, table, answer)))


def _answer_line(line: bytes, table: WorkTable, answer: Answer) -> dict[str, object]:
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return {"error": "The line is not JSON."}
    if not isinstance(row, dict):
        return {"error": "The line is not a JSON object."}
    try:
        return answer(table, row)
    except (AsmoError, BadInput) as wrong:
        return {"error": str(wrong)}


def _due(table: WorkTable, row: dict[str, object]) -> dict[str, object]:
    return {"due": table.due_at(_time(table, row, "from"), _allowance(row)).isoformat()}


def _add(table: WorkTable, row: dict[str, object]) -> dict[str, object]:
    return {"to": table.added(_time(table, row, "from"), _length(row)).isoformat()}


def _elapsed(table: WorkTable, row: dict[str, object]) -> dict[str, object]:
    passed = table.elapsed_between(_time(table, row, "from"), _time(table, row, "to"))
    whole, rest = divmod(passed, MINUTE)
    return {"minutes": passed / MINUTE if rest else whole}


def _time(table: WorkTable, row: dict[str, object], key: str) -> datetime:
    text = _value(row, key)
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise BadInput(f"'{key}' is not a time like 2026-04-30T15:00+03:00: {_shown(text)}.")
    return moment if moment.tzinfo else moment.replace(tzinfo=table.calendar.zone)


def _allowance(row: dict[str, object]) -> timedelta:
    length = _length(row)
    if length < timedelta():
        raise BadInput(f"'minutes' must not be negative: {_shown(row['minutes'])}.")
    return length


def _length(row: dict[str, object]) -> timedelta:
    given = _value(row, "minutes")
    minutes = _number(given)
    if minutes is None or not -MOST_MINUTES <= minutes <= MOST_MINUTES:
        raise BadInput(f"'minutes' is not a number that can be counted: {_shown(given)}.")
    return int((minutes * 60_000_000).to_integral_value()) * MICROSECOND


def _number(given: object) -> Decimal | None:
    """Exact, because a tenth of a minute is six seconds and not nearly six."""
    try:
        number = Decimal(given) if isinstance(given, str | int | Decimal) and not isinstance(given, bool) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _value(row: dict[str, object], key: str) -> object:
    if key not in row:
        raise BadInput(f"'{key}' is missing.")
    return row[key]


def _shown(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)[:80]


def _refuse(constant: str) -> None:
    raise ValueError(constant)
