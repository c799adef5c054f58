"""Hours as people write them."""

import pytest

from asmo_support.sla.hours import read_hours, write_hours


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120), ("2:30", 150), ("0:45", 45), ("2,5", 150), ("2.25", 135), ("8 ч", 480), ("8ч.", 480), (" 8 Ч ", 480),
        ("1 час", 60), ("40 часов", 2400), ("8 h", 480), ("90 мин", 90), ("90мин.", 90), ("1 ч 30 мин", 90),
        ("2\N{NO-BREAK SPACE}ч\N{NO-BREAK SPACE}05\N{NO-BREAK SPACE}мин", 125), ("45 minutes", 45),
    ],
)  # fmt: skip
def test_hours_are_read_as_they_are_said(text, minutes):
    assert read_hours(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "0", "0:00", "-2", "−2", "2:60", "2:5", "восемь", "2 3", "1e3", "9999999", "2 ч 30", "٢x", "8 дней"]
)
def test_what_is_no_span_of_time_is_not_guessed(text):
    assert read_hours(text) is None


@pytest.mark.parametrize(("minutes", "text"), [(None, ""), (120, "2"), (150, "2:30"), (45, "0:45"), (65, "1:05")])
def test_what_was_kept_is_shown_so_that_it_reads_the_same(minutes, text):
    assert (write_hours(minutes), read_hours(text)) == (text, minutes)
