"""A deadline can be added up by hand."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from asmo_support.sla.explain import ClockFacts, Hold, Phase, Share, explain
from asmo_support.sla.russia import russian_table

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NORM = 8 * HOUR


def moscow(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+03:00")


START = moscow("2026-04-29T16:00")
ASKED = Hold(moscow("2026-04-30T10:00"), moscow("2026-05-04T09:45"), "question")


def told(now: str, *holds: Hold, **facts):
    return explain(ClockFacts(START, NORM, holds, **facts), russian_table(), moscow(now))


def rows(story):
    return [
        (row.day.day, [(f"{part.start:%H:%M}–{part.end:%H:%M}", part.share.value) for part in row.stretches])
        for row in story.days
    ]


def test_a_running_clock_tells_what_it_counted_and_what_lies_ahead():
    story = told("2026-04-30T12:00")

    assert rows(story) == [
        (29, [("16:00–17:00", "counted")]),
        (30, [("08:45–12:00", "counted"), ("12:00–15:45", "ahead")]),
    ]
    assert (story.phase, story.due) == (Phase.RUNNING, moscow("2026-04-30T15:45"))
    assert (story.used, story.remaining) == (4 * HOUR + 15 * MINUTE, 3 * HOUR + 45 * MINUTE)
    assert [row.total for row in story.days] == [HOUR, NORM]


def test_a_wait_over_a_shortened_day_and_holidays_moves_the_deadline_by_its_working_time():
    story = told("2026-05-04T10:00", ASKED)

    assert rows(story) == [
        (29, [("16:00–17:00", "counted")]),
        (30, [("08:45–10:00", "counted"), ("10:00–16:00", "waited")]),
        (4, [("08:45–09:45", "waited"), ("09:45–10:00", "counted"), ("10:00–15:30", "ahead")]),
    ]
    assert (story.due, story.waited) == (moscow("2026-05-04T15:30"), 7 * HOUR)
    assert [(row.reason, row.length) for row in story.holds] == [("question", 7 * HOUR)]


def test_a_paused_clock_has_no_deadline_and_stops_where_it_waits():
    story = told("2026-04-30T12:00", Hold(ASKED.start, None, "question"))

    assert (story.phase, story.due, story.breached_at) == (Phase.PAUSED, None, None)
    assert rows(story)[-1] == (30, [("08:45–10:00", "counted"), ("10:00–12:00", "waited")])
    assert (story.used, story.remaining) == (2 * HOUR + 15 * MINUTE, 5 * HOUR + 45 * MINUTE)
    assert [(row.end, row.length) for row in story.holds] == [(None, 2 * HOUR)]


def test_a_clock_looked_at_as_it_stood_during_a_wait_is_paused():
    assert told("2026-04-30T12:00", ASKED).phase is Phase.PAUSED
    assert told("2026-05-04T09:45", ASKED).phase is Phase.RUNNING


def test_an_overdue_clock_shows_its_deadline_and_how_much_too_late_it_is():
    story = told("2026-05-04T09:45")

    assert (story.due, story.breached_at) == (moscow("2026-04-30T15:45"), moscow("2026-04-30T15:45"))
    assert story.remaining == -(HOUR + 15 * MINUTE)
    assert sum((row.counted for row in story.days), timedelta()) == NORM


def test_a_clock_that_was_late_before_it_paused_stays_late():
    story = told("2026-05-04T12:00", Hold(moscow("2026-05-04T09:00"), None, "question"))

    assert (story.phase, story.due, story.breached_at) == (Phase.PAUSED, None, moscow("2026-04-30T15:45"))
    assert story.remaining == -(30 * MINUTE)


def test_a_met_clock_keeps_what_it_used_whenever_it_is_looked_at():
    early, late = (told(now, ended=moscow("2026-04-30T15:45")) for now in ("2026-05-04T12:00", "2026-09-01T12:00"))

    assert early == late
    assert (early.phase, early.used, early.breached_at) == (Phase.MET, NORM, None)


def test_a_clock_met_in_the_evening_after_a_deadline_at_closing_time_is_late_without_working_time():
    facts = ClockFacts(moscow("2026-04-28T17:00"), 8 * HOUR + 15 * MINUTE, ended=moscow("2026-04-29T18:00"))

    story = explain(facts, russian_table(), moscow("2026-05-05T12:00"))

    assert (story.breached_at, story.remaining) == (moscow("2026-04-29T17:00"), timedelta())


def test_a_cancelled_clock_has_no_deadline_and_ends_where_it_was_given_up():
    story = told("2026-05-04T12:00", ended=moscow("2026-04-30T09:00"), cancelled=True)

    assert (story.phase, story.due, story.breached_at) == (Phase.CANCELLED, None, None)
    assert story.days[-1].stretches[-1].end == moscow("2026-04-30T09:00")
    assert {one.share for row in story.days for one in row.stretches} == {Share.COUNTED}


def test_a_start_on_a_day_off_counts_from_the_next_opening():
    facts = ClockFacts(moscow("2026-05-02T11:30:15"), HOUR)

    story = explain(facts, russian_table(), moscow("2026-05-02T12:00"))

    assert (story.start, story.counts_from) == (moscow("2026-05-02T11:30:15"), moscow("2026-05-04T08:45"))
    assert [(row.day, row.counted) for row in story.days] == [(date(2026, 5, 4), HOUR)]


moments = st.integers(0, 30 * 86_400 * 1000).map(lambda late: moscow("2026-04-20T00:00") + timedelta(milliseconds=late))
waits = st.lists(st.tuples(moments, moments).map(sorted).map(lambda pair: Hold(pair[0], pair[1])), max_size=4)


@settings(max_examples=100, deadline=None, database=None)
@given(start=moments, holds=waits, now=moments, minutes=st.integers(1, 3000))
def test_what_is_counted_and_ahead_always_adds_up_to_the_norm(start, holds, now, minutes):
    story = explain(ClockFacts(start, minutes * MINUTE, holds), russian_table(), now)
    parts = [part for row in story.days for part in row.stretches]

    def length(*shares):
        return sum((part.length for part in parts if part.share in shares), timedelta())

    if story.phase is Phase.RUNNING or story.breached_at:
        assert length(Share.COUNTED, Share.AHEAD) == story.norm
    else:
        assert length(Share.COUNTED) == story.used
    if story.due:
        assert not story.breached_at or story.breached_at == story.due
        assert max((part.end for part in parts), default=None) == story.due
    assert story.used + story.remaining == story.norm
