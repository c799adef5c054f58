"""What becomes of a letter: pure, from the letter and what the caller knows (EI-14..EI-17, EI-20..EI-22).

Who may do what (security.md 6.1.6); `token` is a mark of ours that holds, `thread` a Message-ID we know:

    sender                  token     authenticated + thread   authenticated + number   anything less
    participant, colleague  Reply     Reply                    Reply (words alone)      Claims
    staff, authenticated    Reply     Claims (held)            Claims (held)            Claims (held)
    staff, unproven         held      held                     held                     held
    anybody else            Claims    Claims                   Claims                   Claims

`number` is our tag in the Subject, «[№ 1042]», of an open ticket the sender may read and write in, where nothing else
names a ticket. Without any sign of a ticket a letter is New. Cc gives nothing.
"""

import re
from dataclasses import dataclass

from asmo_support.channels.email.letter import Letter

SENDER_PER_HOUR = 30
TICKET_PER_HOUR = 15
# Of somebody our mail server vouches for: nothing is sent of our own accord for these, and people write in bursts.
PROVEN_PER_HOUR = 150
SAME_WORDS = 3
# After so many tickets in a day that answer our automatic letters the next such ticket gets none. A letter may name
# another ticket, or only come soon after our letter, as those of somebody diligent do.
NAMED_IN_A_DAY = 2
SOON_IN_A_DAY = 10

_TAG = re.compile(r"\[(?:[^\W\d_][\w .-]{0,20}[ -])?[#№]?\s?(\d{1,9})\]")
# How our own letters name their ticket; other desks have numbers of their own.
_OURS = re.compile(r"\[№\s?(\d{1,9})\]")
_ANSWERS = frozenset({"subject", "auto-submitted", "auto-response-suppress", "robot"})
# Nothing but an answer bears these.
_ALWAYS_ANSWERS = frozenset({"subject", "auto-replied", "receipt"})
# Marks that a person's letter gets on its way: through a list, or from a help desk that only forbids automatic answers.
_OF_THE_WAY = frozenset({"list", "auto-response-suppress"})


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller looked up. Tickets are numbers.

    `tokens`: of marks that hold. `threads`: of Message-IDs of ours or of earlier letters among those the letter
    answers, nearest first. `returned`: of our letters a bounce brings back. `participates`: where the address of the
    sender takes part or belongs to a contact of the same customer. `named`: open tickets our tag in the subject names,
    which the owner of the address may read and write in. `recent_…`: letters of this sender in the last
    hour, letters of this sender in the ticket in the last hour, letters of this sender with the very same words in
    the last day. `named_today`, `soon_today`: tickets that letters of this sender opened in the last day naming another
    one, or right after an automatic letter of ours; `is_soon`: this letter came right after one.
    """

    own_addresses: frozenset[str] = frozenset()
    tokens: tuple[int, ...] = ()
    threads: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    participates: frozenset[int] = frozenset()
    named: tuple[int, ...] = ()
    is_staff: bool = False
    recent_from_sender: int = 0
    recent_in_ticket: int = 0
    recent_same_words: int = 0
    named_today: int = 0
    soon_today: int = 0
    is_soon: bool = False


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report on a letter of ours: mark the address, tell the agent in the ticket."""

    ticket: int | None


@dataclass(frozen=True, slots=True)
class AutoReply:
    """A program answered. May be shown in the ticket, is never answered; it `waits` for a person when in doubt."""

    ticket: int | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """Stopped: nobody is answered, the desk sees it. `reason` is a code. Who may be a person after all waits for one;
    what a program or we ourselves have written is put aside.
    """

    ticket: int | None
    reason: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """An entry of the ticket by this sender, shown to its participants. `by_name`: only the subject names the ticket;
    such words are words, nothing is decided by them.
    """

    ticket: int
    authenticated: bool
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Claims:
    """Says it belongs to a ticket and cannot prove it: a new ticket with a remark, or, when `hold` names a reason, the
    list of doubtful letters. The sender gets the same answer as for a new one. `circles`: as in `New`.
    """

    ticket: int
    authenticated: bool
    may_answer: bool
    hold: str = ""
    circles: bool = False


@dataclass(frozen=True, slots=True)
class New:
    """A new request; `hold` as above. `circles`: it seems to answer our answers, so it gets none; the desk is told."""

    authenticated: bool
    may_answer: bool
    hold: str = ""
    circles: bool = False


Decision = Bounce | AutoReply | Loop | Reply | Claims | New


def decide(letter: Letter, known: Known) -> Decision:
    """The one decision for a letter. Never raises."""
    ticket = next(iter((*known.tokens, *known.threads)), None)
    if letter.bounce:
        return Bounce(next(iter((*known.returned, *known.tokens, *known.threads)), None))
    if reason := _loop(letter, known):
        # Whatever number it names: no more follows than a line for the desk.
        waits = reason != "own-address" and set(letter.machine) <= _OF_THE_WAY
        return Loop(ticket or next(iter(claimed_numbers(letter.subject)), None), reason, waits)
    if letter.is_machine and not _may_be_a_person(letter, known) and (ticket is not None or _answers(letter)):
        named = ticket or _named(letter, known)
        return AutoReply(named, waits=named is None and _by_its_subject_alone(letter, known))
    return _of_ticket(letter, known) or _as_claim(letter, known, hold=_suspicion(letter, known))


def claimed_numbers(subject: str) -> tuple[int, ...]:
    """Numbers in the subject that look like our tag: «[#1042]», «[№ 1042]», «[АСМО-1042]»."""
    return tuple(dict.fromkeys(int(found) for found in _TAG.findall(subject)))


def our_number(subject: str) -> int | None:
    """The ticket a subject names in our own words, when it is the only one there."""
    named = claimed_numbers(subject)
    return named[0] if len(named) == 1 and _OURS.search(subject) else None


def _loop(letter: Letter, known: Known) -> str:
    if letter.sender.email.lower() in {one.lower() for one in known.own_addresses}:
        return "own-address"
    if not letter.verified_syntax:
        # Nobody's letter waits for a person anyway, and is not counted among those of whom it names.
        return ""
    if _speaks_in_a_ticket(letter, known):
        return "too-many-in-ticket" if known.recent_in_ticket >= PROVEN_PER_HOUR else ""
    if known.recent_same_words >= SAME_WORDS:
        return "same-words"
    if known.recent_in_ticket >= TICKET_PER_HOUR:
        return "too-many-in-ticket"
    return "too-many-from-sender" if known.recent_from_sender >= SENDER_PER_HOUR else ""


def _speaks_in_a_ticket(letter: Letter, known: Known) -> bool:
    """A proven participant without a mark of a program: no letter of ours answers these words."""
    return not letter.is_machine and isinstance(_of_ticket(letter, known), Reply) and letter.is_authenticated


def _answers(letter: Letter) -> bool:
    """A program's answer to something, as opposed to an alarm or an order a program sends of its own accord."""
    marks = set(letter.machine)
    return bool(_ALWAYS_ANSWERS & marks) or (bool(letter.thread_ids) and bool(_ANSWERS & marks))


def _by_its_subject_alone(letter: Letter, known: Known) -> bool:
    """«Автоответ: не настроить» of somebody we have written nothing to: people choose such words too."""
    to_us = letter.thread_ids or known.is_soon or claimed_numbers(letter.subject)
    return not to_us and set(letter.machine) <= {"subject", "receipt"}


def _may_be_a_person(letter: Letter, known: Known) -> bool:
    """A participant whose words should not be hidden from the others; still nobody answers them by a program."""
    return bool(known.participates) and set(letter.machine) <= _OF_THE_WAY


def _named(letter: Letter, known: Known) -> int | None:
    """Where the desk sees what a program answered; no more than that follows from a number in the subject."""
    return next((one for one in claimed_numbers(letter.subject) if one in known.participates), None)


def _of_ticket(letter: Letter, known: Known) -> Reply | None:
    """The table of identity: in which ticket this sender speaks, if in any."""
    proven = letter.is_authenticated
    if known.is_staff:
        return Reply(known.tokens[0], authenticated=True) if proven and known.tokens else None
    joined = [number for number in known.tokens if number in known.participates and letter.verified_syntax]
    if proven:
        joined += [number for number in known.threads if number in known.participates]
    if joined:
        return Reply(joined[0], authenticated=proven)
    is_alone = not known.tokens and not known.threads and set(letter.machine) <= _OF_THE_WAY
    return Reply(known.named[0], authenticated=True, by_name=True) if proven and is_alone and known.named else None


def _suspicion(letter: Letter, known: Known) -> str:
    """One of us, or somebody who says so (EI-17)."""
    if not known.is_staff:
        return ""
    return "staff-without-token" if letter.is_authenticated else "staff-unproven"


def _as_claim(letter: Letter, known: Known, *, hold: str) -> Claims | New:
    signs = (*known.tokens, *known.threads, *claimed_numbers(letter.subject))
    circles = known.named_today >= NAMED_IN_A_DAY if signs else known.is_soon and known.soon_today >= SOON_IN_A_DAY
    may_answer = not letter.is_machine and letter.verified_syntax and not hold and not circles
    if not signs:
        return New(letter.is_authenticated, may_answer, hold if not letter.is_authenticated else "", circles)
    return Claims(signs[0], letter.is_authenticated, may_answer, hold, circles)
