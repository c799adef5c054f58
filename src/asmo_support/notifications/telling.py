"""The listener of tickets: an event becomes a letter in the outbox for each person it concerns, once."""

from datetime import datetime

from asmo_support.channels import links
from asmo_support.channels.models import Delivery
from asmo_support.channels.outbox import Draft, post
from asmo_support.journal.models import Event
from asmo_support.notifications.audience import is_machines, is_over_limit, readers
from asmo_support.notifications.composing import compose
from asmo_support.notifications.holding import Choices, goes_now
from asmo_support.notifications.kinds import kind_of
from asmo_support.notifications.words import Case
from asmo_support.tickets import events
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Ticket

# Somebody's own words; everything else a program says, and says so in the header.
WORDS = frozenset(
    {events.MESSAGE, events.ANSWERED, events.ASKED, events.PROPOSED, events.RETURNED, events.REFUSED, events.REOPENED,
     events.PLANNED, events.PLANNED_DECLINED}
)  # fmt: skip


def tell(event: Event) -> None:
    """Write the letters about an event. Called again for the same event it writes nothing more."""
    if event.thing != Ticket.journal_name:
        return
    tickets = Ticket.objects.select_related("requester", "author", "product", "organization")
    ticket = tickets.get(pk=event.thing_id)
    if event.kind == events.REGISTERED and not is_machines(ticket) and is_over_limit(ticket):
        _withheld(event, ticket)
    choices = Choices()
    for reader in readers(event, ticket):
        case = Case(event, ticket, reader, kind_of(event, ticket, reader))
        visible = Ticket.objects.visible_to(reader).filter(pk=ticket.pk).exists()
        if visible and goes_now(reader, case.kind, event, choices):
            write(case)


def _withheld(event: Event, ticket: Ticket) -> None:
    """Tell the desk in the ticket that the customer has no acknowledgement."""
    said = Event.objects.filter(thing=Ticket.journal_name, thing_id=ticket.pk, kind=events.LETTER_WITHHELD)
    if not said.exists() and not ticket.deliveries.filter(event_id=event.pk, internal=False).exists():
        record(ticket, events.LETTER_WITHHELD, by=None, internal=True, to=ticket.requester.email)


def write(case: Case, *, due: datetime | None = None) -> Delivery | None:
    """Put the letter about a case into the outbox; None when there is nothing to tell."""
    event, ticket, reader = case.event, case.ticket, case.reader
    letter = compose(case)
    if letter is None:
        return None
    draft = Draft(
        address=reader.email,
        name=reader.name,
        recipient=reader,
        kind=event.kind,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        internal=reader.is_staff,
        automatic=case.is_own or event.kind not in WORDS,
        link=links.make(ticket, *letter.decide, reader) if letter.decide else None,
        notice=case.kind,
        at=event.at,
        due=due,
    )
    return post(draft, ticket=ticket, event_id=event.pk)
