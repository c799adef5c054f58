"""The calendar deadlines are counted in: one for everybody until contracts name their own."""

from asmo_support.sla.russia import russian_table
from asmo_support.sla.worktime import WorkTable

# Written into each clock, so that a deadline can always be explained by the calendar it was counted with.
CALENDAR = "ru-8:45-17:00-1"


def table() -> WorkTable:
    return russian_table()
