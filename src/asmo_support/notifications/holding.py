"""At once, later or not at all: what a person's choices mean for one notice."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from asmo_support.journal.models import Event
from asmo_support.notifications import moments
from asmo_support.notifications.kinds import KINDS
from asmo_support.notifications.models import Choice, Mode, Notice, Preference
from asmo_support.notifications.moments import Rhythm
from asmo_support.people.models import User
from asmo_support.sla.queries import current_key, table_of


class Choices:
    """The choices of a few people, each read once."""

    def __init__(self) -> None:
        self._modes: dict[int, dict[str, str]] = {}
        self._rhythms: dict[int, Rhythm] = {}

    def mode(self, person: User, kind: str) -> str:
        """How this kind comes to this person."""
        if person.pk not in self._modes:
            self._modes[person.pk] = Choice.objects.of(person)
        return self._modes[person.pk].get(kind, KINDS[kind].default)

    def rhythm(self, person: User) -> Rhythm:
        if person.pk not in self._rhythms:
            self._rhythms[person.pk] = rhythm_of(person)
        return self._rhythms[person.pk]

    def due(self, person: User, kind: str, now: datetime) -> datetime | None:
        """When it is told: `now` itself is at once, None is never. What is personal is always told at once."""
        if not kind:
            return now
        mode = self.mode(person, kind)
        return None if mode == Mode.NEVER else moments.due(mode, now, self.rhythm(person), is_working)


def goes_now(person: User, kind: str, event: Event, choices: Choices) -> bool:
    """Whether the letter is written now. What waits is kept, once for an event; what nobody wants is dropped."""
    now = timezone.now()
    due = choices.due(person, kind, now)
    if due is not None and due > now:
        hold(person, kind, [event], due)
    return due is not None and due <= now


def hold(person: User, kind: str, events: Iterable[Event], due: datetime) -> None:
    """Keep it until then; an event that is kept or told already is not kept twice."""
    rows = [Notice(person=person, kind=kind, event_id=event.pk, due_at=due) for event in events]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def move(event: Event) -> None:
    """New wishes hold for what waits already, too; of a kind that is not wanted any more it comes as it was due."""
    person, choices, now = User.objects.get(pk=event.thing_id), Choices(), timezone.now()
    soonest = moments.out_of_quiet(now, choices.rhythm(person), is_working)
    waiting = Notice.objects.select_for_update().filter(person=person, told_at__isnull=True, kind__in=KINDS)
    moved = []
    for row in waiting:
        due = choices.due(person, row.kind, row.created_at)
        if due is not None:
            row.due_at = max(due, soonest)
            moved.append(row)
    Notice.objects.bulk_update(moved, ["due_at"], batch_size=500)


def rhythm_of(person: User) -> Rhythm:
    row = Preference.objects.filter(person=person).first()
    if row is None:
        return Rhythm()
    return Rhythm(row.zone, row.quiet_from, row.quiet_to, row.working_days, row.daily_at)


def own_zone(person: User) -> ZoneInfo:
    """The zone a person has chosen for notices; Moscow until then."""
    return ZoneInfo(rhythm_of(person).zone)


def is_working(day: date) -> bool:
    """By the desk's own calendar, which follows the Russian production calendar."""
    return bool(table_of(current_key()).calendar.hours(day))
