"""What waits for the customer: open questions, resolutions under review, offers of a date."""

from collections.abc import Iterable

from asmo_support.tickets.models import InformationRequest, PlannedDate, Resolution, Ticket
from asmo_support.tickets.planned import waiting_dates

Waits = InformationRequest | Resolution | PlannedDate


def waiting_for_customer(tickets: Iterable[Ticket]) -> dict[int, list[Waits]]:
    """By the ticket's key: resolution, questions, date; three statements for any number of tickets."""
    keys = [ticket.pk for ticket in tickets]
    questions = InformationRequest.objects.filter(ticket__in=keys, ended_at__isnull=True).select_related("author")
    reviews = Resolution.objects.filter(ticket__in=keys, verdict=Resolution.Verdict.PROPOSED).select_related("author")
    dates = waiting_dates().filter(ticket__in=keys).select_related("author")
    things: list[Waits] = [*reviews, *questions, *dates]
    found: dict[int, list[Waits]] = {}
    for thing in things:
        found.setdefault(thing.ticket_id, []).append(thing)
    return found
