"""Registering a ticket: one way for every channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.catalog.models import Module, Product, Service
from asmo_support.contracts.terms import contracts_for, terms_among
from asmo_support.journal.models import Event
from asmo_support.lib.errors import Refused
from asmo_support.lib.files import Kept
from asmo_support.lib.text import clean, first_words
from asmo_support.people.models import Organization, User
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks
from asmo_support.tickets.actions.filing import attach
from asmo_support.tickets.actions.moving import place, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Clock, FirstLetter, Ticket
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.states import Channel, Coverage, Impact, Kind, Urgency, priority_of

SAME_FORM = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the requester says. Three things are required; the rest the desk can find out."""

    subject: str
    description: str
    kind: Kind
    critical: bool = False
    # Until triage every request counts as standard, unless the desk has said otherwise of its type.
    standard: bool = True
    impact: Impact = Impact.PERSON
    urgency: Urgency = Urgency.NORMAL
    service: Service | None = None
    product: Product | None = None
    module: Module | None = None
    expected_at: date | None = None
    files: Sequence[Kept] = ()
    # All the words of a letter, when the description holds only their beginning.
    whole: str = ""
    # Of a letter: whether its sender is proven.
    proven: bool = True
    follows: Ticket | None = None
    # A form that is sent twice makes one ticket; who means it twice changes a word.
    by_form: bool = False


@transaction.atomic
def register(
    request: Request,
    *,
    by: User,
    requester: User,
    channel: Channel = Channel.WEB,
    at: datetime | None = None,
) -> Ticket:
    """Make a ticket with its number; the clocks start at `at`. The requester gets a letter that says so.

    A ticket that an agent registers in a call has been reacted to at once.
    """
    if requester.organization is None:
        raise Refused(_("A ticket is registered for a customer’s person."), field="requester")
    _check(request)
    form = _form(request, requester) if request.by_form else ""
    if form and (made := _made_by(form, request, by)):
        return made
    now = at or timezone.now()
    ticket = _row(request, by=by, requester=requester, channel=channel, at=now)
    _cover(ticket, requester.organization)
    begun = clocks.begin(ticket)
    ticket.queue_at = place(ticket, begun)
    ticket.save(force_insert=True)
    if request.whole:
        FirstLetter.objects.create(ticket=ticket, organization=ticket.organization, words=clean(request.whole))
    Clock.objects.bulk_create(begun)
    attach(ticket, request.files, by=by)
    if channel == Channel.PHONE and by.is_staff:
        clocks.meet(ticket, Target.REACTION, at=now)
        settle(ticket)
    facts: dict[str, Any] = {"channel": channel, "on_behalf": by.pk != requester.pk} | ({"form": form} if form else {})
    record(ticket, events.REGISTERED, by=by, at=now, **facts)
    return ticket


def _form(request: Request, requester: User) -> str:
    said = [str(requester.pk), request.kind, clean(request.subject), clean(request.description)]
    return sha256("\0".join(said).encode()).hexdigest()


def _made_by(form: str, request: Request, by: User) -> Ticket | None:
    """The ticket this very form has made a moment ago, unless it brings a new file now."""
    with connection.cursor() as cursor:
        # The second of two clicks waits here, and sees what the first one made.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [form, by.pk])
    lately = Ticket.objects.filter(author=by, registered_at__gt=timezone.now() - SAME_FORM).values_list("pk", flat=True)
    event = Event.objects.filter(
        thing=Ticket.journal_name, thing_id__in=list(lately), kind=events.REGISTERED, data__form=form
    ).first()
    made = Ticket.objects.get(pk=event.thing_id) if event else None
    if made and {one.sha256 for one in request.files} <= set(made.attachments.values_list("sha256", flat=True)):
        return made
    return None


def _cover(ticket: Ticket, organization: Organization) -> None:
    """Find the contract it is served under. What none covers is registered all the same and said to be outside."""
    day = ticket.registered_at.astimezone(clocks.MOSCOW).date()
    terms = terms_among(contracts_for(organization), str(ticket.kind), ticket.product_id, day)
    ticket.contract, ticket.coverage = terms.contract, Coverage(terms.coverage)


def _check(request: Request) -> None:
    if not clean(request.subject):
        raise Refused(_("Say in a few words what it is about."), field="subject")
    if not clean(request.description):
        raise Refused(_("Describe what happens."), field="description")
    if request.critical and request.kind != Kind.BUG:
        raise Refused(_("Only a bug can be critical."), field="critical")
    if request.module and request.product and request.module.product_id != request.product.pk:
        raise Refused(_("This module belongs to another product."), field="module")


def _row(request: Request, *, by: User, requester: User, channel: Channel, at: datetime) -> Ticket:
    return Ticket(
        organization=requester.organization, requester=requester, author=by, channel=channel,
        subject=first_words(clean(request.subject), 250), description=clean(request.description),
        is_cut=bool(request.whole), proven=request.proven, kind=request.kind,
        critical=request.critical, standard=request.standard, impact=request.impact, urgency=request.urgency,
        priority=priority_of(request.impact, request.urgency, critical=request.critical),
        service=request.service, product=request.product or (request.module.product if request.module else None),
        module=request.module, expected_at=request.expected_at, follows=request.follows,
        registered_at=at, state_since=at,
        last_word=first_words(request.description), last_word_at=at, last_word_by=by,
    )  # fmt: skip
