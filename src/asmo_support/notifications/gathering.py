"""What waited, told: one letter to a person with everything that is due, from what that person may read now."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from asmo_support.channels.models import Delivery
from asmo_support.channels.outbox import Draft, post
from asmo_support.contracts.models import Contract
from asmo_support.journal.models import Event
from asmo_support.notifications import contracts, telling
from asmo_support.notifications.collecting import Told, compose_collected
from asmo_support.notifications.forms import COLLECTED
from asmo_support.notifications.holding import Choices
from asmo_support.notifications.kinds import EVERYTHING, KINDS
from asmo_support.notifications.models import Mode, Notice
from asmo_support.notifications.words import Case
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.models import Ticket

PEOPLE = 100
# How long it is known what somebody was told, and how many are forgotten at once.
KEPT, SWEPT = timedelta(days=90), 1000
DEADLINES = frozenset({events.WARNED, events.BREACHED})


def gather(now: datetime | None = None) -> int:
    """Write to everybody for whom something is due; the number of people. After an outage still one letter to each."""
    at = now or timezone.now()
    people = list(dict.fromkeys(due(at)[: PEOPLE * 10]))[:PEOPLE]
    for person in people:
        _tell(person, at)
    return len(people)


def due(at: datetime) -> QuerySet[Notice, int]:
    """To whom something is due, what has waited longest first."""
    waiting = Notice.objects.filter(told_at__isnull=True, due_at__lte=at)
    return waiting.order_by("due_at", "person").values_list("person", flat=True)


def sweep(now: datetime | None = None) -> int:
    """Forget some of what was told long ago; how many. The letters stay."""
    rows = old((now or timezone.now()) - KEPT)[:SWEPT]
    return Notice.objects.filter(pk__in=list(rows)).delete()[0]


def old(before: datetime) -> QuerySet[Notice, int]:
    return Notice.objects.filter(told_at__lt=before).order_by("told_at").values_list("pk", flat=True)


@transaction.atomic
def _tell(person_id: int, at: datetime) -> None:
    locked = Notice.objects.select_for_update(skip_locked=True, of=("self",))
    rows = list(locked.filter(person=person_id, told_at__isnull=True, due_at__lte=at).order_by("id"))
    if not rows:
        return
    person = User.objects.select_related("organization").get(pk=person_id)
    told = _readable(person, rows)
    letter = _letter(person, told, at) if told else None
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at, letter=letter)


def _readable(person: User, rows: Sequence[Notice]) -> list[Told]:
    """What this person still wants and may read; in the order in which it happened."""
    if not person.is_active:
        return []
    choices = Choices()
    wanted = [row for row in rows if row.kind in KINDS and choices.mode(person, row.kind) != Mode.NEVER]
    happened = Event.objects.select_related("by").in_bulk([row.event_id for row in wanted])
    found = [(row.kind, happened[row.event_id]) for row in wanted if row.event_id in happened]
    tickets = Ticket.objects.visible_to(person).select_related("requester", "author", "product", "organization")
    seen = tickets.in_bulk({event.thing_id for _kind, event in found if event.thing == Ticket.journal_name})
    deals = Contract.objects.visible_to(person).select_related("organization")
    ours = deals.in_bulk({event.thing_id for _kind, event in found if event.thing == Contract.journal_name})
    told = [
        Told(kind, event, (seen if event.thing == Ticket.journal_name else ours).get(event.thing_id))
        for kind, event in found
    ]
    return [one for one in told if one.thing is not None and _matters(person, one)]


def _matters(person: User, told: Told) -> bool:
    """A deadline that came near is no news once the ticket is over, nor a contract to who has nothing to do with it."""
    if isinstance(told.thing, Contract):
        return person in contracts.readers(told.thing)
    return told.event.kind not in DEADLINES or (told.ticket is not None and told.ticket.is_open)


def _letter(person: User, told: Sequence[Told], at: datetime) -> Delivery | None:
    """A single thing gets the letter it would have got at once."""
    if len(told) == 1:
        (one,) = told
        if isinstance(one.thing, Contract):
            return contracts.write(one.event, one.thing, person, at)
        if one.ticket is not None:
            return telling.write(Case(one.event, one.ticket, person, one.kind))
    kinds = {one.kind for one in told}
    kind = kinds.pop() if len(kinds) == 1 else EVERYTHING
    letter = compose_collected(person, told, kind)
    draft = Draft(
        address=person.email, name=person.name, recipient=person, kind=COLLECTED, subject=letter.subject,
        text=letter.text, html=letter.html, internal=person.is_staff, notice=kind, at=at,
    )  # fmt: skip
    return post(draft)
