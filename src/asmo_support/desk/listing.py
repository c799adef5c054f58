"""The list of tickets as a page shows it: rows under the headings of their deadlines, filters as chips."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from asmo_support.desk.forms.filters import STATES
from asmo_support.insight.lists import Filter
from asmo_support.people.models import User
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.models.ticket import NEVER
from asmo_support.tickets.paid import awaits_offer
from asmo_support.tickets.planned import date_at_risk
from asmo_support.tickets.readings import Reading
from asmo_support.tickets.rows import Listed
from asmo_support.tickets.states import QUEUE, Awaits

ADDRESS = ("state", "assignee", "customer", "words")


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in a list. `move`: mine, our (a colleague's), theirs or done."""

    ticket: Ticket
    move: str
    readings: Mapping[str, Reading]
    people: Sequence[User]
    own_word: bool
    unheard: bool
    undated_at_risk: bool

    @property
    def who(self) -> User | None:
        """The specialist who answers."""
        return self.people[0] if self.people else None

    @property
    def name(self) -> str:
        return self.people[0].name if self.people else _("nobody")

    @property
    def number(self) -> str:
        return str(self.ticket.number)

    @property
    def look(self) -> str:
        """The classes of the row: new to us, not our move."""
        return (" row--new" if self.unheard else "") + (" row--theirs" if self.move in {"theirs", "done"} else "")

    @property
    def speaker(self) -> str:
        """Who said the last word, by surname."""
        by = self.ticket.last_word_by
        return _("You") if self.own_word else by.name.rsplit(" ", 1)[-1] if by else "АСМО"

    @property
    def alive(self) -> bool:
        """A clock runs or waits."""
        alive = (self.reaction, self.resolution, self.planned)
        return any(one is not None and one.remaining_minutes is not None for one in alive)

    @property
    def reaction(self) -> Reading | None:
        return self.readings.get("reaction")

    @property
    def resolution(self) -> Reading | None:
        return self.readings.get("resolution")

    @property
    def planned(self) -> Reading | None:
        """The clock of the planned date; none when a norm took its place."""
        found = self.readings.get("planned")
        return found if found and found.state != "cancelled" else None

    @property
    def update(self) -> Reading | None:
        """The clock of news, while they are owed."""
        found = self.readings.get("update")
        return found if found and found.remaining_minutes is not None else None


@dataclass(slots=True)
class Group:
    """Rows under one heading. `count` is None where the next page may go on with it."""

    key: str
    title: str
    rows: list[Row] = field(default_factory=list)
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that holds, and the address without it."""

    name: str
    value: str
    without: str


def row_of(one: Listed, user: User, now: datetime) -> Row:
    ticket, by = one.ticket, one.ticket.last_word_by
    return Row(
        ticket=ticket,
        move=move_of(ticket, user),
        readings=one.readings(now),
        people=one.people,
        own_word=ticket.last_word_by_id == user.pk,
        # The customer spoke last and it is our move: nobody has answered yet.
        unheard=by is not None and not by.is_staff and ticket.awaits == Awaits.PROVIDER,
        undated_at_risk=date_at_risk(ticket, one.clocks, now),
    )


def move_of(ticket: Ticket, user: User) -> str:
    """Whose move it is, seen by this person of the desk. An offer that is not answered waits for the customer."""
    if awaits_offer(ticket):
        return "theirs"
    if ticket.awaits != Awaits.PROVIDER:
        return "theirs" if ticket.awaits == Awaits.CUSTOMER else "done"
    return "mine" if user.is_working and (user.pk in ticket.agents or not ticket.agents) else "our"


def groups(tickets: Iterable[Listed], user: User, now: datetime, *, more: bool) -> list[Group]:
    """Rows in the order they came, under a heading for each stretch of deadlines."""
    end = datetime.fromtimestamp(table().closing(timezone.localdate(now)), tz=now.tzinfo)
    rows = [row_of(one, user, now) for one in tickets]
    found = [
        Group(key, _title(key, now, end), list(part)) for key, part in groupby(rows, lambda row: _key(row, now, end))
    ]
    for group in found:
        group.count = len(group.rows)
    if found and more:
        found[-1].count = None
    return found


def address(asked: QueryDict, **changes: str) -> str:
    """The list's address with other conditions; an empty value takes one away. Paging starts anew."""
    said = {name: asked.get(name, "") for name in ADDRESS} | changes
    query = QueryDict(mutable=True)
    for name, value in said.items():
        if value:
            query[name] = value
    return "?" + query.urlencode()


def here(asked: QueryDict) -> str:
    """The address with its conditions, open for one more parameter."""
    known = address(asked)
    return known + ("&" if len(known) > 1 else "")


def chips(asked: QueryDict, filter_: Filter, *, who: str, customer: str) -> list[Chip]:
    """The conditions that hold, each with the address without it."""
    found = []
    if filter_.mine:
        found.append(Chip(_("Specialist"), _("me or nobody"), address(asked, state="open")))
    elif filter_.state != "all":
        label = title_of(filter_.state, str(dict(STATES).get(filter_.state, "")))
        found.append(Chip(_("State"), label, address(asked, state="all")))
    if filter_.assignee:
        special = {"me": _("me"), "nobody": _("nobody")}
        found.append(Chip(_("Specialist"), special.get(filter_.assignee) or who or "?", address(asked, assignee="")))
    if filter_.organization is not None:
        found.append(Chip(_("Customer"), customer or "?", address(asked, customer="")))
    if filter_.words:
        found.append(Chip(_("Words"), filter_.words, address(asked, words="")))
    return found


def title_of(state: str, label: str) -> str:
    special = {"": _("My move"), "open": _("Open tickets"), "all": _("All tickets"), "done": _("Finished tickets")}
    return special.get(state) or capfirst(str(label))


def _key(row: Row, now: datetime, end: datetime) -> str:
    ticket = row.ticket
    if ticket.queue != QUEUE[Awaits.PROVIDER]:
        return "waiting" if ticket.queue == QUEUE[Awaits.CUSTOMER] else "done"
    if ticket.queue_at >= NEVER:
        return "undated"
    if ticket.queue_at <= now:
        return "late"
    return "today" if ticket.queue_at <= end else "later"


def _title(key: str, now: datetime, end: datetime) -> str:
    today, last = timezone.localdate(now), timezone.localtime(end)
    if key == "today":
        hour = date_format(last, "G:i")
        if last.date() == today:
            return _("Today until %(hour)s") % {"hour": hour}
        return _("%(day)s, until %(hour)s") % {"day": capfirst(date_format(last, "l, j E")), "hour": hour}
    if key == "later":
        following = table().working_day_after(last.date(), 1)
        return _("%(day)s, and later") % {"day": capfirst(date_format(following, "l, j E"))}
    titles = {"late": _("Overdue"), "undated": _("Without a deadline"), "waiting": _("The customer’s move"),
              "done": _("Finished")}  # fmt: skip
    return titles[key]
