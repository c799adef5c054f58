"""Text as people and the database can read it."""

import pytest

from asmo_support.channels.email import headers
from asmo_support.lib.text import clean


@pytest.mark.parametrize("turned", ["\u202e", "\u202d", "\u2066", "\u2069"])
def test_nothing_turns_the_direction_of_a_name_or_a_subject(turned):
    assert [way(f"счёт{turned}exe.txt") for way in (clean, headers.decode)] == ["счётexe.txt"] * 2
