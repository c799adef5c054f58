"""«Why this deadline?» in words and a picture, for both sides."""

from dataclasses import dataclass
from datetime import datetime

from asmo_support.people.models import User
from asmo_support.sla.explain import Explanation
from asmo_support.sla.picture import Picture, picture
from asmo_support.tickets import events
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.queries import history
from asmo_support.tickets.readings import Reading, read_clock, why
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.talk import Happened


@dataclass(frozen=True, slots=True)
class Told:
    """The arithmetic of one clock with its drawing and whatever moved its norm."""

    reading: Reading
    story: Explanation
    picture: Picture
    changes: list[Happened]


def told(clock: Clock, ticket: Ticket, user: User, now: datetime) -> Told:
    story = why(clock, now)
    moved = history(ticket, for_=user).filter(kind=events.CLOCK_MOVED, data__target=clock.target)
    return Told(
        reading=read_clock(clock, ticket.pauses.all(), now),
        story=story,
        picture=picture(story, table(), now),
        changes=[Happened(event.at, event.by, sentence(event)) for event in moved],
    )
