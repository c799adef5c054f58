"""When a clock falls due: one sum for the deeds, for a preview and for counting a whole desk anew."""

from datetime import date, datetime, timedelta

from asmo_support.sla.worktime import MICRO, WorkTable

Span = tuple[datetime, datetime]
PLANNED = "planned"


def due_of(
    target: str, started_at: datetime, norm: int | None, planned: date | None, pauses: list[Span], table: WorkTable
) -> datetime:
    """A planned date falls due at its day's closing, everything else after its norm of working time."""
    if target == PLANNED and planned:
        return table.moment(table.closing(planned) * MICRO)
    return table.due_at(started_at, timedelta(minutes=norm or 0), pauses)
