"""What becomes of a letter: pure, from the letter and what the caller knows (EI-14..EI-17, EI-20..EI-22).

Who may do what (security.md 6.1.6); `token` is a mark of ours that holds, `thread` a Message-ID we know:

    sender                  token     authenticated + thread   anything less
    participant, colleague  Reply     Reply                    Claims
    staff, authenticated    Reply     Claims (held)            Claims (held)
    staff, unproven         held      held                     held
    anybody else            Claims    Claims                   Claims

Without any sign of a ticket a letter is New. A number in the Subject is never more than a claim. Cc gives nothing.
"""

import re
from dataclasses import dataclass

from asmo_support.channels.email.letter import Letter

SENDER_PER_HOUR = 30
TICKET_PER_HOUR = 15
SAME_WORDS = 3

_TAG = re.compile(r"\[(?:[^\W\d_][\w .-]{0,20}[ -])?[#№]?\s?(\d{1,9})\]")
_ANSWERS = frozenset({"subject", "auto-submitted", "auto-response-suppress", "robot"})


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller looked up. Tickets are numbers.

    `tokens`: of marks that hold. `threads`: of Message-IDs of ours or of earlier letters among those the letter
    answers, nearest first. `returned`: of our letters a bounce brings back. `participates`: where the address of the
    sender takes part or belongs to a contact of the same customer. `recent_…`: letters of this sender in the last
    hour, letters of this sender in the ticket in the last hour, letters of this sender with the very same words in
    the last day.
    """

    own_addresses: frozenset[str] = frozenset()
    tokens: tuple[int, ...] = ()
    threads: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    participates: frozenset[int] = frozenset()
    is_staff: bool = False
    recent_from_sender: int = 0
    recent_in_ticket: int = 0
    recent_same_words: int = 0


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report on a letter of ours: mark the address, tell the agent in the ticket."""

    ticket: int | None


@dataclass(frozen=True, slots=True)
class AutoReply:
    """A program answered. May be shown in the ticket, is never answered."""

    ticket: int | None


@dataclass(frozen=True, slots=True)
class Loop:
    """Stopped: kept, shown to the staff, nothing else happens. `reason` is a code."""

    ticket: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An entry of the ticket by this sender, shown to its participants."""

    ticket: int
    authenticated: bool


@dataclass(frozen=True, slots=True)
class Claims:
    """Says it belongs to a ticket and cannot prove it: a new ticket with a remark, or, when `hold` names a reason, the
    list of doubtful letters. The sender gets the same answer as for a new one.
    """

    ticket: int
    authenticated: bool
    may_answer: bool
    hold: str = ""


@dataclass(frozen=True, slots=True)
class New:
    """A new request; `hold` as above."""

    authenticated: bool
    may_answer: bool
    hold: str = ""


Decision = Bounce | AutoReply | Loop | Reply | Claims | New


def decide(letter: Letter, known: Known) -> Decision:
    """The one decision for a letter. Never raises."""
    ticket = next(iter((*known.tokens, *known.threads)), None)
    if letter.bounce:
        return Bounce(next(iter((*known.returned, *known.tokens, *known.threads)), None))
    if reason := _loop(letter, known):
        return Loop(ticket, reason)
    if letter.is_machine and (ticket is not None or _answers(letter)):
        return AutoReply(ticket)
    if known.is_staff:
        return _staff(letter, known)
    return _customer(letter, known)


def claimed_numbers(subject: str) -> tuple[int, ...]:
    """Numbers in the subject that look like our tag: «[#1042]», «[№ 1042]», «[АСМО-1042]»."""
    return tuple(dict.fromkeys(int(found) for found in _TAG.findall(subject)))


def _loop(letter: Letter, known: Known) -> str:
    if letter.sender.email.lower() in {one.lower() for one in known.own_addresses}:
        return "own-address"
    if known.recent_same_words >= SAME_WORDS:
        return "same-words"
    if known.recent_in_ticket >= TICKET_PER_HOUR:
        return "too-many-in-ticket"
    return "too-many-from-sender" if known.recent_from_sender >= SENDER_PER_HOUR else ""


def _answers(letter: Letter) -> bool:
    """A program's answer to something, as opposed to an alarm or an order a program sends of its own accord."""
    return bool(letter.thread_ids) and bool(_ANSWERS & set(letter.machine))


def _staff(letter: Letter, known: Known) -> Decision:
    """One of us, or somebody who says so (EI-17)."""
    proven = letter.is_authenticated
    if proven and known.tokens:
        return Reply(known.tokens[0], authenticated=True)
    hold = "staff-without-token" if proven else "staff-unproven"
    return _as_claim(letter, known, hold=hold)


def _customer(letter: Letter, known: Known) -> Decision:
    joined = [number for number in known.tokens if number in known.participates and letter.verified_syntax]
    if letter.is_authenticated:
        joined += [number for number in known.threads if number in known.participates]
    if joined:
        return Reply(joined[0], authenticated=letter.is_authenticated)
    return _as_claim(letter, known, hold="")


def _as_claim(letter: Letter, known: Known, *, hold: str) -> Claims | New:
    signs = (*known.tokens, *known.threads, *claimed_numbers(letter.subject))
    may_answer = not letter.is_machine and letter.verified_syntax and not hold
    if not signs:
        return New(letter.is_authenticated, may_answer, hold if not letter.is_authenticated else "")
    return Claims(signs[0], letter.is_authenticated, may_answer, hold)
