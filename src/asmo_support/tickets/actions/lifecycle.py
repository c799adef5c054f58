"""From work to the end: questions, resolutions, the customer's verdict, refusal, reopening."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks, dates
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.actions.filing import attach
from asmo_support.tickets.actions.moving import lock, move, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import InformationRequest, Pause, Resolution, Ticket
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.states import State

REOPEN_WITHIN = timedelta(days=14)


@transaction.atomic
def ask(ticket: Ticket, words: Words, *, by: User, at: datetime | None = None) -> InformationRequest:
    """Ask the customer. Resolution time stands until the answer; several questions may be open."""
    now = at or timezone.now()
    lock(ticket)
    text = _required(words.text, _("Write the question."), "text")
    if ticket.state != State.WAITING:
        move(ticket, State.WAITING, at=now)
    question = InformationRequest(ticket=ticket, organization_id=ticket.organization_id, author=by, text=text, at=now)
    question.n = (ticket.requests.aggregate(last=Max("n"))["last"] or 0) + 1
    question.save(force_insert=True)
    attach(ticket, words.files, by=by, to=question)
    clocks.meet(ticket, Target.REACTION, at=now)
    clocks.pause(ticket, Pause.Why.QUESTION, at=now)
    settle(ticket, by=by, word=text, at=now)
    record(ticket, events.ASKED, by=by, at=now, request=question.pk, n=question.n)
    return question


@transaction.atomic
def propose_resolution(ticket: Ticket, words: Words, *, by: User, at: datetime | None = None) -> Resolution:
    """Send a resolution for checking. The resolution norm is met; open questions are withdrawn."""
    now = at or timezone.now()
    lock(ticket)
    text = _required(words.text, _("Describe the resolution."), "text")
    move(ticket, State.REVIEW, at=now)
    resolution = Resolution(ticket=ticket, organization_id=ticket.organization_id, author=by, text=text, at=now)
    resolution.n = (ticket.resolutions.aggregate(last=Max("n"))["last"] or 0) + 1
    resolution.save(force_insert=True)
    attach(ticket, words.files, by=by, to=resolution)
    ticket.requests.filter(ended_at__isnull=True).update(ended_at=now)
    clocks.meet(ticket, Target.REACTION, at=now)
    clocks.deliver(ticket, at=now)
    ticket.pauses.filter(ended_at__isnull=True).update(ended_at=now)
    clocks.pause(ticket, Pause.Why.REVIEW, at=now)
    settle(ticket, by=by, word=text, at=now)
    record(ticket, events.PROPOSED, by=by, at=now, resolution=resolution.pk, n=resolution.n)
    return resolution


@transaction.atomic
def accept(
    ticket: Ticket,
    *,
    by: User,
    n: int | None = None,
    spoken_by: User | None = None,
    via: str = "",
    at: datetime | None = None,
) -> None:
    """The customer is content; the ticket is closed.

    `spoken_by` is who said so by phone, or wrote so in a letter (`via`), to the agent `by`.
    """
    now = at or timezone.now()
    lock(ticket)
    _accept(ticket, _under_review(ticket, n), by=by, at=now, spoken_by=spoken_by, via=via)


@transaction.atomic
def send_back(
    ticket: Ticket, *, by: User, reason: str, n: int | None = None, via: str = "", at: datetime | None = None
) -> None:
    """Return the resolution for rework. Resolution time goes on where it stopped."""
    now = at or timezone.now()
    lock(ticket)
    text = _required(reason, _("Say what is still wrong."), "reason")
    resolution = _under_review(ticket, n)
    move(ticket, State.IN_WORK, at=now)
    resolution.reason = text
    _decide(resolution, Resolution.Verdict.RETURNED, by=by, at=now)
    clocks.resume(ticket, at=now)
    settle(ticket, by=by, word=text, at=now)
    record(ticket, events.RETURNED, by=by, at=now, resolution=resolution.pk, n=resolution.n, reason=text, via=via)


@transaction.atomic
def cancel(ticket: Ticket, *, by: User, reason: str = "", at: datetime | None = None) -> None:
    """The customer ends the ticket. With a resolution under review that is acceptance; the reason is kept with it."""
    now = at or timezone.now()
    lock(ticket)
    if ticket.state == State.REVIEW:
        _accept(ticket, _under_review(ticket, None), by=by, at=now, reason=clean(reason))
        return
    move(ticket, State.CANCELLED, at=now, reason=clean(reason))
    ticket.requests.filter(ended_at__isnull=True).update(ended_at=now)
    clocks.cancel(ticket, at=now)
    settle(ticket)
    record(ticket, events.CANCELLED, by=by, at=now, reason=clean(reason))
    dates.lapse(ticket, by=by, at=now)


@transaction.atomic
def refuse(ticket: Ticket, *, by: User, reason: str, at: datetime | None = None) -> None:
    """Decline the request with a reason the customer reads. It counts as reaction."""
    now = at or timezone.now()
    lock(ticket)
    text = _required(reason, _("Say why it is refused."), "reason")
    clocks.meet(ticket, Target.REACTION, at=now)
    move(ticket, State.REFUSED, at=now, reason=text)
    ticket.requests.filter(ended_at__isnull=True).update(ended_at=now)
    clocks.cancel(ticket, at=now)
    settle(ticket)
    record(ticket, events.REFUSED, by=by, at=now, reason=text)
    dates.lapse(ticket, by=by, at=now)


@transaction.atomic
def reopen(ticket: Ticket, *, by: User, reason: str, at: datetime | None = None) -> None:
    """Take a closed ticket back to work within 14 days: a return for rework, resolution time goes on."""
    now = at or timezone.now()
    lock(ticket)
    text = _required(reason, _("Say why it has to be reopened."), "reason")
    closed_at = ticket.closed_at
    if closed_at and now - closed_at > REOPEN_WITHIN:
        raise Refused(
            _("The ticket was closed more than 14 days ago. Register a new one; it will be linked to this one.")
        )
    move(ticket, State.IN_WORK, at=now)
    if closed_at:
        Pause.objects.create(ticket=ticket, organization_id=ticket.organization_id, why=Pause.Why.CLOSED,
                             started_at=closed_at, ended_at=now)  # fmt: skip
    clocks.resume(ticket, at=now)
    settle(ticket, by=by, word=text, at=now)
    record(ticket, events.REOPENED, by=by, at=now, reason=text)


def _accept(
    ticket: Ticket, resolution: Resolution, *, by: User, at: datetime, spoken_by: User | None = None, **facts: Any
) -> None:
    """Close a locked ticket. `facts` are what history keeps: the way it was said, the reason that was given."""
    move(ticket, State.CLOSED, at=at)
    resolution.reason = facts.get("reason", "")
    _decide(resolution, Resolution.Verdict.ACCEPTED, by=spoken_by or by, at=at)
    if spoken_by:
        resolution.recorded_by = by
        resolution.save(update_fields=["recorded_by"])
    ticket.pauses.filter(ended_at__isnull=True).update(ended_at=at)
    settle(ticket)
    record(ticket, events.ACCEPTED, by=by, at=at, resolution=resolution.pk, n=resolution.n,
           spoken_by=spoken_by.name if spoken_by else "", **facts)  # fmt: skip
    dates.lapse(ticket, by=by, at=at)


def _under_review(ticket: Ticket, n: int | None) -> Resolution:
    resolution = ticket.resolutions.filter(verdict=Resolution.Verdict.PROPOSED).first()
    if resolution is None or (n is not None and resolution.n != n):
        raise Conflict(_("There is no such resolution under review: somebody may have answered already."))
    return resolution


def _decide(resolution: Resolution, verdict: Resolution.Verdict, *, by: User, at: datetime) -> None:
    resolution.verdict, resolution.decided_by, resolution.decided_at = verdict, by, at
    resolution.save(update_fields=["verdict", "decided_by", "decided_at", "reason"])


def _required(text: str, words: str, field: str) -> str:
    value = clean(text)
    if not value:
        raise Refused(words, field=field)
    return value
