"""Perhaps it was asked before: tickets a person may see whose subject shares words with what is being typed."""

import re

from django.db.models import Q

from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket

LOOKED_AT, SHOWN, WORDS = 100, 3, 8
WORD = re.compile(r"[\w-]{4,}")


def similar(user: User, text: str) -> list[Ticket]:
    """At most three, those that share most words first, then the newest. Words are compared without their endings."""
    stems = list(dict.fromkeys(_stem(word) for word in WORD.findall(text.lower())))[:WORDS]
    if not stems:
        return []
    wanted = Q()
    for stem in stems:
        wanted |= Q(subject__icontains=stem)
    rows = Ticket.objects.visible_to(user).filter(wanted).select_related("requester")
    found = [(_shared(ticket.subject, stems), ticket) for ticket in rows.order_by("-id")[:LOOKED_AT]]
    enough = min(2, len(stems))
    best = sorted((one for one in found if one[0] >= enough), key=lambda one: (-one[0], -one[1].pk))
    return [ticket for _count, ticket in best[:SHOWN]]


def _stem(word: str) -> str:
    """A Russian ending is one to three letters long: печатается and печатать share «печат»."""
    return word[: max(4, len(word) - 3)]


def _shared(subject: str, stems: list[str]) -> int:
    lower = subject.lower()
    return sum(stem in lower for stem in stems)
