"""Lists of tickets: what they are filtered by, and paging by keys, as fast on the last page as on the first."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet

from asmo_support.insight import searching
from asmo_support.people.models import User
from asmo_support.tickets.models import Assignment, Ticket
from asmo_support.tickets.planned import counter_offers, waiting_dates
from asmo_support.tickets.rows import Listed, listed
from asmo_support.tickets.states import AWAITS, DONE, QUEUE, State

PAGE = 50
MANY = 99


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked; all of it holds together. `state` is a state, "open", "done", "all", "undated" (a planned
    date is needed) or "countered" (the customer offers a date); `assignee` a person's key,
    "me" or "nobody". `mine` asks for my move instead of a state, `waiting` adds what is mine but waits for others.
    """

    state: str = "open"
    assignee: str = ""
    organization: int | None = None
    mine: bool = False
    waiting: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the keys of the pages before and after, empty where there is none."""

    rows: list[Listed]
    next: str
    previous: str = ""


def page(user: User, asked: Filter, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """One page of the tickets this person may see, nearest deadline first; what is done, newest first.

    `after` and `before` are keys of another page; one that was tampered with gives the first page.
    """
    done, back, key = _is_done(asked), False, _read(after)
    if not key:
        key = _read(before)
        back = bool(key)
    rows = (_done_order if done else _queue_order)(_along(user, asked), key, back=back)
    narrow = _narrow(user, asked)
    rows = searching.first(rows, narrow, _by_index(user, asked), size + 1) if narrow else rows
    found = listed(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    first, last = (_key(found[0].ticket, done=done), _key(found[-1].ticket, done=done)) if found else ("", "")
    return Page(found, next=last if more or back else "", previous=first if (more if back else key) else "")


def nearest(user: User, asked: Filter, size: int) -> tuple[list[Ticket], bool]:
    """The first tickets of a list without what a row shows of them, and whether there are more."""
    rows = _queue_order(chosen(user, asked), [], back=False).defer("description", "closing_reason")
    found = list(rows[: size + 1])
    return found[:size], len(found) > size


def count(user: User, asked: Filter) -> int:
    """How many there are, counted no further than 100: a counter must not grow with the table."""
    return chosen(user, asked).values("pk")[: MANY + 1].count()


def chosen(user: User, asked: Filter) -> QuerySet[Ticket]:
    """The tickets a filter names, without order."""
    return _along(user, asked).filter(_narrow(user, asked))


def _along(user: User, asked: Filter) -> QuerySet[Ticket]:
    """What an index of the list names: the rows lie in order there."""
    rows = Ticket.objects.visible_to(user)
    rows = rows.filter(_my_move(user, waiting=asked.waiting) if asked.mine else _state(asked.state))
    return rows if asked.organization is None else rows.filter(organization=asked.organization)


def _narrow(user: User, asked: Filter) -> Q:
    """What has to be looked for among them."""
    found = Q(agents=[]) if asked.assignee == "nobody" else Q()
    if asked.assignee and not found:
        found = Q(agents__contains=[_assignee(user, asked)])
    return found & searching.wanted(asked.words) if asked.words else found


def _by_index(user: User, asked: Filter) -> Q:
    """The same, asked so that an index can answer: a specialist's tickets are found by the assignments."""
    if asked.assignee in {"", "nobody"}:
        return _narrow(user, asked)
    own = Q(pk__in=Assignment.objects.filter(agent=_assignee(user, asked)).values("ticket"))
    return own & searching.wanted(asked.words) if asked.words else own


def _my_move(user: User, *, waiting: bool) -> Q:
    """For the desk: our move, mine or nobody's. For a customer: whatever waits for the customer."""
    if not user.is_staff:
        return Q(state__in=[State.WAITING, State.REVIEW]) | Q(pk__in=waiting_dates().values("ticket"))
    move = Q(Q(agents__contains=[user.pk]) | Q(agents=[]), queue=0)
    return move | Q(agents__contains=[user.pk], queue=1) if waiting else move


def _state(state: str) -> Q:
    if state == "open":
        return Q(queue__in=[0, 1])
    if state == "provider":
        return Q(queue=0)
    if state == "done":
        return Q(queue=2)
    if state == "undated":
        return Q(queue__in=[0, 1], planned_owed=True, planned_at__isnull=True)
    if state == "countered":
        return Q(pk__in=counter_offers().values("ticket"))
    # The queue follows from the state; said aloud, it lets the index of what is done serve a single state too.
    return Q(state=state, queue=QUEUE[AWAITS[State(state)]]) if state in State else Q()


def _assignee(user: User, asked: Filter) -> int:
    return user.pk if asked.assignee == "me" else int(asked.assignee) if asked.assignee.isdecimal() else 0


def _is_done(asked: Filter) -> bool:
    return not asked.mine and (asked.state == "done" or asked.state in DONE)


def _queue_order(rows: QuerySet[Ticket], key: list[int | str], *, back: bool) -> QuerySet[Ticket]:
    if key:
        queue, at, pk = int(key[0]), datetime.fromisoformat(str(key[1])), int(key[2])
        side = "lt" if back else "gt"
        beyond = Q(**{f"queue_at__{side}": at}) | Q(queue_at=at, **{f"pk__{side}": pk})
        rows = rows.filter(Q(**{f"queue__{side}": queue}) | Q(beyond, queue=queue))
    return rows.order_by("-queue", "-queue_at", "-pk") if back else rows.order_by("queue", "queue_at", "pk")


def _done_order(rows: QuerySet[Ticket], key: list[int | str], *, back: bool) -> QuerySet[Ticket]:
    if key:
        at, pk = datetime.fromisoformat(str(key[1])), int(key[2])
        side = "gt" if back else "lt"
        rows = rows.filter(Q(**{f"closed_at__{side}": at}) | Q(closed_at=at, **{f"pk__{side}": pk}))
    return rows.order_by("closed_at", "pk") if back else rows.order_by("-closed_at", "-pk")


def _key(ticket: Ticket, *, done: bool) -> str:
    at = ticket.closed_at if done and ticket.closed_at else ticket.queue_at
    return signing.dumps([ticket.queue, at.isoformat(), ticket.pk], salt="page", compress=True)


def _read(after: str) -> list[int | str]:
    """The key of a page; one that was tampered with starts from the beginning."""
    try:
        return list(signing.loads(after, salt="page")) if after else []
    except signing.BadSignature:
        return []
