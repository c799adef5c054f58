"""When a letter that may wait leaves: worked by hand, in the reader's own time."""

from datetime import UTC, date, datetime, time

import pytest

from asmo_support.notifications.moments import Rhythm, due

QUIET = Rhythm("Asia/Yekaterinburg", time(20), time(8), working_days=True)
DAILY = Rhythm("Europe/Moscow", daily_at=time(9))
FROZEN = Rhythm("Europe/Moscow", time(13), time(14))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def is_working(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("mode", "now", "rhythm", "expected"),
    [
        ("now", "2026-11-18T10:00", Rhythm(), "2026-11-18T10:00"),
        # 19:59 and 20:00 in Yekaterinburg, five hours ahead of UTC; quiet ends at 8:00 there.
        ("now", "2026-11-18T14:59", QUIET, "2026-11-18T14:59"),
        ("now", "2026-11-18T15:00", QUIET, "2026-11-19T03:00"),
        # After midnight it is the same night.
        ("now", "2026-11-18T20:30", QUIET, "2026-11-19T03:00"),
        ("now", "2026-11-19T03:00", QUIET, "2026-11-19T03:00"),
        # Friday evening waits for Monday morning; Saturday noon as well.
        ("now", "2026-11-20T16:00", QUIET, "2026-11-23T03:00"),
        ("now", "2026-11-21T07:00", QUIET, "2026-11-23T03:00"),
        ("now", "2026-11-18T10:30", FROZEN, "2026-11-18T11:00"),
        ("hourly", "2026-11-18T10:00", Rhythm(), "2026-11-18T11:00"),
        ("hourly", "2026-11-18T10:59", Rhythm(), "2026-11-18T11:00"),
        # Half past the hour of UTC is a full hour in no zone of the list; Moscow counts by whole hours.
        ("hourly", "2026-11-18T14:30", QUIET, "2026-11-19T03:00"),
        # 9:00 in Moscow is 6:00 UTC.
        ("daily", "2026-11-18T05:59", DAILY, "2026-11-18T06:00"),
        ("daily", "2026-11-18T06:00", DAILY, "2026-11-19T06:00"),
        # 9:00 in Yekaterinburg on a Saturday is put off to 9:00 on Monday.
        ("daily", "2026-11-20T10:00", QUIET, "2026-11-23T04:00"),
    ],
)
def test_when_it_is_told(mode, now, rhythm, expected):
    assert due(mode, at(now), rhythm, is_working) == at(expected)


def test_a_calendar_without_working_days_holds_nothing_for_ever():
    told = due("now", at("2026-11-18T10:00"), QUIET, lambda _day: False)

    assert told < at("2027-02-01T00:00")
