"""Sixty tickets of the demo, told by subject."""

from asmo_support.config.demo.stories import ecology, planning, platform, staff, stock
from asmo_support.config.demo.story import Story


def every() -> list[Story]:
    return [*ecology.STORIES, *staff.STORIES, *stock.STORIES, *planning.STORIES, *platform.STORIES]
