"""The day-by-day drawing of a deadline in words: minutes that add up, hours, and why days are passed over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asmo_support.sla.explain import Explanation, HoldRow, Phase
from asmo_support.sla.picture import Picture, Strip
from asmo_support.sla.skipping import Skipped, Why
from asmo_support.tickets.models import Pause

MINUTE = timedelta(minutes=1)
WHY_OFF = {
    Why.WEEKEND: gettext_lazy("weekend"),
    Why.MOVED: gettext_lazy("a day off by the production calendar"),
    Why.OWN: gettext_lazy("a day off of this calendar"),
}
NEW_YEAR = gettext_lazy("New Year holidays and Christmas")
HOLIDAY_NAMES = {
    (2, 23): gettext_lazy("Defender of the Fatherland Day"),
    (3, 8): gettext_lazy("International Women’s Day"),
    (5, 1): gettext_lazy("Spring and Labour Day"),
    (5, 9): gettext_lazy("Victory Day"),
    (6, 12): gettext_lazy("Russia Day"),
    (11, 4): gettext_lazy("National Unity Day"),
}


@dataclass(frozen=True, slots=True)
class StripWords:
    """A strip of the picture with its minutes and the hours that were counted."""

    strip: Strip
    # What was counted that day and in all, in whole minutes that add up to the norm.
    counted: int
    total: int
    met: bool = False
    closed: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.strip, name)

    @property
    def folded(self) -> bool:
        return self.strip.days > 1

    @property
    def weekday(self) -> str:
        return date_format(self.strip.day, "l")

    @property
    def waited(self) -> float:
        return self.strip.waited / MINUTE

    @property
    def hours(self) -> str:
        """8:45–11:00, 13:30–16:00: what is counted, what is still ahead included."""
        return _hours(self.strip, {"run", "next"})

    @property
    def spoken(self) -> str:
        """The drawing in words, for those who do not see it."""
        counted, waited, ahead = (_hours(self.strip, {look}) for look in ("run", "gap", "next"))
        rest = _("not needed %(hours)s") if self.met else _("ahead %(hours)s")
        parts = [(_("counted %(hours)s"), counted), (_("not counted %(hours)s"), waited), (rest, ahead)]
        return "; ".join(words % {"hours": hours} for words, hours in parts if hours)


@dataclass(frozen=True, slots=True)
class SkippedWords:
    """Days off that a count passes over, and why nobody works on them."""

    days: Skipped

    @property
    def skipped(self) -> str:
        """День России, выходные"""
        return said_off(self.days)


def strip_words(picture: Picture, story: Explanation, skipped: list[Skipped]) -> list[StripWords | SkippedWords]:
    """The strips with the days off between them; what falls into days that only waited is not told apart.

    Hours are shown without their seconds. A clock that began at 15:00:25 is counted from 15:00, so that minutes of
    days fit their hours and add up to the norm.
    """
    found: list[StripWords | SkippedWords] = []
    off, shut = [SkippedWords(one) for one in skipped], closings(story)
    cut = timedelta(seconds=story.counts_from.second, microseconds=story.counts_from.microsecond)
    before, met = 0, story.phase == Phase.MET
    for strip in picture.strips:
        found += [one for one in off if one.days.last < strip.day]
        off = [one for one in off if one.days.first > strip.last]
        total = (strip.total + cut) // MINUTE
        found.append(StripWords(strip, total - before, total, met=met, closed=_covers(shut, strip)))
        before = total
    return found


def closings(story: Explanation) -> list[HoldRow]:
    """The times in which the ticket was closed."""
    return [one for one in story.holds if one.reason == str(Pause.Why.CLOSED.label)]


def _covers(holds: list[HoldRow], strip: Strip) -> bool:
    return any(one.start.date() <= strip.last and (one.end is None or strip.last <= one.end.date()) for one in holds)


def said_off(days: Skipped) -> str:
    """Why nobody works on these days, each reason once."""
    if days.first == days.last and days.reasons[0][0] == Why.WEEKEND:
        return _("day off of the week")
    return ", ".join(dict.fromkeys(str(_why_off(why_off, holiday)) for why_off, holiday in days.reasons))


def _why_off(why_off: Why, holiday: tuple[int, int] | None) -> Any:
    return WHY_OFF[why_off] if holiday is None else NEW_YEAR if holiday[0] == 1 else HOLIDAY_NAMES[holiday]


def _hours(strip: Strip, looks: set[str]) -> str:
    """What looks so, in hours of the day; stretches that touch are one: 13:14–15:14."""
    joined: list[tuple[datetime, datetime]] = []
    for bar in (one for one in strip.bars if one.look in looks):
        begun = joined.pop()[0] if joined and joined[-1][1] == bar.start else bar.start
        joined.append((begun, bar.end))
    told = ((f"{start:%-H:%M}", f"{end:%-H:%M}") for start, end in joined)
    # Less than a minute is no span to read.
    return ", ".join(f"{start}–{end}" for start, end in told if start != end)
