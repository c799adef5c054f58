"""What is left of the working day: the foot of the rail. Pure: the moment and the hours come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from asmo_support.ui import words

QUARTER = 15 * 60


@dataclass(frozen=True, slots=True)
class Day:
    """`now` and `left` are words; `drawing` has one bar for each quarter of an hour."""

    now: str
    left: str
    drawing: SafeString


def workday(now: datetime, hours: Sequence[tuple[int, int]], lang: str) -> Day:
    """`hours` are today's working intervals in seconds after midnight, as a calendar of `sla` gives them."""
    at = words.local(now)
    second = at.hour * 3600 + at.minute * 60 + at.second
    quarters = [start for begin, end in hours for start in range(begin, end, QUARTER)]
    whole = sum(end - begin for begin, end in hours)
    left = sum(max(0, end - max(begin, second)) for begin, end in hours)
    return Day(words.now(now, lang), _left(left // 60, whole, lang), _draw(quarters, second, (whole, left), lang))


def _left(minutes: int, whole: int, lang: str) -> str:
    if not whole:
        return _("day off")
    return _("%(time)s more") % {"time": words.span(minutes, lang)} if minutes else _("the day is over")


def _draw(quarters: Sequence[int], second: int, sums: tuple[int, int], lang: str) -> SafeString:
    whole, left = sums
    bars = "".join(
        f'<rect class="day-{"gone" if start + QUARTER <= second else "left"}" x="{6 * n}" width="4" height="6" rx="1"/>'
        for n, start in enumerate(quarters)
    )
    return format_html(
        '<svg viewBox="0 0 {} 6" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        max(6 * len(quarters) - 2, 1),
        _("%(gone)s of the working day’s %(whole)s are over")
        % {"gone": words.span((whole - left) // 60, lang), "whole": words.span(whole // 60, lang)},
        mark_safe(bars),  # noqa: S308
    )
