"""Sixty tickets of the demo, told by subject."""

from asmo_support.config.demo.stories import ecology, paid, planning, platform, staff, stock
from asmo_support.config.demo.story import Story


def every() -> list[Story]:
    told = [*ecology.STORIES, *staff.STORIES, *stock.STORIES, *planning.STORIES, *platform.STORIES]
    return paid.priced(told)
