"""Signs drawn on the server as SVG with attributes, so that the content policy holds: stones, hour bars, priority.

A list draws the same few signs in every row: those that depend on little are drawn once and kept.
"""

from functools import lru_cache
from typing import Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SOON = {"reaction": 45, "resolution": 120, "update": 60, "planned": 495}
_HEIGHT = 12


class Reading(Protocol):
    """What a clock shows (`tickets.readings.Reading`)."""

    target: str
    state: str
    norm_minutes: int
    spent_minutes: float
    remaining_minutes: float | None
    breached_at: object


def tone(reading: Reading) -> str:
    """late, soon, paused or nothing."""
    left = reading.remaining_minutes
    if reading.state == "met" or left is None:
        return ""
    if reading.breached_at or left < 0:
        return "late"
    if reading.state == "paused":
        return "paused"
    return "soon" if left <= SOON.get(reading.target, SOON["resolution"]) else ""


@lru_cache(maxsize=256)
def icon(sheet: str, name: str, size: str) -> SafeString:
    """One sign of the sheet."""
    css = f"i i--{size}" if size else "i"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, sheet, name)


@lru_cache(maxsize=64)
def stones(look: str, label: str) -> SafeString:
    """Whose move it is: the left stone is the desk, the right one the customer. Looks: mine our theirs you done."""
    return format_html(
        '<svg class="move move--{}" viewBox="0 0 22 12" role="img" aria-label="{}">'
        '<circle class="our" cx="6" cy="6" r="4.25"/><circle class="their" cx="16.5" cy="6" r="4.25"/></svg>',
        look,
        label,
    )


def bars(reading: Reading, x: float = 0) -> str:
    """One bar is one working hour: spent ones fade from the left, the current one drains; overdue grows red."""
    hours = max(1, round(reading.norm_minutes / 60))
    size = reading.norm_minutes / hours
    left = reading.remaining_minutes or 0.0
    return "".join(_bar(x + 6 * n, reading, left, (n, size)) for n in range(hours))


def _bar(x: float, reading: Reading, left: float, place: tuple[int, float]) -> str:
    n, size = place
    if left < 0:
        over = min(max((-left - n * size) / size, 0), 1)
        return _rect("gone", x, 1) + (_rect("over", x, over) if over else "")
    share = min(max((size * (n + 1) - (reading.norm_minutes - left)) / size, 0), 1)
    if reading.state == "paused" and share > 0.99:
        return f'<rect class="left" x="{x + 0.5:g}" y=".5" width="3" height="11" rx=".75"/>'
    return (_rect("gone", x, 1) if share < 1 else "") + (_rect("left", x, share) if share else "")


@lru_cache(maxsize=2048)
def _rect(look: str, x: float, share: float) -> str:
    height = round(_HEIGHT * share, 2)
    return f'<rect class="{look}" x="{x:g}" y="{_HEIGHT - height:g}" width="4" height="{height:g}" rx="1"/>'


def _reaction_sign(reading: Reading) -> str:
    if reading.breached_at:
        return '<path class="missed" d="m1.500 2.500 7 7m0-7-7 7"/>'
    return '<path class="kept" d="m1 6.500 2.750 2.750L9 3.5"/>'


def meter(reading: Reading) -> SafeString:
    """One clock, for the head of a ticket."""
    if reading.target == "reaction" and reading.state in {"met", "cancelled"}:
        return _meter(_reaction_sign(reading) if reading.state == "met" else "", 10, tone(reading))
    hours = max(1, round(reading.norm_minutes / 60))
    if reading.state == "met":
        return _meter(_reaction_sign(reading), 10, "")
    return _meter(bars(reading), 6 * hours - 2, tone(reading))


def meter_row(reaction: Reading | None, resolution: Reading | None) -> SafeString:
    """Both clocks in one row of a list: two bars or a sign for reaction, eight for resolution."""
    drawn = ""
    if reaction and reaction.state != "cancelled":
        drawn += _reaction_sign(reaction) if reaction.state == "met" else _toned(reaction, bars(reaction))
    if resolution and resolution.state in {"running", "paused"}:
        drawn += _toned(resolution, bars(resolution, 20))
    return _meter(drawn, 66, "")


def _toned(reading: Reading, drawn: str) -> str:
    # Each clock has its own colour: a reaction that is near does not make the resolution near.
    look = tone(reading)
    return f'<g class="meter--{look}">{drawn}</g>' if look else drawn


def worst(reaction: Reading | None, resolution: Reading | None) -> Reading | None:
    """The clock that matters now: the running one with less time left."""
    alive = [one for one in (reaction, resolution) if one and one.remaining_minutes is not None]
    return min(alive, key=lambda one: one.remaining_minutes or 0.0, default=None)


def _meter(drawn: str, width: int, look: str) -> SafeString:
    css = f"meter meter--{look}" if look else "meter"
    return mark_safe(f'<svg class="{css}" viewBox="0 0 {width} 12" aria-hidden="true">{drawn}</svg>')  # noqa: S308


_PRIORITY = {
    4: ("critical", '<rect x="1.5" y="1.5" width="13" height="13" rx="3"/><path d="M8 4.750v4M8 11.250v.010"/>'),
    3: ("high", '<path d="m4.500 8 3.500-3.500L11.500 8M4.500 12 8 8.500l3.500 3.5"/>'),
    2: ("normal", '<path d="M5 8h6"/>'),
    1: ("low", '<path d="m4.500 6.500 3.500 3.500 3.500-3.5"/>'),
}


@lru_cache(maxsize=64)
def priority(value: int, label: str) -> SafeString:
    name, path = _PRIORITY[value]
    return format_html(
        '<svg class="prio prio--{}" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>',
        name,
        label,
        mark_safe(path),  # noqa: S308
    )


@lru_cache(maxsize=1024)
def avatar(look: str, initials: str) -> SafeString:
    """A person as two letters."""
    return format_html('<span class="av{}" aria-hidden="true">{}</span>', look, initials)


@lru_cache(maxsize=256)
def plan(sign: str, text: str, look: str = "plan") -> SafeString:
    """What stands where a list shows clocks: a day or a state, with a sign or without. Looks: plan soon late."""
    if not sign:
        return format_html('<span class="clock clock--plan"><span>{}</span></span>', text)
    drawn = '<span class="clock clock--{}"><span class="plan">{}<span>{}</span></span></span>'
    return format_html(drawn, look, sign, text)


def load_bar(ours: int, opened: int, most: int, label: str) -> SafeString:
    """How much lies on a person: the dark part is our move, the pale one waits for the customer."""
    width, share = 160.0, 160.0 / max(most, 1)
    return format_html(
        '<svg class="load-bar" viewBox="0 0 {} 8" role="img" aria-label="{}">'
        '<rect class="gone" width="{}" height="8" rx="1"/>'
        '<rect class="left" width="{}" height="8" rx="1"/></svg>',
        f"{width:g}",
        label,
        f"{opened * share:g}",
        f"{ours * share:g}",
    )
