"""What is left of the working day, in words and quarters of an hour."""

import re
from datetime import datetime

import pytest
from django.utils import translation

from asmo_support.ui import words
from asmo_support.ui.workday import workday

N = "\u00a0"
USUAL = ((31_500, 61_200),)


def at(hour, minute):
    return datetime(2026, 11, 20, hour, minute, tzinfo=words.MOSCOW)


@pytest.mark.parametrize(
    ("moment", "hours", "left", "gone", "dark"),
    [
        (at(14, 20), USUAL, f"ещё 2{N}ч{N}40{N}мин", 22, 11),
        (at(8, 0), USUAL, f"ещё 8{N}ч{N}15{N}мин", 0, 33),
        (at(17, 0), USUAL, "день окончен", 33, 0),
        (at(12, 0), (), "выходной", 0, 0),
    ],
)
def test_the_day_is_told_and_drawn(moment, hours, left, gone, dark):
    with translation.override("ru"):
        day = workday(moment, hours, "ru")

    assert day.left == left
    assert len(re.findall("day-gone", day.drawing)) == gone
    assert len(re.findall("day-left", day.drawing)) == dark
