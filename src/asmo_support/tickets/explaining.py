"""«Why this deadline?» in the words and pictures of a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract
from asmo_support.journal.models import Event
from asmo_support.people.models import User
from asmo_support.sla.explain import Explanation
from asmo_support.sla.picture import Picture, picture
from asmo_support.sla.queries import table_of
from asmo_support.sla.skipping import Skipped, skipped
from asmo_support.tickets import events
from asmo_support.tickets.actions.clocks import promised
from asmo_support.tickets.actions.planning import NEEDS_REASON
from asmo_support.tickets.calendars import said
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.models.clock import Source, Target
from asmo_support.tickets.queries import history
from asmo_support.tickets.readings import why
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.strips import SkippedWords, StripWords, closings, strip_words
from asmo_support.tickets.talk import Happened

MINUTE = timedelta(minutes=1)


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
        """The strips with the days off between them."""
        return strip_words(self.picture, self.story, self.skipped)

    @property
    def was_closed(self) -> bool:
        """Some of what is not counted passed while the ticket was closed: then it was nobody's move."""
        return bool(closings(self.story))

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
