"""What is said before a form is sent: when an answer is due, and what the contract covers. Nothing is refused here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract
from asmo_support.contracts.terms import OUTSIDE, Basis, Terms, basis_of, terms_among
from asmo_support.sla.layers import LayeredCalendar
from asmo_support.sla.queries import table_of
from asmo_support.sla.russia import MOSCOW
from asmo_support.sla.spans import Calendar
from asmo_support.tickets.states import Kind
from asmo_support.ui.templatetags.zones import zone_said


@dataclass(frozen=True, slots=True)
class Promise:
    """The norms of a kind as moments, were it registered now, and the contract it would be served under."""

    kind: str
    reaction_minutes: int | None
    reaction_at: datetime | None
    resolution_minutes: int | None
    resolution_at: datetime | None
    contract: Contract | None
    hours: str


def promises(contracts: Sequence[Contract], now: datetime, *, special: str = "") -> list[Promise]:
    """One for each kind of request, in the order of the form; the kind `special` is asked for in a way not standard."""
    day, known = timezone.localdate(now), dict[int | None, Basis]()
    found = []
    for kind in (Kind.BUG, Kind.CONSULTATION, Kind.CHANGE):
        terms = terms_among(contracts, kind.value, None, day)
        key = terms.contract.pk if terms.contract else None
        known[key] = known.get(key) or basis_of(terms.contract, day)
        found.append(_promise(kind, terms, known[key], now, standard=kind != special))
    return found


def ended(contracts: Sequence[Contract], day: date) -> Contract | None:
    """The contract that ended last, when none is in force any more."""
    over = [one for one in contracts if one.ends_on and one.ends_on < day]
    alive = any(one.is_in_force(day) for one in contracts)
    return None if alive else max(over, key=lambda one: one.ends_on or day, default=None)


def _promise(kind: Kind, terms: Terms, basis: Basis, now: datetime, *, standard: bool) -> Promise:
    norms = basis.promise(kind.value, critical=False, standard=standard).norms
    table = table_of(basis.calendar)

    def at(minutes: int | None) -> datetime | None:
        return table.due_at(now, timedelta(minutes=minutes)) if minutes else None

    return Promise(
        kind=kind.value,
        reaction_minutes=norms.reaction_minutes,
        reaction_at=at(norms.reaction_minutes),
        resolution_minutes=norms.resolution_minutes,
        resolution_at=at(norms.resolution_minutes),
        contract=terms.contract if terms.coverage != OUTSIDE else None,
        hours=_hours(table.calendar),
    )


def _hours(calendar: Calendar) -> str:
    """Mon–Fri 8:45–17:00 Moscow time: the plain week, without holidays and transferred days."""
    monday = date(2024, 1, 1)
    week = calendar.week if isinstance(calendar, LayeredCalendar) else ()
    said = []
    for hours, days in groupby(range(len(week)), key=lambda day: week[day]):
        named = [date_format(monday + timedelta(days=day), "D") for day in days]
        if hours:
            spans = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in hours)
            said.append(f"{'–'.join(dict.fromkeys((named[0], named[-1])))} {spans}")
    zone = _("Moscow time") if calendar.zone.key == MOSCOW else zone_said(calendar.zone)
    return f"{'; '.join(said)} {zone}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"
