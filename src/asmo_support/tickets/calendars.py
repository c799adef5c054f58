"""The calendars of clocks: each clock keeps the version it was counted with."""

from asmo_support.sla.queries import DEFAULT, current_key, table_of
from asmo_support.sla.worktime import WorkTable

_latest = ""


def table() -> WorkTable:
    """The desk's own working time, for everything that is not a clock: reminders, the workday in the page's head.

    What was last seen in force is kept; `refresh` is called by the worker's minute and by whoever publishes.
    """
    return table_of(_latest or refresh())


def refresh() -> str:
    """Look which version of the desk's own calendar is in force: one statement."""
    global _latest  # noqa: PLW0603
    _latest = current_key(DEFAULT)
    return _latest
