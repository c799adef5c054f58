"""The planned date as a negotiation: the desk offers a day, the customer agrees, declines or offers another one."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.sla.queries import table_of
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks
from asmo_support.tickets.actions.hearing import heard
from asmo_support.tickets.actions.moving import lock, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import PlannedDate, Ticket
from asmo_support.tickets.planned import why_not

Side, Outcome = PlannedDate.Side, PlannedDate.Outcome
FURTHEST = timedelta(days=5 * 366)


@transaction.atomic
def offer(
    ticket: Ticket, date: date, reason: str, *, by: User, at: datetime | None = None, via: str = ""
) -> PlannedDate:
    """Offer a day, with a reason the other side reads. It takes the place of one's own offer that is still open.

    The desk's is in force at once and counts as reaction; an agreed date stays until the customer accepts the new
    one. The customer's changes nothing until the desk accepts it.
    """
    now = at or timezone.now()
    _open(ticket)
    text = _required(reason, _("Say why this date: the other side will read it."))
    side = Side.PROVIDER if by.is_staff else Side.CUSTOMER
    _check_day(ticket, date, side, now)
    _close(ticket, Outcome.REPLACED, at=now, side=side)
    made = PlannedDate(ticket=ticket, organization_id=ticket.organization_id, side=side, author=by, date=date, at=now)
    made.n, made.reason = (ticket.planned_dates.aggregate(last=Max("n"))["last"] or 0) + 1, text
    made.save(force_insert=True)
    if made.is_ours:
        heard(ticket, at=now)
        if not ticket.planned_agreed:
            _put_in_force(ticket, date, agreed=False, at=now)
    settle(ticket, by=by, word=text, at=now)
    record(ticket, events.PLANNED, by=by, at=now, n=made.n, side=side, date=date.isoformat(), reason=text, via=via)
    return made


@transaction.atomic
def agree(
    ticket: Ticket, n: int, *, by: User, spoken_by: User | None = None, at: datetime | None = None, via: str = ""
) -> PlannedDate:
    """Accept the other side's offer: its date is agreed and in force, every other offer is over.

    `spoken_by` is the customer's person who said so by phone to the agent `by`.
    """
    now = at or timezone.now()
    _open(ticket)
    chosen = _offered(ticket, n)
    _check_speaker(ticket, chosen, by, spoken_by)
    _check_ahead(ticket, chosen.date, now)
    _decide(chosen, Outcome.AGREED, by=spoken_by or by, at=now)
    if spoken_by:
        chosen.recorded_by = by
        chosen.save(update_fields=["recorded_by"])
    _close(ticket, Outcome.SETTLED, at=now)
    if by.is_staff and not chosen.is_ours:
        clocks.spoke(ticket, at=now)
    _put_in_force(ticket, chosen.date, agreed=True, at=now)
    settle(ticket)
    record(ticket, events.PLANNED_AGREED, by=by, at=now, n=n, side=chosen.side, date=chosen.date.isoformat(),
           spoken_by=spoken_by.name if spoken_by else "", via=via)  # fmt: skip
    return chosen


@transaction.atomic
def decline(ticket: Ticket, n: int, reason: str = "", *, by: User, at: datetime | None = None) -> PlannedDate:
    """Turn the other side's offer down with a reason; the date in force stays. One's own offer is taken back.

    The desk cannot take back the date in force: it offers another one.
    """
    now = at or timezone.now()
    _open(ticket)
    chosen, text = _offered(ticket, n), clean(reason)
    own = chosen.is_ours == by.is_staff
    if own and chosen.is_ours and not ticket.planned_agreed:
        raise Refused(_("This date is in force: offer another one instead."))
    chosen.refusal = text if own else _required(reason, _("Say why this date does not suit: the other side reads it."))
    _decide(chosen, Outcome.RECALLED if own else Outcome.DECLINED, by=by, at=now)
    if by.is_staff:
        clocks.spoke(ticket, at=now)
    settle(ticket, by=by, word="" if own else text, at=now)
    record(ticket, events.PLANNED_RECALLED if own else events.PLANNED_DECLINED, by=by, at=now, n=n, side=chosen.side,
           date=chosen.date.isoformat(), reason=text)  # fmt: skip
    return chosen


def lapse(ticket: Ticket, *, by: User, at: datetime) -> None:
    """The ticket that was locked is over: nobody has to answer what was offered."""
    for one in ticket.planned_dates.filter(verdict=Outcome.OFFERED):
        one.verdict, one.decided_at = Outcome.LAPSED, at
        one.save(update_fields=["verdict", "decided_at"])
        record(ticket, events.PLANNED_LAPSED, by=by, at=at, n=one.n, side=one.side, date=one.date.isoformat())


def _open(ticket: Ticket) -> None:
    lock(ticket)
    words = why_not(ticket)
    if words:
        raise Conflict(words)


def _check_day(ticket: Ticket, day: date, side: str, now: datetime) -> None:
    zone = table_of(clocks.calendar_of(ticket)).calendar.zone
    today = now.astimezone(zone).date()
    if day < today:
        raise Refused(_("A planned date lies ahead: from today on."), field="date")
    if day > today + FURTHEST:
        raise Refused(_("Check the year."), field="date")
    _check_ahead(ticket, day, now)
    if ticket.planned_agreed and day == ticket.planned_at:
        raise Refused(_("This very date is agreed already."), field="date")
    if ticket.planned_dates.filter(verdict=Outcome.OFFERED, date=day).exclude(side=side).exists():
        raise Refused(_("The other side offers this very date: agree to it."), field="date")


def _check_ahead(ticket: Ticket, day: date, now: datetime) -> None:
    if clocks.falls_due(ticket, day) <= now:
        raise Refused(_("This working day is over: choose a later date."), field="date")


def _offered(ticket: Ticket, n: int) -> PlannedDate:
    found = ticket.planned_dates.filter(n=n, verdict=Outcome.OFFERED).first()
    if found is None:
        raise Conflict(_("This offer is not open any more: somebody may have answered it already."))
    return found


def _check_speaker(ticket: Ticket, chosen: PlannedDate, by: User, spoken_by: User | None) -> None:
    if not by.is_staff and (spoken_by or not chosen.is_ours):
        raise Refused(_("Your own offer is for the support desk to accept."))
    if by.is_staff and chosen.is_ours and spoken_by is None:
        raise Refused(_("Name the person of the customer who agreed."), field="spoken_by")
    if by.is_staff and spoken_by and not chosen.is_ours:
        raise Refused(_("This is the customer’s own offer: nobody else has to agree."), field="spoken_by")
    if spoken_by and spoken_by.organization_id is None:
        raise Refused(_("Only a person of the customer agrees for the customer."), field="spoken_by")


def _put_in_force(ticket: Ticket, day: date, *, agreed: bool, at: datetime) -> None:
    ticket.planned_at, ticket.planned_agreed = day, agreed
    ticket.save(update_fields=["planned_at", "planned_agreed"])
    clocks.plan(ticket, at=at)


def _close(ticket: Ticket, verdict: str, *, at: datetime, side: str = "") -> None:
    still = ticket.planned_dates.filter(verdict=Outcome.OFFERED)
    (still.filter(side=side) if side else still).update(verdict=verdict, decided_at=at)


def _decide(chosen: PlannedDate, verdict: str, *, by: User, at: datetime) -> None:
    chosen.verdict, chosen.decided_by, chosen.decided_at = verdict, by, at
    chosen.save(update_fields=["verdict", "decided_by", "decided_at", "refusal"])


def _required(text: str, words: str) -> str:
    value = clean(text)
    if not value:
        raise Refused(words, field="reason")
    return value
