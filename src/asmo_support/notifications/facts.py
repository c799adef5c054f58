"""The figures under a letter: both promises of the ticket and how they stand."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.lib import zones
from asmo_support.tickets.models import Clock, Ticket
from asmo_support.tickets.models.clock import ClockState, Target


def deadline(ticket: Ticket, target: str) -> str:
    """When a running clock is due, for a reader; empty when it does not run."""
    clock = ticket.clocks.filter(target=target, state=ClockState.RUNNING).first()
    return moment(clock.due_at) if clock and clock.due_at else ""


def fact_rows(ticket: Ticket, *, for_desk: bool) -> tuple[tuple[str, str], ...]:
    """Pairs of a name and a state, for tickets that are not over."""
    if not ticket.is_open:
        return ()
    rows = [(_name(clock), _state(clock, for_desk=for_desk)) for clock in ticket.clocks.all()]
    return tuple((name, state) for name, state in rows if state)


def moment(at: datetime) -> str:
    """A time as people write it, in the time of the desk and, where it is another one, in the reader's."""
    said = _("%(time)s Moscow time") % {"time": date_format(timezone.localtime(at), "j E, H:i")}
    zone = zones.reader()
    if zone is None or at.astimezone(zone).utcoffset() == timezone.localtime(at).utcoffset():
        return said
    return _("%(said)s (%(time)s your time)") % {"said": said, "time": date_format(at.astimezone(zone), "j E, H:i")}


def _name(clock: Clock) -> str:
    names = {Target.REACTION: pgettext("norm", "Answer"), Target.PLANNED: pgettext("norm", "Planned date"),
             Target.UPDATE: pgettext("norm", "News of progress")}  # fmt: skip
    return names.get(Target(clock.target), pgettext("norm", "Resolution"))


def _state(clock: Clock, *, for_desk: bool) -> str:
    if clock.state == ClockState.RUNNING and clock.due_at:
        late = clock.due_at < timezone.now()
        words = _("was due by %(due)s") if late else _("by %(due)s")
        return words % {"due": moment(clock.due_at)}
    if clock.state == ClockState.PAUSED:
        if for_desk:
            return pgettext("clock in a letter", "stands still, the move is the customer’s")
        return pgettext("clock in a letter", "stands still, the move is yours")
    if clock.state == ClockState.MET and clock.met_at:
        return pgettext("clock in a letter", "given %(time)s") % {"time": moment(clock.met_at)}
    return ""
