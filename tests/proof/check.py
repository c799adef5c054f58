"""What the database and the disk hold at the end, against what was planned. Everything is read past our own code."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.proof.plan import HEAVY, Plan, Planned
from tests.proof.raw import digest, files_of, subject_of, text_of
from tests.proof.service import Service

ARRIVALS = """
    SELECT arrival.sha256, arrival.state, arrival.decision, arrival.reason, arrival.ticket_id, arrival.entry_id,
           encode(sha256(arrival.raw), 'hex')
      FROM channels_arrival arrival ORDER BY arrival.id
"""
TICKETS = """
    SELECT ticket.id, ticket.subject, ticket.description, person.email
      FROM tickets_ticket ticket JOIN people_user person ON person.id = ticket.requester_id
"""
ENTRIES = """
    SELECT said.id, said.ticket_id, said.text, person.email
      FROM tickets_message said JOIN people_user person ON person.id = said.author_id WHERE NOT said.internal
"""
FILES = "SELECT ticket_id, message_id, name, sha256 FROM tickets_attachment"
ACKNOWLEDGED = "SELECT ticket_id, address FROM channels_delivery WHERE kind = 'ticket.registered' AND NOT internal"
TOLD_TWICE = (
    "SELECT event_id, address FROM channels_delivery WHERE event_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1"
)
REGISTERED = "SELECT thing_id FROM journal_event WHERE thing = 'ticket' AND kind = 'ticket.registered'"
RETURNED = "SELECT ticket_id FROM channels_delivery WHERE state = 'bounced'"
UNDONE = "SELECT listener, error FROM journal_errand WHERE state <> 'done'"


@dataclass
class Sent:
    """What the mailbox was given: the hash of each letter's bytes."""

    plan: Plan
    hashes: dict[int, str] = field(default_factory=dict)


@dataclass
class Found:
    """Faults by the line of the table they belong to, each in words."""

    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tickets: dict[int, int] = field(default_factory=dict)
    entries: dict[int, int] = field(default_factory=dict)
    quarantined: int = 0

    def add(self, line: str, one: Planned | None, words: object) -> None:
        self.faults[line].append(f"{f'letter {one.n} ({one.kind}): ' if one else ''}{words}")


def check(service: Service, sent: Sent) -> Found:
    found = Found()
    _arrivals(service, sent, found)
    _tickets(service, sent, found)
    _entries(service, sent, found)
    _files(service, sent, found)
    _letters_of_ours(service, sent, found)
    return found


def _arrivals(service: Service, sent: Sent, found: Found) -> None:
    """Each letter is there once, its bytes are whole, and it became what was expected, in the ticket it belongs to."""
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in service.ask(ARRIVALS):
        rows[row[0]].append(row)
    became: dict[int, tuple[Any, ...]] = {}
    for one in sent.plan.all:
        name = sent.hashes[one.n]
        if not rows[name]:
            found.add("lost", one, "is not here")
            continue
        became[one.n] = row = rows[name].pop(0)
        if (row[6] or _hash_of(service.home / "files", name)) != name:
            found.add("lost", one, "its bytes are other")
    left = [row for each in rows.values() for row in each]
    found.faults["doubled"] += [f"a letter that was sent once came twice: {row}" for row in left]
    _take_turns(sent.plan, became)
    for n, row in became.items():
        _became(sent.plan.all[n], row, found)


def _take_turns(plan: Plan, became: dict[int, tuple[Any, ...]]) -> None:
    """Of two copies that wait together either may be treated first: the other one is the copy then."""
    for one in plan.all:
        if one.fate.decision == "duplicate" and one.about in became and one.n in became:
            first, second = became[one.about], became[one.n]
            if first[2] == "duplicate" != second[2]:
                became[one.about], became[one.n] = second, first


def _became(one: Planned, row: tuple[Any, ...], found: Found) -> None:
    _, state, decision, reason, ticket, entry, _ = row
    wanted = one.fate
    if state == "quarantined" and wanted.state == "quarantined":
        found.quarantined += 1
    is_same = (state, decision) == (wanted.state, wanted.decision)
    if not is_same or not (reason.startswith(HEAVY) if wanted.reason == HEAVY else reason == wanted.reason):
        found.add("other", one, f"became {state} {decision} {reason}, not {wanted}")
        return
    if one.makes_ticket:
        found.tickets[one.n] = ticket
    elif ticket != (found.tickets.get(wanted.ticket) if wanted.ticket is not None else None):
        found.add("wrong thread", one, f"is in ticket {ticket}, not in that of letter {wanted.ticket}")
    if wanted.decision == "reply" and entry:
        found.entries[one.n] = entry


def _tickets(service: Service, sent: Sent, found: Found) -> None:
    rows = {row[0]: row[1:] for row in service.ask(TICKETS)}
    for one in sent.plan.all:
        if one.n in found.tickets:
            subject, text, sender = rows.pop(found.tickets[one.n], ("", "", ""))
            wanted = (text_of(one), one.sender)
            if (text.split("\n\n17.11.2026", 1)[0].strip(), sender) != wanted or subject_of(one) not in subject:
                found.add("other", one, f"its ticket says {subject!r} {text!r} by {sender}")
    found.faults["doubled"] += [f"a ticket of no letter: {row}" for row in rows.values()]
    registered = Counter(row[0] for row in service.ask(REGISTERED))
    found.faults["doubled"] += [f"ticket {one} is registered {n} times" for one, n in registered.items() if n > 1]


def _entries(service: Service, sent: Sent, found: Found) -> None:
    rows = {row[0]: row[1:] for row in service.ask(ENTRIES)}
    for one in sent.plan.all:
        if one.fate.decision != "reply" or one.fate.ticket is None:
            continue
        ticket, text, sender = rows.pop(found.entries.get(one.n, 0), (None, "", ""))
        if ticket is None:
            found.add("lost", one, "has no entry")
        elif ticket != found.tickets.get(one.fate.ticket):
            found.add("wrong thread", one, f"its entry is in ticket {ticket}")
        if ticket is not None and (text, sender) != (text_of(one), one.sender):
            found.add("other", one, f"its entry says {text!r} by {sender}")
    found.faults["doubled"] += [f"an entry of no letter: {row}" for row in rows.values()]


def _files(service: Service, sent: Sent, found: Found) -> None:
    """In the rows and on the disk."""
    rows = Counter(service.ask(FILES))
    root = service.home / "files"
    for one in sent.plan.all:
        for name, content in files_of(one, sent.plan.seed).items():
            place = one.fate.ticket if one.fate.decision == "reply" else one.n
            row = (found.tickets.get(place or 0), found.entries.get(one.n), name, digest(content))
            if not rows[row] or _hash_of(root, row[3]) != row[3]:
                found.add("unequal files", one, f"{name} is not as it was sent")
            rows[row] -= 1
    found.faults["unequal files"] += [f"a file nobody sent, or twice: {row}" for row, n in rows.items() if n > 0]


def _letters_of_ours(service: Service, sent: Sent, found: Found) -> None:
    """One acknowledgement for each person's ticket, none for a machine's; what came back is known to have come back."""
    rows = Counter(service.ask(ACKNOWLEDGED))
    for one in sent.plan.all:
        if one.n in found.tickets:
            there, wanted = rows.pop((found.tickets[one.n], one.sender), 0), int(one.is_acknowledged)
            if there != wanted:
                found.add("lost" if there < wanted else "doubled", one, f"has {there} acknowledgements")
    found.faults["doubled"] += [f"an acknowledgement of no letter: {row}" for row in rows]
    found.faults["doubled"] += [f"a notice twice: {row}" for row in service.ask(TOLD_TWICE)]
    came_back = Counter(row[0] for row in service.ask(RETURNED))
    wanted = Counter(found.tickets.get(one.fate.ticket or 0) for one in sent.plan.all if one.fate.decision == "bounce")
    if came_back != wanted:
        found.add("other", None, f"returned: {came_back - wanted}, not known as returned: {wanted - came_back}")
    found.faults["other"] += [f"an errand is not done: {row}" for row in service.ask(UNDONE)]


def _hash_of(root: Path, name: str) -> str:
    path = root / name[:2] / name[2:4] / name
    return digest(path.read_bytes()) if path.exists() else ""
