"""Hour bars, stones and colours: one bar is one working hour."""

import re

import pytest

from asmo_support.ui import drawing
from tests.ui.drawn import reading


def looks(svg):
    """Each bar or sign in order: its look, and its height when it is a bar."""
    found = re.findall(r'<(?:rect|path) class="(\w+)"(?:[^>]*?height="([\d.]+)")?', svg)
    return [f"{look} {height}".strip() for look, height in found]


@pytest.mark.parametrize(
    ("clock", "tone"),
    [
        (reading(121), ""),
        (reading(120), "soon"),
        (reading(46, "reaction"), ""),
        (reading(45, "reaction"), "soon"),
        (reading(-1), "late"),
        (reading(300, state="paused"), "paused"),
        (reading(100, state="paused", late=True), "late"),
        (reading(None, state="met", late=True), ""),
        (reading(None, state="cancelled"), ""),
    ],
)
def test_a_clock_is_coloured_by_what_is_left(clock, tone):
    assert drawing.tone(clock) == tone


def test_spent_hours_fade_from_the_left_and_the_current_one_drains():
    assert looks(drawing.meter(reading(330))) == ["gone 12", "gone 12", "gone 12", "left 6", *["left 12"] * 5]


def test_an_overdue_clock_grows_red_hours_from_the_left():
    assert looks(drawing.meter(reading(-90, late=True)))[:4] == ["gone 12", "over 12", "gone 12", "over 6"]


def test_a_paused_hour_is_hollow():
    drawn = drawing.meter(reading(480, state="paused"))

    assert looks(drawn) == ["left 11"] * 8
    assert 'class="meter meter--paused"' in drawn


@pytest.mark.parametrize(("late", "sign"), [(False, "kept"), (True, "missed")])
def test_a_given_reaction_is_a_check_and_a_missed_one_a_cross(late, sign):
    assert looks(drawing.meter(reading(None, "reaction", "met", late=late))) == [sign]


def test_each_clock_of_a_row_has_its_own_colour():
    row = drawing.meter_row(reading(30, "reaction"), reading(400))

    assert re.findall(r'<g class="(\S+)">', row) == ["meter--soon"]
    assert looks(row.split("</g>")[0]) == ["gone 12", "gone 12", "left 6"]
    assert looks(row.split("</g>")[1])[-6:] == ["left 12"] * 6


def test_the_clock_that_matters_is_the_one_with_less_left():
    reaction, resolution = reading(100, "reaction"), reading(90)

    assert drawing.worst(reaction, resolution) is resolution
    assert drawing.worst(reading(None, "reaction", "met"), None) is None


def test_the_stones_say_their_move_in_words():
    assert 'class="move move--mine"' in drawing.stones("mine", "ваш ход")
    assert 'role="img" aria-label="ваш ход"' in drawing.stones("mine", "ваш ход")


def test_a_label_cannot_leave_its_attribute():
    assert 'aria-label="&quot;&gt;&lt;script&gt;"' in drawing.stones("mine", '"><script>')
