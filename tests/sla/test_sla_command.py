"""`asmo sla` on the command line."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from asmo_support.config.commands.sla import sla
from asmo_support.sla.actions.calendars import change_hours, open_calendar, publish
from asmo_support.sla.models import WorkCalendar

PLAIN = {"timezone": "America/New_York", "week": {"mon": [["09:00", "24:00"]], "tue": [["00:00", "10:00"]]}}


def run(*arguments: str, given: str | bytes = ""):
    return CliRunner().invoke(sla, arguments, input=given, prog_name="sla")


def answers(*arguments: str, given: str | bytes):
    done = run(*arguments, "--batch", "-", given=given)
    assert (done.exit_code, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (("due", "--from", "2026-04-30T15:00+03:00", "--minutes", "480"), "2026-05-04T15:45:00+03:00\n"),
        (("due", "--from", "2026-04-30T12:00Z", "--minutes", "0.5"), "2026-04-30T15:00:30+03:00\n"),
        (("due", "--from", "2026-04-30T15:00", "--minutes", "60"), "2026-04-30T16:00:00+03:00\n"),
        (("elapsed", "--from", "2026-04-30T15:00+03:00", "--to", "2026-05-04T09:45:30+03:00"), "120.5\n"),
        (("elapsed", "--from", "2026-05-04T09:45+03:00", "--to", "2026-04-30T15:00+03:00"), "-120\n"),
    ],
)
def test_an_answer_is_printed_alone_on_a_line(arguments, printed):
    done = run(*arguments)

    assert (done.exit_code, done.stdout, done.stderr) == (0, printed, "")


def test_another_calendar_answers_in_its_zone_and_reads_times_in_it(tmp_path):
    file = tmp_path / "calendar.json"
    file.write_text(json.dumps(PLAIN))

    done = run("due", "--calendar", str(file), "--from", "2026-11-23T23:00", "--minutes", "120")

    assert done.stdout == "2026-11-24T01:00:00-05:00\n"


def test_a_batch_answers_each_line_in_order_and_puts_errors_in_their_place():
    rows = [
        '{"from": "2026-04-30T15:00+03:00", "minutes": 0.1}',
        "nonsense",
        "[1]",
        '{"from": "2026-04-30T15:00+03:00"}',
        '{"from": "yesterday", "minutes": 1}',
        '{"from": 5, "minutes": 1}',
        '{"from": "2026-04-30T15:00+03:00", "minutes": -1}',
        '{"from": "2026-04-30T15:00+03:00", "minutes": true}',
        '{"from": "2026-04-30T15:00+03:00", "minutes": 1e999999999}',
        '{"from": "2026-04-30T15:00+03:00", "minutes": NaN}',
        '{"from": "2026-04-30T15:00+03:00", "minutes": 60}',
    ]

    assert answers("due", given="\n".join(rows)) == [
        {"due": "2026-04-30T15:00:06+03:00"},
        {"error": "The line is not JSON."},
        {"error": "The line is not a JSON object."},
        {"error": "'minutes' is missing."},
        {"error": "'from' is not a time like 2026-04-30T15:00+03:00: \"yesterday\"."},
        {"error": "'from' is not a time like 2026-04-30T15:00+03:00: 5."},
        {"error": "'minutes' must not be negative: -1."},
        {"error": "'minutes' is not a number that can be counted: true."},
        {"error": "'minutes' is not a number that can be counted: \"1E+999999999\"."},
        {"error": "The line is not JSON."},
        {"due": "2026-04-30T16:00:00+03:00"},
    ]


def test_a_batch_from_a_file_gives_minutes_with_fractions_and_signs(tmp_path):
    file = tmp_path / "rows.jsonl"
    here, there = "2026-04-30T15:00:15+03:00", "2026-04-30T15:01+03:00"
    file.write_text(
        "".join(json.dumps({"from": a, "to": b}) + "\n" for a, b in ((here, there), (there, here), (here, here)))
    )

    done = run("elapsed", "--batch", str(file))

    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"minutes": 0.75},
        {"minutes": -0.75},
        {"minutes": 0},
    ]


def test_bytes_that_are_no_text_spoil_only_their_own_line():
    row = b'{"from": "2026-04-30T15:00", "to": "2026-04-30T15:01"}\n'

    assert answers("elapsed", given=row + b"\xff\n" + row) == [
        {"minutes": 1},
        {"error": "The line is not JSON."},
        {"minutes": 1},
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("due",), 2, "Missing --from and --minutes (or --batch FILE)."),
        (("elapsed", "--from", "2026-04-30"), 2, "Missing --to (or --batch FILE)."),
        (
            ("due", "--from", "2026-04-30", "--batch", "-"),
            2,
            "With --batch the times are read from the file, not from options.",
        ),
        (("due", "--from", "soon", "--minutes", "1"), 1, "'from' is not a time like 2026-04-30T15:00+03:00: \"soon\"."),
        (
            ("due", "--from", "2026-04-30", "--minutes", "ten"),
            1,
            "'minutes' is not a number that can be counted: \"ten\".",
        ),
        (("due", "--from", "2400-01-01", "--minutes", "1"), 1, "Working time is counted only from 1900 to 2299."),
        (("due", "--batch", "/nowhere/rows"), 1, "Cannot read /nowhere/rows: No such file or directory."),
        (("due", "--calendar", "/nowhere/c", "--batch", "-"), 1, "Cannot read /nowhere/c: No such file or directory."),
    ],
)
def test_a_mistake_is_answered_with_one_sentence(arguments, code, words):
    done = run(*arguments)

    assert (done.exit_code, done.stdout, done.stderr) == (code, "", f"Error: {words}\n")


def test_a_broken_calendar_is_refused_with_the_reason(tmp_path):
    file = tmp_path / "calendar.json"
    file.write_text('{"timezone": "Mars/Olympus", "week": {}}')

    done = run("due", "--calendar", str(file), "--from", "2026-04-30", "--minutes", "1")

    assert (done.exit_code, done.stderr) == (1, "Error: “Mars/Olympus” is not a known time zone.\n")


def test_the_command_needs_no_framework_and_no_database():
    code = "import sys, asmo_support.config.commands.sla; print({'django', 'psycopg'} & set(sys.modules))"

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)

    assert done.stdout == "set()\n"


def test_the_calendar_in_force_in_the_database_answers_when_asked_for(cast):
    base = WorkCalendar.objects.get(slug="default")
    change_hours(base, {"days": {"2026-04-30": []}}, by=cast.admin)
    publish(base, by=cast.admin, source="Приказ")
    own = {
        "zone": "Asia/Omsk",
        "week": {"thu": [["10:00", "12:00"]]},
        "production": False,
        "shortening": 0,
        "years": {},
    }
    other = open_calendar("Омск", own | {"days": {}}, by=cast.admin)
    asked = ("due", "--from", "2026-04-30T09:00", "--minutes", "60")

    assert run(*asked).stdout == "2026-04-30T10:00:00+03:00\n"
    assert run(*asked, "--published").stdout == "2026-05-04T09:45:00+03:00\n"
    assert run(*asked, "--published", other.slug).stdout == "2026-04-30T11:00:00+06:00\n"
    assert run("elapsed", "--published", "--batch", "-", given='{"from": "2026-04-30", "to": "2026-05-01"}').stdout == (
        '{"minutes": 0}\n'
    )


def test_a_published_calendar_that_is_not_there_is_refused_by_the_names_of_those_that_are(cast):
    asked = ("due", "--from", "2026-04-30T09:00", "--minutes", "60", "--published")
    missing, both = run(*asked, "perm"), run(*asked, "default", "--calendar", "/nowhere/c")

    assert (missing.exit_code, missing.stderr) == (1, "Error: There is no calendar “perm”; there are default.\n")
    assert (both.exit_code, both.stderr) == (2, "Error: Take --calendar or --published, not both.\n")


@pytest.mark.parametrize(
    ("start", "minutes", "printed"),
    [
        ("2026-04-30T15:00+03:00", "480", "2026-05-04T15:45:00+03:00"),
        ("2026-05-04T15:45+03:00", "-480", "2026-04-30T15:00:00+03:00"),
        ("2026-05-04T09:45", "-60", "2026-05-04T08:45:00+03:00"),
        ("2026-05-04T08:45", "-0.5", "2026-04-30T15:59:30+03:00"),
        ("2026-05-02T12:00", "0", "2026-05-04T08:45:00+03:00"),
        ("2026-05-02T12:00", "-1", "2026-04-30T15:59:00+03:00"),
    ],
)
def test_a_time_is_moved_by_working_time_both_ways(start, minutes, printed):
    done = run("add", "--from", start, "--minutes", minutes)

    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{printed}\n", "")


def test_adding_reads_batches_and_other_calendars_and_says_what_is_missing(tmp_path):
    file = tmp_path / "calendar.json"
    file.write_text(json.dumps(PLAIN))
    rows = '{"from": "2026-04-30T15:00+03:00", "minutes": -60}\n{"from": "2026-04-30T15:00", "minutes": "many"}'

    assert answers("add", given=rows) == [
        {"to": "2026-04-30T14:00:00+03:00"},
        {"error": "'minutes' is not a number that can be counted: \"many\"."},
    ]
    away = run("add", "--calendar", str(file), "--from", "2026-11-24T01:00", "--minutes", "-120")
    assert away.stdout == "2026-11-23T23:00:00-05:00\n"
    assert "Missing --minutes" in run("add", "--from", "2026-04-30T15:00").stderr


def test_adding_asks_the_calendar_in_force(cast):
    base = WorkCalendar.objects.get(slug="default")
    change_hours(base, {"days": {"2026-11-17": []}}, by=cast.admin)
    publish(base, by=cast.admin, source="Приказ")

    done = run("add", "--published", "--from", "2026-11-18T09:45", "--minutes", "-120")

    assert done.stdout == "2026-11-16T16:00:00+03:00\n"
