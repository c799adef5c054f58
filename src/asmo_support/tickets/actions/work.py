"""Work that was spent on a ticket: written down, struck out. Billable work draws the contract's budget."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.contracts.budgets import charged
from asmo_support.contracts.models import Contract
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Ticket, TimeEntry
from asmo_support.tickets.states import Coverage

DAY = 24 * 60
SAME_FORM = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was done on one day. Billable work is seen by the customer and draws the budget."""

    minutes: int
    day: date
    text: str
    billable: bool = True
    # A form that is sent twice writes one entry; who means it twice changes a word.
    by_form: bool = False


@transaction.atomic
def write_down(ticket: Ticket, work: Work, *, by: User, at: datetime | None = None) -> TimeEntry:
    """Write down one's own work. Going over the contract's budget is said by the page and blocks nothing. On a day
    when the contract is not in force its hours are not drawn, and page and history say so.
    """
    now = at or timezone.now()
    # One's entries are counted one after the other, else two pages could fill a day twice.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if work.by_form and (written := _written(ticket, work, by, now)):
        return written
    _check(ticket, work, by, now)
    named = _locked(ticket.contract_id)
    contract = named if named and named.is_in_force(work.day) else None
    entry = TimeEntry(
        ticket=ticket, organization_id=ticket.organization_id, contract=contract, agent=by, author=by, day=work.day,
        minutes=work.minutes, billable=work.billable, text=clean(work.text), at=now,
    )  # fmt: skip
    beyond = named.number if named and not contract and work.billable else ""
    if work.billable and not beyond:
        entry.charged_minutes = charged(work.minutes, contract.rounding_minutes if contract else 1)
    entry.save(force_insert=True)
    _draw(contract, entry.charged_minutes)
    told = _told(entry) | ({"beyond": beyond} if beyond else {})
    record(ticket, events.WORK, by=by, at=now, internal=not work.billable, **told)
    return entry


@transaction.atomic
def strike_out(entry: TimeEntry, *, by: User, at: datetime | None = None) -> None:
    """Take written work back: the budget gets its hours again, history keeps what was struck out."""
    rows = TimeEntry.objects.select_for_update(of=("self",)).select_related("ticket", "agent")
    row = rows.filter(pk=entry.pk).first()
    if row is None:
        raise Refused(_("This work is struck out already."))
    _draw(_locked(row.contract_id), -row.charged_minutes)
    facts = _told(row) | {"agent": row.agent.name, "text": row.text}
    record(row.ticket, events.WORK_REMOVED, by=by, at=at, internal=not row.billable, **facts)
    row.delete()


def _written(ticket: Ticket, work: Work, by: User, now: datetime) -> TimeEntry | None:
    """What this very form has written a moment ago."""
    same = TimeEntry.objects.filter(ticket=ticket, author=by, at__gt=now - SAME_FORM, day=work.day)
    return same.filter(minutes=work.minutes, billable=work.billable, text=clean(work.text)).first()


def _check(ticket: Ticket, work: Work, by: User, now: datetime) -> None:
    if work.billable and ticket.contract_id and ticket.coverage == Coverage.OUTSIDE:
        words = _("The request is outside the contract, so its hours are not drawn: the offer pays. Untick it.")
        raise Refused(words, field="billable")
    if not clean(work.text):
        raise Refused(_("Say what the time went to."), field="text")
    if work.minutes <= 0:
        raise Refused(_("The time must be more than nothing."), field="minutes")
    if work.day > timezone.localdate(now):
        raise Refused(_("This day has not come yet."), field="day")
    first = timezone.localdate(ticket.registered_at)
    if work.day < first:
        words = _("The ticket was registered on %(day)s: work on it begins with that day.")
        raise Refused(words % {"day": date_format(first, "DATE_FORMAT")}, field="day")
    spent = TimeEntry.objects.filter(agent=by, day=work.day).aggregate(sum=Sum("minutes"))["sum"] or 0
    if spent + work.minutes > DAY:
        words = _("A day has 24 hours: %(hours)s h %(minutes)s min are written down for it already.")
        raise Refused(words % {"hours": spent // 60, "minutes": f"{spent % 60:02}"}, field="minutes")


def _locked(contract_id: int | None) -> Contract | None:
    return Contract.objects.select_for_update(no_key=True).get(pk=contract_id) if contract_id else None


def _draw(contract: Contract | None, minutes: int) -> None:
    if contract and minutes:
        Contract.objects.filter(pk=contract.pk).update(drawn_minutes=F("drawn_minutes") + minutes)


def _told(entry: TimeEntry) -> dict[str, object]:
    return {"spent": entry.minutes, "day": entry.day.isoformat(), "charged": entry.charged_minutes}
