"""Whom an event concerns: the people who asked and the people who work on it.

Never its author, with two exceptions: who decides by a letter, without having signed in, gets a letter that says so;
and who answers a ticket that is over by letter is told once that it is.
"""

from asmo_support.channels.models import Arrival
from asmo_support.channels.outbox import has_enough
from asmo_support.journal.models import Event
from asmo_support.notifications.kinds import COLLEAGUES
from asmo_support.notifications.models import Choice
from asmo_support.people.models import User
from asmo_support.people.roles import STAFF_ROLES, Role
from asmo_support.tickets import events
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Channel

DATES = (events.PLANNED, events.PLANNED_AGREED, events.PLANNED_DECLINED, events.PLANNED_RECALLED)
# What the customer's people hear of, beside what their own colleagues do.
FROM_THE_DESK = frozenset(
    {events.TAKEN, events.ASSIGNED, events.TRIAGED, events.MESSAGE, events.ASKED, events.PROPOSED, events.ACCEPTED,
     events.REFUSED, events.REMINDED, events.COVERAGE, events.OFFER_MADE,
     events.OFFER_RECALLED, *DATES}
)  # fmt: skip
# What the customer does: told to whoever works on the ticket and to the other people of the customer.
FROM_THE_CUSTOMER = frozenset(
    {events.MESSAGE, events.ANSWERED, events.ACCEPTED, events.RETURNED, events.CANCELLED, events.REOPENED,
     events.OFFER_ASKED, events.OFFER_ACCEPTED, events.OFFER_DECLINED, *DATES}
)  # fmt: skip
# With what the desk turns to the customer and waits for an answer.
SPOKEN = (events.MESSAGE, events.ASKED, events.PROPOSED, events.PLANNED, events.OFFER_MADE)
# What whoever follows colleagues' tickets hears of.
FOLLOWED = (FROM_THE_DESK | FROM_THE_CUSTOMER | {events.REGISTERED}) - {events.REMINDED}
NORMS = frozenset({"kind", "critical", "standard"})


def readers(event: Event, ticket: Ticket) -> list[User]:
    """The people to be told, each once."""
    if event.internal:
        return []
    people = [*_customers(event, ticket), *_desk(event, ticket), *_followers(event, ticket)]
    found = {person.pk: person for person in people if person.is_active}
    return list(found.values())


def _customers(event: Event, ticket: Ticket) -> list[User]:
    people = [one for one in (ticket.requester, ticket.author) if not one.is_staff]
    if event.kind == events.REGISTERED:
        return [] if (is_machines(ticket) or is_over_limit(ticket)) else people
    if event.kind == events.HANDED:
        return [one for one in (ticket.requester,) if one.pk != event.by_id]
    if not _concerns_customer(event):
        return []
    told = [one for one in people if one.pk != event.by_id]
    return [*told, event.by] if event.by and _is_answered(event) and not event.by.is_staff else told


def _is_answered(event: Event) -> bool:
    return bool(event.data.get("via") or event.data.get("late"))


def _followers(event: Event, ticket: Ticket) -> list[User]:
    """People of the customer who asked to hear of their colleagues' tickets. Who may read this one is asked later."""
    if event.kind not in FOLLOWED or _says_a_verdict(event):
        return []
    if event.kind == events.REGISTERED and (is_machines(ticket) or is_over_limit(ticket)):
        return []
    if event.by is not None and event.by.is_staff and not _concerns_customer(event):
        return []
    office = ticket.organization
    above = [office.pk, office.parent_id, office.parent.parent_id if office.parent else None]
    chosen = Choice.objects.following(COLLEAGUES, [one for one in above if one])
    return [one for one in chosen if one.pk not in {event.by_id, ticket.requester_id, ticket.author_id}]


def _concerns_customer(event: Event) -> bool:
    if event.by is not None and not event.by.is_staff:
        return event.kind in FROM_THE_CUSTOMER and not _says_a_verdict(event)
    if event.kind == events.COVERAGE:
        # What follows from another kind is told by the letter about the kind.
        return not event.data.get("triage")
    if event.kind == events.TRIAGED:
        return bool(NORMS & set(event.data.get("changes", {})))
    if event.kind == events.ASSIGNED:
        # What the rule of an address has it is no word of a person: whoever is to look hears of it, nobody else.
        return event.by is not None and bool(event.data.get("after")) and not _comes_with(event, events.TAKEN)
    return event.kind in FROM_THE_DESK


def _desk(event: Event, ticket: Ticket) -> list[User]:
    if event.kind == events.ASSIGNED:
        before = set(event.data.get("before", ()))
        fresh = User.objects.filter(pk__in=event.data.get("agents", ()))
        return [one for one in fresh if one.pk != event.by_id and one.name not in before]
    by_customer = event.by is not None and not event.by.is_staff and event.kind in FROM_THE_CUSTOMER
    return _responsible(event, ticket) if by_customer and not _says_a_verdict(event) else []


def _responsible(event: Event, ticket: Ticket) -> list[User]:
    """Whoever works on the ticket; while nobody does, who spoke last; else the operators."""
    agents = [row.agent for row in ticket.assignments.select_related("agent") if row.agent.is_active]
    return agents or _last_spoken(event) or list(User.objects.working().filter(role=Role.OPERATOR).order_by("id"))


def _last_spoken(event: Event) -> list[User]:
    """Who of the desk spoke last to the customer before this, whose word it is meant for."""
    earlier = Event.objects.filter(thing=event.thing, thing_id=event.thing_id, pk__lt=event.pk)
    said = earlier.filter(internal=False, kind__in=SPOKEN)
    ours = said.filter(by__role__in=STAFF_ROLES, by__is_active=True)
    return [one.by for one in ours.select_related("by").order_by("-id")[:1] if one.by]


def _says_a_verdict(event: Event) -> bool:
    """A message by letter that is a verdict at the same time: the verdict is what people are told."""
    return event.kind == events.MESSAGE and _comes_with(event, events.ACCEPTED, events.RETURNED, events.PLANNED_AGREED)


def _comes_with(event: Event, *kinds: str) -> bool:
    """Two events of one deed, as assigned and taken to work: one letter is enough."""
    same = Event.objects.filter(thing=event.thing, thing_id=event.thing_id, at=event.at, by=event.by_id)
    return same.filter(kind__in=kinds).exists()


def is_over_limit(ticket: Ticket) -> bool:
    """Nobody gets more acknowledgements than he can want (EI-15)."""
    return ticket.channel == Channel.EMAIL and has_enough(ticket.requester.email, events.REGISTERED)


def is_machines(ticket: Ticket) -> bool:
    """A program's letter is never answered by a program (EI-14)."""
    if ticket.channel != Channel.EMAIL:
        return False
    opened = Arrival.objects.filter(ticket=ticket, decision__in=[Arrival.Decision.NEW, Arrival.Decision.CLAIMS])
    letter = opened.only("may_answer").first()
    return letter is None or not letter.may_answer
