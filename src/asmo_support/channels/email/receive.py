"""What came in becomes what it is: one letter after another, none lost, none twice, none at another's expense.

A few letters share a transaction; when the process dies all of them wait as before. Where one of them fails, none is
in, and they are treated anew, each in a savepoint of its own: it spoils no other. They are treated in the order they
came, so that an answer finds what it answers; only the reading of the next one, which changes nothing, goes on beside
the registering of the last.

A letter whose reading takes much longer than letters do is set apart and read in a lane of its own, with all the time
the limits allow. While such letters wait, and while those that come in are slow together, there is less patience and
the smallest, the newest and the oldest have turns: who sends a hundred bombs of whatever size holds up nobody for long,
and nobody waits for ever. An answer to a letter that still waits goes the same way as that letter, after it.
"""

import logging
import math
import time
import traceback
from dataclasses import dataclass
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from asmo_support.channels.email import limits, reading
from asmo_support.channels.email.deciding import act
from asmo_support.channels.email.known import known_about, person_of, words_of
from asmo_support.channels.email.letter import Letter
from asmo_support.channels.email.reading import Ahead
from asmo_support.channels.email.route import decide
from asmo_support.channels.identity import Identity, identity
from asmo_support.channels.inbox import call_worker, raw_of
from asmo_support.channels.models import Arrival
from asmo_support.lib.errors import Unreadable
from asmo_support.lib.text import clean
from asmo_support.people.models import User
from asmo_support.sla.queries import at_once

BATCH, LIMIT, LONGEST_PAUSE = 50, 5, 300
# How many letters share a transaction, and after how long it ends with fewer: nobody waits for another's bad letter.
TOGETHER, LONG_ENOUGH = 16, 0.5
# How much processor time a letter may take before it is set apart: at first, and while others that took it wait.
PATIENCE, WARY = 0.5, 0.1
# Letters of one transaction that together take more of it than this are no usual ones.
SLOW = 0.25
IN_ORDER = ("due_at", "id")
IN_TURN = (("size", "id"), ("-id",), IN_ORDER)
APART = "hard"
READ = ("letter_id", "sender", "sender_name", "subject", "words", "authenticated", "may_answer", "person")
BECAME = ("state", "decision", "reason", "detail", "attempts", "due_at", "done_at", "ticket", "entry", "decided_by")
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))"
_FIRST_COPY = """
    SELECT id, ticket_id FROM channels_arrival
    WHERE id <> %s AND (sha256 = %s OR (letter_id <> '' AND letter_id = %s AND words = %s))
      AND NOT (decision = '' AND state = 'stored') AND decision <> 'duplicate'
    ORDER BY id LIMIT 1
"""


@dataclass(slots=True)
class _Pace:
    """What the last letters were like, and whose turn it is while they are slow."""

    is_slow: bool = False
    turn: int = 0


_pace = _Pace()
# The letter whose reading was begun and that is not treated yet; one at most.
_begun: dict[int, Ahead] = {}
logger = logging.getLogger(__name__)


def drain(limit: int = BATCH) -> int:
    """Treat waiting letters, oldest first; the number treated. To be called again while it is not 0."""
    treated = 0
    while treated < limit and (some := _next(min(TOGETHER, limit - treated))):
        treated += some
    return treated


def _next(most: int) -> int:
    """All together; where one fails none is in yet, and they are treated each for itself; at last the first alone, so
    that those before the one that cannot even be put aside come in.
    """
    for how_many, each_for_itself in ((most, False), (most, True)):
        try:
            return _some(how_many, each_for_itself=each_for_itself)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("Letters failed together")
    return _some(1, each_for_itself=True)


@transaction.atomic
@at_once()
def _some(most: int, *, each_for_itself: bool) -> int:
    is_wary = _pace.is_slow or Arrival.objects.filter(state=Arrival.State.STORED, reason=APART).exists()
    arrivals = _next_ones(most, is_wary=is_wary)
    for other in set(_begun) - {arrival.pk for arrival in arrivals}:
        _begun.pop(other).give_up()
    ours, end, spent = identity(), time.monotonic() + LONG_ENOUGH, 0.0
    _pace.is_slow = _pace.is_slow and bool(arrivals)
    for number, arrival in enumerate(arrivals[:most]):
        if number and time.monotonic() > end:
            # What has been locked must not stay so for long.
            return number
        read = _ahead(arrival)
        if not read.is_done(WARY if is_wary else PATIENCE):
            read.give_up()
            _set_apart(arrival)
            return number + 1
        spent += read.took
        _pace.is_slow = spent > SLOW
        if following := arrivals[number + 1 : number + 2]:
            _begun[following[0].pk] = _ahead(following[0])
        if is_wary and _answers_waiting(arrival, read):
            _set_apart(arrival)
        else:
            _treat(arrival, read, ours, for_itself=each_for_itself or arrival.attempts > 0)
    return len(arrivals[:most])


def _next_ones(most: int, *, is_wary: bool) -> list[Arrival]:
    """The letters of this turn, and one more of those in order: its reading begins while the others are written."""
    rows = _waiting().exclude(reason=APART)
    if not is_wary:
        _pace.turn = 0
        return list(rows.order_by(*IN_ORDER)[: most + 1])
    order = IN_TURN[_pace.turn % len(IN_TURN)]
    _pace.turn += 1
    return list(rows.order_by(*order)[:most])


def drain_apart() -> int:
    """Read the oldest letter that was set apart, then treat it; 1 when there was one. Nothing is locked meanwhile."""
    found = Arrival.objects.filter(state=Arrival.State.STORED, reason=APART, due_at__lte=timezone.now())
    hard = found.order_by("due_at", "id").first()
    if hard is None:
        return 0
    read = Ahead(lambda: raw_of(hard), authserv_id=hard.authserv_id, apart=True)
    read.is_done(math.inf)
    return _treat_apart(hard, read)


@transaction.atomic
@at_once()
def _treat_apart(hard: Arrival, read: Ahead) -> int:
    arrival = _waiting().filter(pk=hard.pk, reason=APART).first()
    if arrival is None:
        return 0
    if _answers_waiting(arrival, read):
        arrival.due_at = timezone.now() + timedelta(seconds=1)
        arrival.save(update_fields=["due_at"])
    else:
        _treat(arrival, read, identity(), for_itself=True)
    return 1


def _waiting() -> QuerySet[Arrival]:
    """Letters to be treated now that nobody else treats."""
    rows = Arrival.objects.select_for_update(skip_locked=True, of=("self",)).select_related("mailbox")
    return rows.filter(state=Arrival.State.STORED, due_at__lte=timezone.now())


def _set_apart(arrival: Arrival) -> None:
    arrival.reason = APART
    arrival.save(update_fields=["reason"])
    call_worker()


def _answers_waiting(arrival: Arrival, read: Ahead) -> bool:
    """Whether it answers a letter that came before it and is not in yet."""
    try:
        ids = read.letter().thread_ids
    except Unreadable:
        return False
    earlier = Arrival.objects.filter(state=Arrival.State.STORED, letter_id__in=ids, pk__lt=arrival.pk)
    return bool(ids) and earlier.exists()


def _ahead(arrival: Arrival) -> Ahead:
    return _begun.pop(arrival.pk, None) or Ahead(lambda: raw_of(arrival), authserv_id=arrival.authserv_id)


def _treat(arrival: Arrival, read: Ahead, ours: Identity, *, for_itself: bool) -> None:
    """Read a locked letter, decide and do it. What cannot be read is put aside; what fails is tried later if it was
    treated for itself, and otherwise raises.
    """
    try:
        _check_size(arrival)
        letter = read.letter()
    except Unreadable as problem:
        _stub(arrival)
        _quarantine(arrival, str(problem))
    else:
        _do_for_itself(arrival, letter, ours) if for_itself else _do(arrival, letter, ours)
    arrival.save(update_fields=[*READ, *BECAME])


def _do(arrival: Arrival, letter: Letter, ours: Identity) -> None:
    with translation.override(None):
        person = describe(arrival, letter)
        if not _is_second_copy(arrival):
            act(arrival, letter, decide(letter, known_about(letter, arrival, person, ours)), person)


def _do_for_itself(arrival: Arrival, letter: Letter, ours: Identity) -> None:
    try:
        with transaction.atomic():
            _do(arrival, letter, ours)
            _check_constraints()
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        logger.exception("Letter %s failed", arrival.pk)
        _again(arrival, problem)


def _check_constraints() -> None:
    """Whatever is checked at the end of a transaction is checked now: a fault is this letter's, not its neighbours'."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def describe(arrival: Arrival, letter: Letter) -> User | None:
    """Write down what the letter says of itself; whose it is."""
    person = person_of(letter)
    arrival.letter_id = letter.message_id[:255] or arrival.letter_id
    arrival.sender, arrival.sender_name = letter.sender.email.lower()[:254], letter.sender.name[:200]
    arrival.subject, arrival.words = letter.subject[:250], words_of(letter)
    arrival.authenticated, arrival.person = letter.is_authenticated, person
    return person


def _is_second_copy(arrival: Arrival) -> bool:
    """The same mail by another way: linked to what the first one became. Other words are never taken for a copy."""
    with connection.cursor() as cursor:
        # Two statements in one message: the second sees what was done while the first one waited.
        cursor.execute(_LOCK + "; " + _FIRST_COPY, [
            arrival.letter_id or arrival.sha256, arrival.pk, arrival.sha256, arrival.letter_id, arrival.words,
        ])  # fmt: skip
        cursor.nextset()
        found = cursor.fetchone()
    if found is None:
        return False
    arrival.state, arrival.decision = Arrival.State.DONE, Arrival.Decision.DUPLICATE
    arrival.reason, arrival.detail = "copy", str(found[0])
    arrival.ticket_id, arrival.done_at = found[1], timezone.now()
    return True


def _check_size(arrival: Arrival) -> None:
    # Of a letter this big only the header was taken: it must not pass for an empty one.
    if arrival.size > limits.LETTER:
        raise Unreadable("letter-too-big")


def _stub(arrival: Arrival) -> None:
    """Who wrote and about what, when the header alone can be read: a person has to decide about it (EI-12)."""
    raw = raw_of(arrival)
    head = raw[: min(limits.header_end(raw), limits.HEADER_BLOCK)]
    try:
        describe(arrival, reading.read(head + b"\r\n\r\n", authserv_id=arrival.authserv_id))
    except Unreadable:
        logger.info("The header of letter %s cannot be read either", arrival.pk)


def _quarantine(arrival: Arrival, reason: str, detail: str = "") -> None:
    arrival.state, arrival.reason, arrival.detail = Arrival.State.QUARANTINED, reason[:40], detail


def _again(arrival: Arrival, problem: Exception) -> None:
    """Try later. What fails again and again waits for a person; a full disk is no fault of the letter and passes."""
    arrival.refresh_from_db(fields=[*READ, *BECAME])
    arrival.attempts = min(arrival.attempts + 1, 1000)
    arrival.due_at = timezone.now() + timedelta(seconds=min(2 ** min(arrival.attempts, 10), LONGEST_PAUSE))
    detail = clean("".join(traceback.format_exception_only(problem)).encode("utf-8", "replace").decode())[:2000]
    if arrival.attempts >= LIMIT and not isinstance(problem, OSError):
        _quarantine(arrival, "failed", detail)
    else:
        arrival.reason, arrival.detail = "again", detail
