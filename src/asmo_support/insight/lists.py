"""Lists of tickets: what they are filtered by, and paging by keys, as fast on the last page as on the first."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet

from asmo_support.people.models import User
from asmo_support.tickets.models import Assignment, Ticket
from asmo_support.tickets.queries import for_list
from asmo_support.tickets.states import DONE, State

PAGE = 50
MANY = 99


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked. `state` is a state, "open" or "done"; `assignee` a person's key, "me" or "nobody"."""

    state: str = "open"
    assignee: str = ""
    organization: int | None = None
    mine: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the key of the next page, empty on the last one."""

    rows: list[Ticket]
    next: str


def page(user: User, asked: Filter, after: str = "", size: int = PAGE) -> Page:
    """One page of the tickets this person may see, nearest deadline first; what is done, newest first."""
    rows = chosen(user, asked)
    rows = _done_order(rows, after) if _is_done(asked) else _queue_order(rows, after)
    found = list(for_list(rows)[: size + 1])
    more = len(found) > size
    return Page(found[:size], _key(found[size - 1], done=_is_done(asked)) if more else "")


def count(user: User, asked: Filter) -> int:
    """How many there are, counted no further than 100: a counter must not grow with the table."""
    return chosen(user, asked).values("pk")[: MANY + 1].count()


def chosen(user: User, asked: Filter) -> QuerySet[Ticket]:
    """The tickets a filter names, without order."""
    rows = Ticket.objects.visible_to(user)
    if asked.mine:
        return rows.filter(_my_move(user))
    rows = rows.filter(_state(asked.state))
    if asked.assignee:
        rows = rows.filter(_assigned(user, asked.assignee))
    if asked.organization is not None:
        rows = rows.filter(organization=asked.organization)
    if asked.words:
        rows = rows.filter(_words(asked.words))
    return rows


def _my_move(user: User) -> Q:
    """For the desk: our move, mine or nobody's. For a customer: whatever waits for the customer."""
    if not user.is_staff:
        return Q(state__in=[State.WAITING, State.REVIEW])
    others = Assignment.objects.filter(ticket=OuterRef("pk"))
    return Q(queue=0) & (Exists(others.filter(agent=user)) | ~Exists(others))


def _state(state: str) -> Q:
    if state == "open":
        return Q(queue__in=[0, 1])
    if state == "done":
        return Q(state__in=sorted(DONE))
    return Q(state=state) if state in State else Q()


def _assigned(user: User, assignee: str) -> Q:
    rows = Assignment.objects.filter(ticket=OuterRef("pk"))
    if assignee == "nobody":
        return ~Q(Exists(rows))
    key = user.pk if assignee == "me" else int(assignee) if assignee.isdigit() else 0
    return Q(Exists(rows.filter(agent=key)))


def _words(words: str) -> Q:
    number = words.strip().lstrip("№#").strip()
    if number.isdigit() and len(number) < 19:
        return Q(number=int(number))
    return Q(subject__icontains=words)


def _is_done(asked: Filter) -> bool:
    return not asked.mine and (asked.state == "done" or asked.state in DONE)


def _queue_order(rows: QuerySet[Ticket], after: str) -> QuerySet[Ticket]:
    key = _read(after)
    if key:
        queue, at, pk = int(key[0]), datetime.fromisoformat(str(key[1])), int(key[2])
        later = Q(queue_at__gt=at) | Q(queue_at=at, pk__gt=pk)
        rows = rows.filter(Q(queue__gt=queue) | Q(later, queue=queue))
    return rows.order_by("queue", "queue_at", "pk")


def _done_order(rows: QuerySet[Ticket], after: str) -> QuerySet[Ticket]:
    key = _read(after)
    if key:
        at, pk = datetime.fromisoformat(str(key[1])), int(key[2])
        rows = rows.filter(Q(closed_at__lt=at) | Q(closed_at=at, pk__lt=pk))
    return rows.order_by("-closed_at", "-pk")


def _key(ticket: Ticket, *, done: bool) -> str:
    at = ticket.closed_at if done and ticket.closed_at else ticket.queue_at
    return signing.dumps([ticket.queue, at.isoformat(), ticket.pk], salt="page", compress=True)


def _read(after: str) -> list[int | str]:
    """The key of a page; one that was tampered with starts from the beginning."""
    try:
        return list(signing.loads(after, salt="page")) if after else []
    except signing.BadSignature:
        return []
