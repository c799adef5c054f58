"""«Why this deadline?» in the words and pictures of a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asmo_support.contracts.models import Contract
from asmo_support.journal.models import Event
from asmo_support.people.models import User
from asmo_support.sla.explain import Explanation, Phase
from asmo_support.sla.picture import Picture, Strip, picture
from asmo_support.sla.queries import table_of
from asmo_support.sla.skipping import Skipped, Why, skipped
from asmo_support.tickets import events
from asmo_support.tickets.actions.clocks import promised
from asmo_support.tickets.actions.planning import NEEDS_REASON
from asmo_support.tickets.calendars import said
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.models.clock import Source, Target
from asmo_support.tickets.queries import history
from asmo_support.tickets.readings import why
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.talk import Happened

MINUTE = timedelta(minutes=1)
WHY_OFF = {
    Why.WEEKEND: gettext_lazy("weekend"),
    Why.MOVED: gettext_lazy("a day off moved by law or decree"),
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
    met: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.strip, name)

    @property
    def folded(self) -> bool:
        return self.strip.days > 1

    @property
    def weekday(self) -> str:
        return date_format(self.strip.day, "l")

    @property
    def counted(self) -> float:
        return self.strip.counted / MINUTE

    @property
    def waited(self) -> float:
        return self.strip.waited / MINUTE

    @property
    def total(self) -> float:
        return self.strip.total / MINUTE

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


@dataclass(frozen=True, slots=True)
class Told:
    """The arithmetic of one clock with its drawing, where the norm and the calendar come from, and what moved it."""

    story: Explanation
    picture: Picture
    changes: list[Happened]
    source: str
    calendar: str
    zone: ZoneInfo
    skipped: list[Skipped]

    @property
    def strips(self) -> list[StripWords | SkippedWords]:
        """The strips with the days off between them; what falls into days that only waited is not told apart."""
        found: list[StripWords | SkippedWords] = []
        off = [SkippedWords(one) for one in self.skipped]
        for strip in self.picture.strips:
            found += [one for one in off if one.days.last < strip.day]
            off = [one for one in off if one.days.first > strip.last]
            found.append(StripWords(strip, met=self.story.phase == Phase.MET))
        return found

    @property
    def norm_minutes(self) -> float:
        return self.story.norm / MINUTE

    @property
    def waited_minutes(self) -> float:
        return self.story.waited / MINUTE

    @property
    def remaining_minutes(self) -> float:
        return self.story.remaining / MINUTE

    @property
    def late(self) -> bool:
        return self.story.breached_at is not None


def told(clock: Clock, ticket: Ticket, user: User, now: datetime) -> Told:
    """Everything there is to say about one deadline, the same for both sides."""
    story, table = why(clock, now), table_of(clock.calendar)
    zone = table.calendar.zone
    with timezone.override(zone):
        return Told(
            story=story,
            picture=picture(story, table, now),
            changes=[Happened(event.at, event.by, sentence(event), event) for event in _moves(clock, ticket, user)],
            source=_source(clock, ticket),
            calendar=said(clock.calendar),
            zone=zone,
            skipped=skipped(story.start.date(), story.days, table.calendar),
        )


def owed(ticket: Ticket) -> str:
    """Where the norm comes from by which a planned date is still to be named; nothing when none is owed."""
    if not ticket.needs_planned_date:
        return ""
    return _origin(ticket, ticket.contract if Target.RESOLUTION in promised(ticket).own else None)


def _moves(clock: Clock, ticket: Ticket, user: User) -> QuerySet[Event]:
    """Whatever could move this deadline: other norms and why, another calendar, offers of dates."""
    own = Q(kind__in=[events.CLOCK_MOVED, events.DEADLINE_MOVED], data__target=clock.target)
    if clock.target == Target.PLANNED:
        own |= Q(kind__in=[events.PLANNED, events.PLANNED_AGREED, events.PLANNED_DECLINED,
                            events.PLANNED_RECALLED, events.PLANNED_LAPSED])  # fmt: skip
    why_norms = Q(kind=events.TRIAGED, data__changes__has_any_keys=sorted(NEEDS_REASON))
    return history(ticket, for_=user).filter(own | why_norms | Q(kind=events.COVERAGE))[:200]


def _source(clock: Clock, ticket: Ticket) -> str:
    if clock.source == Source.OFFER:
        return _("The planned date of the ticket; it falls due at the closing of its day.")
    # Clocks of before this was written down know no contract of their own.
    return _origin(ticket, clock.contract or ticket.contract if clock.source == Source.CONTRACT else None)


def _origin(ticket: Ticket, own: Contract | None) -> str:
    if own:
        return _("Contract № %(number)s: a norm of its own.") % {"number": own.number}
    version = ticket.regulation
    if version is None:
        return _("The support desk’s regulation.")
    return _("%(name)s, version %(n)s, in force from %(day)s.") % {
        "name": version.regulation.name,
        "n": version.n,
        "day": date_format(version.starts_on, "DATE_FORMAT") if version.starts_on else "…",
    }


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
    return ", ".join(f"{start:%-H:%M}–{end:%-H:%M}" for start, end in joined)
