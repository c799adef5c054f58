"""What waits for the customer: open questions and resolutions under review."""

from collections.abc import Iterable

from asmo_support.tickets.models import InformationRequest, Resolution, Ticket


def waiting_for_customer(tickets: Iterable[Ticket]) -> dict[int, list[InformationRequest | Resolution]]:
    """By the ticket's key, the resolution before the questions; two statements for any number of tickets."""
    keys = [ticket.pk for ticket in tickets]
    questions = InformationRequest.objects.filter(ticket__in=keys, ended_at__isnull=True).select_related("author")
    reviews = Resolution.objects.filter(ticket__in=keys, verdict=Resolution.Verdict.PROPOSED).select_related("author")
    things: list[InformationRequest | Resolution] = [*reviews, *questions]
    found: dict[int, list[InformationRequest | Resolution]] = {}
    for thing in things:
        found.setdefault(thing.ticket_id, []).append(thing)
    return found
