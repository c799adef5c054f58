"""What the service knows about a letter before anything is decided: whose it is, which tickets it speaks of."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from asmo_support.channels.email import tokens
from asmo_support.channels.email.letter import Letter
from asmo_support.channels.email.route import SAME_WORDS, Known, claimed_numbers, our_number
from asmo_support.channels.identity import Identity
from asmo_support.channels.models import Arrival, Delivery, Thread
from asmo_support.channels.secrets import letter_keys
from asmo_support.people.lookups import former, person_by_address
from asmo_support.people.models import User
from asmo_support.tickets.access import may_reply
from asmo_support.tickets.events import REGISTERED
from asmo_support.tickets.models import Ticket

_IDS = 60
_SOON = timedelta(minutes=10)
_MOST = 100
_TOLD = """
    SELECT kind, coalesce(sent_at, created_at) FROM channels_delivery
    WHERE address = %s AND automatic AND created_at > %s ORDER BY id DESC LIMIT %s
"""


def person_of(letter: Letter) -> User | None:
    """Whose address it is. An address that can be read in two ways is nobody's (EI-19)."""
    if not letter.verified_syntax:
        return None
    return person_by_address(letter.sender.email)


def known_about(letter: Letter, arrival: Arrival, person: User | None, ours: Identity) -> Known:
    """Everything `route.decide` asks for."""
    held = _tokens(letter)
    threads = tuple(dict.fromkeys(ticket.number for ticket in _tickets_of(letter.thread_ids)))
    returned = tuple(dict.fromkeys(ticket.number for ticket in _tickets_of(letter.original_ids)))
    nearest = next(iter((*held, *threads)), None)
    sender = {letter.sender.email.lower()} if ours.is_own(letter.sender.email) else set()
    named = claimed_numbers(letter.subject)
    told = _told_today(arrival)
    named_today, soon_today = _circles_today(arrival, told, names=bool(held or threads or named))
    return Known(
        own_addresses=ours.own | sender,
        tokens=held,
        threads=threads,
        returned=returned,
        participates=_participates(person, {*held, *threads, *(named if letter.is_machine else ())}),
        named=_named(person, letter.subject),
        is_staff=bool(person and person.is_staff),
        recent_from_sender=_unknown_lately(arrival) if person is None and letter.verified_syntax else 0,
        recent_in_ticket=_in_ticket_lately(arrival, nearest) if nearest else 0,
        recent_same_words=_same_words_lately(arrival, told),
        named_today=named_today,
        soon_today=soon_today,
        is_soon=_is_soon(arrival.stored_at, told),
    )


def words_of(letter: Letter) -> str:
    """A fingerprint of what is said, by whom and with which files; the way it travelled makes no difference."""
    said = [letter.sender.email.lower(), letter.subject, letter.text, letter.html]
    return sha256("\0".join([*said, *(file.sha256 for file in letter.attachments)]).encode()).hexdigest()


def _tokens(letter: Letter) -> tuple[int, ...]:
    found = tokens.claims(letter.recipients, letter.thread_ids)[:_IDS]
    if not found:
        return ()
    numbers = {claim.number for claim in found}
    owners = dict(Ticket.objects.filter(number__in=numbers).values_list("number", "organization_id"))
    # Marks of letters written before a merge name the customer of that time.
    before = former(owners.values())
    keys = letter_keys()
    # A number that does not exist is asked about too: the answer takes as long.
    held = [
        claim.number
        for claim in found
        for owner in (owners.get(claim.number, 0), *before.get(owners.get(claim.number, 0), ()))
        if tokens.holds(keys, claim, owner)
    ]
    return tuple(dict.fromkeys(number for number in held if number in owners))


def _tickets_of(ids: Iterable[str]) -> list[Ticket]:
    asked = list(ids)[:_IDS]
    if not asked:
        return []
    found = {row.letter_id: row.ticket for row in Thread.objects.filter(letter_id__in=asked).select_related("ticket")}
    sent = Delivery.objects.filter(message_id__in=asked, ticket__isnull=False).select_related("ticket")
    found |= {row.message_id: row.ticket for row in sent if row.ticket}
    return [found[one] for one in asked if one in found]


def _participates(person: User | None, numbers: set[int]) -> frozenset[int]:
    """Tickets of the person's own customer; the desk takes part everywhere."""
    if person is None or not numbers:
        return frozenset()
    tickets = Ticket.objects.filter(number__in=numbers)
    if not person.is_staff:
        tickets = tickets.filter(organization__in=person.organization_ids)
    return frozenset(tickets.values_list("number", flat=True))


def _named(person: User | None, subject: str) -> tuple[int, ...]:
    """The open ticket of our tag, when this person may read it and write in it."""
    number = our_number(subject)
    if person is None or person.is_staff or number is None:
        return ()
    found = Ticket.objects.visible_to(person).open().filter(number=number)
    return tuple(ticket.number for ticket in found if may_reply(person, ticket))


def _unknown_lately(arrival: Arrival) -> int:
    """A known person may write as much as there is to say; strangers are counted, nameless letters are nobody's."""
    if not arrival.sender:
        return 0
    since = timezone.now() - timedelta(hours=1)
    mine = Arrival.objects.filter(sender=arrival.sender, person=None, stored_at__gt=since)
    return mine.exclude(pk=arrival.pk).exclude(reason="ambiguous-sender").count()


def _in_ticket_lately(arrival: Arrival, number: int) -> int:
    since = timezone.now() - timedelta(hours=1)
    mine = Arrival.objects.filter(sender=arrival.sender, stored_at__gt=since, ticket__number=number)
    return mine.exclude(pk=arrival.pk).exclude(decision=Arrival.Decision.DUPLICATE).count()


def _told_today(arrival: Arrival) -> list[tuple[str, datetime]]:
    """What we sent this sender of our own accord in the last day: its kind and when it went."""
    since = timezone.now() - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [arrival.sender, since, _MOST])
        told: list[tuple[str, datetime]] = cursor.fetchall()
    return told


def _same_words_lately(arrival: Arrival, told: list[tuple[str, datetime]]) -> int:
    """Only somebody whose letters we have been acknowledging can be in a loop with us."""
    if sum(kind == REGISTERED for kind, _ in told) < SAME_WORDS:
        return 0
    since = timezone.now() - timedelta(days=1)
    same = Arrival.objects.filter(sender=arrival.sender, words=arrival.words, stored_at__gt=since)
    return same.exclude(pk=arrival.pk).exclude(decision=Arrival.Decision.DUPLICATE).count()


def _circles_today(arrival: Arrival, told: list[tuple[str, datetime]], *, names: bool) -> tuple[int, int]:
    """Tickets of the last day that letters of this sender opened naming another, or right after a letter of ours."""
    if not told or not (names or _is_soon(arrival.stored_at, told)):
        return 0, 0
    since = timezone.now() - timedelta(days=1)
    opened = Arrival.objects.filter(sender=arrival.sender, stored_at__gt=since, decision__in=["new", "claims"])
    rows = list(opened.exclude(pk=arrival.pk).values_list("decision", "stored_at").order_by("-id")[:_MOST])
    return sum(one == "claims" for one, _ in rows), sum(_is_soon(at, told) for _, at in rows)


def _is_soon(at: datetime, told: list[tuple[str, datetime]]) -> bool:
    return any(timedelta(0) <= at - sent < _SOON for _, sent in told)
