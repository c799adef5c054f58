"""The calendars of clocks: each clock keeps the version it was counted with."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.sla.queries import DEFAULT, current_key, table_of, version_of
from asmo_support.sla.worktime import WorkTable
from asmo_support.tickets.models import Ticket

_latest = ""


def table() -> WorkTable:
    """The desk's own working time, for everything that is not a clock: reminders, the workday in the page's head.

    What was last seen in force is kept; `refresh` is called by the worker's minute and by whoever publishes.
    """
    return table_of(_latest or refresh())


def table_for(ticket: Ticket) -> WorkTable:
    """The working time the ticket's own clocks count by: what its pages say of hours agrees with its deadlines."""
    return next((table_of(clock.calendar) for clock in ticket.clocks.all()), None) or table()


def refresh() -> str:
    """Look which version of the desk's own calendar is in force: one statement."""
    global _latest  # noqa: PLW0603
    _latest = current_key(DEFAULT)
    return _latest


def said(key: str) -> str:
    """A version of a calendar for people: its name, number and day of publication, and where it comes from."""
    version = version_of(key)
    words = _("%(name)s, version %(n)s of %(day)s") % {
        "name": version.calendar.name,
        "n": version.n,
        "day": date_format(timezone.localtime(version.published_at), "DATE_FORMAT"),
    }
    return f"{words} ({version.source})" if version.source else words
