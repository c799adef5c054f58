"""How promises were kept: the norms that ended in a month, for the tickets a person may see."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from asmo_support.people.models import User
from asmo_support.sla.queries import table_of
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.models.clock import ClockState, Target

MOST = 200
DRAWN = 12
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Kept:
    """One target: each promise that ended, oldest first, kept or not; and the last one that was late."""

    target: str
    marks: list[bool] = field(default_factory=list)
    late_number: int = 0
    late_minutes: float = 0.0

    @property
    def total(self) -> int:
        return len(self.marks)

    @property
    def kept(self) -> int:
        return sum(self.marks)

    @property
    def drawn(self) -> list[tuple[int, bool]]:
        """The latest marks with their places on a strip of twelve."""
        return [(22 * place, mark) for place, mark in enumerate(self.marks[-DRAWN:])]


def kept_since(user: User, since: datetime, now: datetime) -> list[Kept]:
    """Reaction and resolution since a moment: what was met then, and what has passed its time and is still owed."""
    tickets = Ticket.objects.visible_to(user)
    met = Q(state=ClockState.MET, met_at__gte=since)
    owed = Q(state=ClockState.RUNNING, due_at__gte=since, due_at__lt=now)
    rows = Clock.objects.filter(met | owed, ticket__in=tickets).order_by("-met_at", "-id")
    found = {target: Kept(target.value) for target in Target}
    for target, number, met_at, due_at, breached_at, calendar in reversed(
        rows.values_list("target", "ticket__number", "met_at", "due_at", "breached_at", "calendar")[:MOST]
    ):
        late_since = breached_at or (None if met_at else due_at)
        one = found[Target(target)]
        one.marks.append(late_since is None)
        if late_since:
            one.late_number = number
            one.late_minutes = table_of(calendar).elapsed_between(late_since, met_at or now) / MINUTE
    return [found[Target.REACTION], found[Target.RESOLUTION]]
