"""How planned dates were negotiated: agreed at the first offer, after so many shifts, or not at all."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Q

from asmo_support.journal.models import Event
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.models import PlannedDate, Ticket
from asmo_support.tickets.models.clock import Target

AGREED, PROVIDER = Q(verdict=PlannedDate.Outcome.AGREED), Q(side=PlannedDate.Side.PROVIDER)


@dataclass(slots=True)
class Dates:
    """Tickets whose first date the desk offered in a period. `shifted` counts them by how often the date moved after
    that, `at_first` are those whose very first offer was agreed and stayed; `overdue` dates passed in the period.
    """

    at_first: int = 0
    agreed: int = 0
    open: int = 0
    shifted: Counter[int] = field(default_factory=Counter)
    overdue: int = 0

    @property
    def total(self) -> int:
        return self.agreed + self.open

    @property
    def moved(self) -> int:
        """Tickets whose date moved at least once."""
        return sum(count for times, count in self.shifted.items() if times)


def dates_between(user: User, since: datetime, until: datetime) -> Dates:
    """What became of the dates of a period, for the tickets a person may see: two statements."""
    tickets = Ticket.objects.visible_to(user)
    offers = PlannedDate.objects.filter(ticket__in=tickets).values("ticket").order_by()
    rows = offers.annotate(
        first=Min("at", filter=PROVIDER),
        # Every offer of the desk moves the date it promises, and so does a counter-offer that it accepted.
        moves=Count("pk", filter=PROVIDER | AGREED) - 1,
        agreed=Count("pk", filter=AGREED),
    ).filter(first__gte=since, first__lt=until)
    found = Dates()
    for moves, agreed in rows.values_list("moves", "agreed").iterator():
        found.shifted[moves] += 1
        found.agreed += bool(agreed)
        found.open += not agreed
        found.at_first += bool(agreed) and moves == 0
    passed = Event.objects.filter(kind=events.BREACHED, data__target=Target.PLANNED, at__gte=since, at__lt=until)
    found.overdue = passed.filter(thing=Ticket.journal_name, thing_id__in=tickets.values("pk")).count()
    return found
