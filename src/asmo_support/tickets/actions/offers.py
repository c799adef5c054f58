"""The commercial offer for what no contract covers: asked for, made, accepted or declined. Nothing waits for it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions.hearing import heard
from asmo_support.tickets.actions.moving import lock, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import CommercialOffer, Ticket
from asmo_support.tickets.states import Coverage

State = CommercialOffer.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the desk offers: the work in words, its price, its hours when they are counted, and until when."""

    text: str
    cost: Decimal
    minutes: int | None = None
    valid_until: date | None = None


@transaction.atomic
def ask(ticket: Ticket, *, by: User, at: datetime | None = None) -> CommercialOffer:
    """The customer wants to know what it costs. Whoever works on the ticket is told."""
    now = at or timezone.now()
    _outside(lock(ticket))
    offer = _present(ticket) or CommercialOffer(ticket=ticket, organization_id=ticket.organization_id)
    if offer.pk and not offer.is_over:
        raise Conflict(_("An offer has been asked for already."))
    offer.state, offer.asked_at, offer.author, offer.reason = State.ASKED, now, None, ""
    offer.decided_at, offer.decided_by = None, None
    offer.save()
    record(ticket, events.OFFER_ASKED, by=by, at=now)
    return offer


@transaction.atomic
def make(
    ticket: Ticket, proposal: Proposal, *, by: User, seen: str | None = None, at: datetime | None = None
) -> CommercialOffer:
    """Offer the work for a price; a newer offer takes the place of one that is not decided yet. `seen` is the mark of
    the offer the writer began with: a colleague's is not replaced unseen.
    """
    now = at or timezone.now()
    _outside(lock(ticket))
    _check(proposal, now)
    offer = _present(ticket) or CommercialOffer(ticket=ticket, organization_id=ticket.organization_id, asked_at=now)
    if offer.state == State.ACCEPTED:
        raise Conflict(_("The customer has accepted the offer already."))
    if seen is not None and seen != offer.mark:
        words = _("While you were writing, %(name)s has sent another offer. Compare, and send again to replace it.")
        raise Conflict(words % {"name": offer.author or _("somebody")})
    offer.text, offer.cost, offer.minutes = clean(proposal.text), proposal.cost, proposal.minutes
    offer.valid_until, offer.state, offer.author, offer.offered_at = proposal.valid_until, State.OFFERED, by, now
    offer.decided_at, offer.decided_by, offer.reason = None, None, ""
    offer.save()
    heard(ticket, at=now)
    settle(ticket)
    until = proposal.valid_until.isoformat() if proposal.valid_until else ""
    record(ticket, events.OFFER_MADE, by=by, at=now, cost=str(proposal.cost), spent=proposal.minutes, until=until,
           text=offer.text)  # fmt: skip
    return offer


@transaction.atomic
def accept(ticket: Ticket, *, by: User, seen: str | None = None, at: datetime | None = None) -> None:
    """The customer agrees to pay; the desk goes on with the work. `seen` is the mark of the offer that was read."""
    now = at or timezone.now()
    offer = _waiting(lock(ticket))
    _as_seen(offer, seen)
    if not offer.is_valid_on(timezone.localdate(now)):
        raise Refused(_("The offer was valid until %(day)s. Ask for a new one.") % {
            "day": date_format(offer.valid_until, "DATE_FORMAT") if offer.valid_until else ""})  # fmt: skip
    _decide(offer, State.ACCEPTED, by=by, at=now)
    record(ticket, events.OFFER_ACCEPTED, by=by, at=now, cost=str(offer.cost))


@transaction.atomic
def decline(ticket: Ticket, *, by: User, reason: str, seen: str | None = None, at: datetime | None = None) -> None:
    """The customer does not want it so. It may ask for another offer, and the desk may make one. `seen` as with
    `accept`.
    """
    now = at or timezone.now()
    offer = _waiting(lock(ticket))
    _as_seen(offer, seen)
    offer.reason = clean(reason)
    if not offer.reason:
        raise Refused(_("Say why the offer does not suit you."), field="reason")
    _decide(offer, State.DECLINED, by=by, at=now)
    record(ticket, events.OFFER_DECLINED, by=by, at=now, reason=offer.reason)


def recall(ticket: Ticket, *, by: User | None, at: datetime) -> None:
    """A contract covers a locked ticket now: what waits for the customer's money is taken back, and the customer is
    told. What has been accepted stays.
    """
    offer = _present(ticket)
    if offer is None or offer.state not in {State.ASKED, State.OFFERED}:
        return
    if offer.state == State.ASKED:
        # Nothing has been offered yet.
        offer.delete()
        return
    offer.state, offer.decided_by, offer.decided_at = State.RECALLED, by, at
    offer.save(update_fields=["state", "decided_by", "decided_at"])
    record(ticket, events.OFFER_RECALLED, by=by, at=at, cost=str(offer.cost))


def _outside(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise Refused(_("The ticket is over; it cannot be changed."))
    if ticket.coverage != Coverage.OUTSIDE:
        raise Refused(_("The contract covers this ticket: no offer is needed."))


def _check(proposal: Proposal, now: datetime) -> None:
    if not clean(proposal.text):
        raise Refused(_("Say what is offered."), field="text")
    if proposal.cost <= 0:
        words = _("Name a price. What is done without payment needs no offer: change the coverage.")
        raise Refused(words, field="cost")
    if proposal.minutes is not None and proposal.minutes <= 0:
        raise Refused(_("The time must be more than nothing."), field="minutes")
    if proposal.valid_until and proposal.valid_until < timezone.localdate(now):
        raise Refused(_("This day has passed already."), field="valid_until")


def _present(ticket: Ticket) -> CommercialOffer | None:
    return CommercialOffer.objects.filter(ticket=ticket).first()


def _waiting(ticket: Ticket) -> CommercialOffer:
    offer = _present(ticket)
    if not ticket.is_open:
        raise Refused(_("The ticket is over; it cannot be changed."))
    if offer is None or offer.state != State.OFFERED:
        raise Conflict(_("There is no offer that waits for an answer."))
    if ticket.coverage != Coverage.OUTSIDE:
        raise Conflict(_("The contract covers this ticket: no offer is needed."))
    return offer


def _as_seen(offer: CommercialOffer, seen: str | None) -> None:
    if seen is not None and seen != offer.mark:
        raise Conflict(_("The offer has been changed meanwhile. Look at it again before you answer."))


def _decide(offer: CommercialOffer, state: State, *, by: User, at: datetime) -> None:
    offer.state, offer.decided_by, offer.decided_at = state, by, at
    offer.save(update_fields=["state", "decided_by", "decided_at", "reason"])
