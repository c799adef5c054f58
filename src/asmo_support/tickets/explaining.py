"""«Why this deadline?» in the words and pictures of a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.journal.models import Event
from asmo_support.people.models import User
from asmo_support.sla.explain import Explanation
from asmo_support.sla.picture import Picture, Strip, picture
from asmo_support.sla.queries import table_of, version_of
from asmo_support.tickets import events
from asmo_support.tickets.actions.clocks import promised
from asmo_support.tickets.actions.planning import NEEDS_REASON
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.models.clock import Source, Target
from asmo_support.tickets.queries import history
from asmo_support.tickets.readings import why
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.talk import Happened

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StripWords:
    """A strip of the picture with its minutes and the hours that were counted."""

    strip: Strip

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
        parts = [(_("counted %(hours)s"), counted), (_("not counted %(hours)s"), waited), (_("ahead %(hours)s"), ahead)]
        return "; ".join(words % {"hours": hours} for words, hours in parts if hours)


@dataclass(frozen=True, slots=True)
class Told:
    """The arithmetic of one clock with its drawing, where the norm and the calendar come from, and what moved it."""

    story: Explanation
    picture: Picture
    changes: list[Happened]
    source: str
    calendar: str

    @property
    def strips(self) -> list[StripWords]:
        return [StripWords(strip) for strip in self.picture.strips]

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
    story = why(clock, now)
    return Told(
        story=story,
        picture=picture(story, table_of(clock.calendar), now),
        changes=[Happened(event.at, event.by, sentence(event), event) for event in _moves(clock, ticket, user)],
        source=_source(clock, ticket),
        calendar=_calendar(clock),
    )


def owed(ticket: Ticket) -> str:
    """Where the norm comes from by which a planned date is still to be named; nothing when none is owed."""
    if not ticket.needs_planned_date:
        return ""
    return _origin(ticket, own=Target.RESOLUTION in promised(ticket).own)


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
    return _origin(ticket, own=clock.source == Source.CONTRACT)


def _origin(ticket: Ticket, *, own: bool) -> str:
    if own and ticket.contract:
        return _("Contract № %(number)s: a norm of its own.") % {"number": ticket.contract.number}
    version = ticket.regulation
    if version is None:
        return _("The support desk’s regulation.")
    return _("%(name)s, version %(n)s, in force from %(day)s.") % {
        "name": version.regulation.name,
        "n": version.n,
        "day": date_format(version.starts_on, "DATE_FORMAT") if version.starts_on else "…",
    }


def _calendar(clock: Clock) -> str:
    version = version_of(clock.calendar)
    words = _("%(name)s, version %(n)s of %(day)s") % {
        "name": version.calendar.name,
        "n": version.n,
        "day": date_format(timezone.localtime(version.published_at), "DATE_FORMAT"),
    }
    return f"{words} ({version.source})" if version.source else words


def _hours(strip: Strip, looks: set[str]) -> str:
    bars = [bar for bar in strip.bars if bar.look in looks]
    return ", ".join(f"{bar.start:%-H:%M}–{bar.end:%-H:%M}" for bar in bars)
