"""A ticket whose deadlines are counted in Novosibirsk, over a holiday and a weekend."""

from datetime import UTC, datetime

from asmo_support.people.models import User
from asmo_support.sla.actions.calendars import open_calendar
from asmo_support.sla.models import WorkCalendar
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of

# The eve of Russia Day, 14:00 in Novosibirsk, 10:00 in Moscow.
EVE = datetime(2026, 6, 11, 7, 0, tzinfo=UTC)


def distant(customer: User, admin: User) -> Ticket:
    """Registered on a shortened day: three hours on it, five on Monday, till 14:00 there and 10:00 in Moscow."""
    content = WorkCalendar.objects.get(slug="default").versions.get().content
    week = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    calendar = open_calendar("Сибирский филиал", {**content, "zone": "Asia/Novosibirsk", "week": week}, by=admin)
    ticket = ticket_of(customer, at=EVE)
    ticket.clocks.update(calendar=calendar.key)
    return ticket
