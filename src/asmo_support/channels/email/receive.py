"""What came in becomes what it is: one letter at a time, each in a transaction of its own, none lost, none twice."""

import logging
import traceback
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone, translation

from asmo_support.channels.email import limits, reading
from asmo_support.channels.email.deciding import act
from asmo_support.channels.email.known import known_about, person_of, words_of
from asmo_support.channels.email.letter import Letter
from asmo_support.channels.email.route import decide
from asmo_support.channels.inbox import raw_of
from asmo_support.channels.models import Arrival
from asmo_support.lib.errors import Unreadable
from asmo_support.lib.text import clean
from asmo_support.people.models import User

BATCH, LIMIT, LONGEST_PAUSE = 50, 5, 300
READ = ("letter_id", "sender", "sender_name", "subject", "words", "authenticated", "may_answer", "person")
BECAME = ("state", "decision", "reason", "detail", "attempts", "due_at", "done_at", "ticket", "entry", "decided_by")
logger = logging.getLogger(__name__)


def drain(limit: int = BATCH) -> int:
    """Treat waiting letters, oldest first; the number treated. To be called again while it is `limit`."""
    treated = 0
    while treated < limit and _next():
        treated += 1
    return treated


@transaction.atomic
def _next() -> bool:
    waiting = Arrival.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=Arrival.State.STORED, due_at__lte=timezone.now()
    )
    arrival = waiting.order_by("due_at", "id").first()
    if arrival is None:
        return False
    try:
        with transaction.atomic(), translation.override(None):
            treat(arrival)
            connection.check_constraints()
    except (OperationalError, InterfaceError):
        raise
    except Unreadable as problem:
        _stub(arrival)
        _quarantine(arrival, str(problem))
    except Exception as problem:
        logger.exception("Letter %s failed", arrival.pk)
        _again(arrival, problem)
    arrival.save(update_fields=[*READ, *BECAME])
    return True


def treat(arrival: Arrival) -> None:
    """Read a locked letter, decide and do it. Raises Unreadable; the caller saves the row."""
    if arrival.size > limits.LETTER:
        raise Unreadable("letter-too-big")
    letter = reading.read(raw_of(arrival), authserv_id=arrival.authserv_id)
    person = describe(arrival, letter)
    if _is_second_copy(arrival):
        return
    act(arrival, letter, decide(letter, known_about(letter, arrival, person)), person)


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
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [arrival.letter_id or arrival.sha256])
    same = Q(sha256=arrival.sha256)
    if arrival.letter_id:
        same |= Q(letter_id=arrival.letter_id, words=arrival.words)
    others = Arrival.objects.defer("raw").filter(same).exclude(pk=arrival.pk)
    first = others.exclude(decision="", state=Arrival.State.STORED).exclude(decision=Arrival.Decision.DUPLICATE)
    found = first.order_by("id").first()
    if found is None:
        return False
    arrival.state, arrival.decision = Arrival.State.DONE, Arrival.Decision.DUPLICATE
    arrival.reason, arrival.detail = "copy", str(found.pk)
    arrival.ticket_id, arrival.done_at = found.ticket_id, timezone.now()
    return True


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
