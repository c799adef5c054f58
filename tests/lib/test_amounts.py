"""Spans and sums as people write them."""

from decimal import Decimal

import pytest

from asmo_support.lib.amounts import clock_of, hours_of, read_minutes, read_money, spaced
from asmo_support.ui.words import money


@pytest.mark.parametrize(
    ("text", "minutes", "hours"),
    [("90", 90, 5400), ("1:30", 90, 90), ("1,5", None, 90), ("1,5 ч", 90, 90), ("1 ч 30 мин", 90, 90),
     ("2 h", 120, 120), ("45 мин", 45, 45), ("0", 0, 0), ("", None, None), ("x", None, None), ("-5", None, None),
     ("1:75", None, None), ("12 часов", 720, 720), ("1.333 ч", None, None), (" 8 Ч. ", 480, 480), ("1 час", 60, 60),
     ("2\u00a0ч\u00a005\u00a0мин", 125, 125), ("45 minutes", 45, 45), ("90мин.", 90, 90), ("2.25", None, 135),
     ("1 30", None, None), ("1 200", 1200, 72000), ("1\u00a0200 ч", 72000, 72000), ("1 ч 3 0 мин", None, None), ("2 ч 30", None, None), ("−2", None, None), ("2:5", None, None),
     ("восемь", None, None), ("1e3", None, None), ("9999999", None, None), ("8 дней", None, None), ("٢x", None, None)],
)  # fmt: skip
def test_a_span_is_read_in_the_units_of_its_field(text, minutes, hours):
    assert (read_minutes(text, hours=False), read_minutes(text, hours=True)) == (minutes, hours)


@pytest.mark.parametrize(("minutes", "text"), [(None, ""), (120, "2"), (150, "2:30"), (45, "0:45"), (65, "1:05")])
def test_hours_are_shown_so_that_they_read_the_same(minutes, text):
    assert (hours_of(minutes), read_minutes(text, hours=True)) == (text, minutes)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1 250 000,50 ₽", "1250000.50"), ("1250000", "1250000"), ("12\u00a0000 руб.", "12000"), ("-5", "-5"),
     ("1,234", None), ("1e5", None), ("много", None), ("", None)],
)  # fmt: skip
def test_a_sum_is_read_as_it_is_written(text, amount):
    assert read_money(text) == (Decimal(amount) if amount else None)


def test_a_sum_is_shown_with_thin_groups_and_kopecks_only_when_there_are_some():
    shown = [money(Decimal(text), lang) for text in ("1250000", "80400.5") for lang in ("ru", "en")]

    assert shown == ["1\u00a0250\u00a0000\u00a0₽"] * 2 + ["80\u00a0400,50\u00a0₽", "80\u00a0400.50\u00a0₽"]
    assert (spaced(Decimal("80400.5")), clock_of(65)) == ("80\u00a0400,50\u00a0₽", "1:05")
