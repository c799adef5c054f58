"""The calendar deadlines are counted in. One for everybody until contracts name their own."""

from functools import cache
from typing import cast

from asmo_support.sla.russia import russian_table
from asmo_support.tickets.clockwork import Table

# Written into each clock, so that a deadline can always be explained by the calendar it was counted with.
CALENDAR = "ru-8:45-17:00-1"


@cache
def table() -> Table:
    return cast("Table", russian_table())
