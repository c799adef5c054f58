"""Letters through a real Dovecot while everything of the service is killed again and again.

    python -m tests.proof.mail [--letters 5000] [--kills 55] [--seed 20261122]

Each wave of letters is put into the mailbox while the one before it is still treated, and somewhere in the middle of the
work one process gets `kill -9`. The seed decides letters, victims and moments.
"""  # fmt: skip

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.parts import dovecot as servers
from tests.parts.dovecot import Dovecot
from tests.proof import command
from tests.proof.check import Found, Sent, check
from tests.proof.plan import Plan, Planned
from tests.proof.raw import Acknowledged, digest, raw_of
from tests.proof.service import KINDS, Service, kill, running

LETTERS, KILLS = 5000, 55
# The worker takes letters in and is killed most.
CHANCES = {"worker": 5, "reader of letters": 3, "web": 2, "PostgreSQL": 3, "a process of PostgreSQL": 3}
DOWNLOADED = 200
USER = "proof"
PROGRESS = "SELECT count(*), count(*) FILTER (WHERE state <> 'stored') FROM channels_arrival"
WAITING = "SELECT count(*) FROM journal_errand WHERE state = 'waiting'"
MARKS = """
    SELECT arrival.sha256, ticket.number, coalesce(said.reply_to, ''), coalesce(said.message_id, '')
      FROM channels_arrival arrival JOIN tickets_ticket ticket ON ticket.id = arrival.ticket_id
      LEFT JOIN channels_delivery said
        ON said.ticket_id = ticket.id AND said.kind = 'ticket.registered' AND NOT said.internal
     WHERE arrival.decision = 'new' AND arrival.sha256 = ANY(%s)
"""
STORED = "SELECT ticket.number, file.id, file.sha256 FROM tickets_attachment file JOIN tickets_ticket ticket ON ticket.id = file.ticket_id ORDER BY file.id"
assert set(CHANCES) == set(KINDS)


@dataclass
class Run:
    """One proof. `killed`: how often each kind of process was."""

    service: Service
    mail: Dovecot
    plan: Plan
    sent: Sent = field(init=False)
    killed: Counter[str] = field(default_factory=Counter)
    pauses: dict[str, list[float]] = field(default_factory=dict)
    _raw: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sent = Sent(self.plan)

    def go(self) -> Found:
        gone = [one.sender.partition("@")[0] for one in self.plan.all if one.sender == f"gone{one.n}@client0.example"]
        self.service.run("people", str(self.plan.customers), *gone, module="tests.proof.lay")
        self.service.take_letters(self.mail.host, self.mail.port, USER)
        luck = random.Random(f"{self.plan.seed}-kills")
        kinds = _shared(self.plan.waves, luck)
        for number, kind in enumerate(kinds):
            self._wave(number, kind, luck)
        self._finish()
        return check(self.service, self.sent)

    def _wave(self, number: int, kind: str, luck: random.Random) -> None:
        """A part of the letters, and the kill it meets."""
        wave = self.plan.wave(number)
        raw = self._raw_of(wave)
        # Somewhere in the work that is left, so that it never piles up.
        left = 2 * (wave[-1].n + 1) - sum(self._progress())
        goal = sum(self._progress()) + luck.random() * left
        posting = threading.Thread(target=self.mail.put, args=(USER, *raw))
        posting.start()
        self.service.until(lambda: sum(self._progress()) >= goal, f"progress in wave {number}")
        kill(self.service, kind, luck)
        self.killed[kind] += 1
        began = time.monotonic()
        if kind != "web":
            now = self._progress()
            self.service.until(lambda: self._progress() != now or self._is_done(wave[-1].n + 1), f"life after {kind}")
        self.pauses.setdefault(kind, []).append(time.monotonic() - began)
        posting.join()

    def _raw_of(self, wave: list[Planned]) -> list[bytes]:
        """The bytes of a wave; what its letters answer has been acknowledged by now, or is waited for."""
        needed = {one.about for one in wave if one.about is not None and one.fate.decision != "duplicate"}
        marks: dict[int, Acknowledged] = {}
        self.service.until(lambda: self._learn(needed, marks), f"acknowledgements of {sorted(needed)}")
        fresh: dict[int, bytes] = {}
        for one in wave:
            original = fresh.get(one.about or 0) or self._raw.get(one.about or 0, b"")
            fresh[one.n] = raw_of(one, self.plan.seed, marks.get(one.about if one.about is not None else -1), original)
            self.sent.hashes[one.n] = digest(fresh[one.n])
        # A copy is one of the last letters.
        self._raw = {n: fresh[n] for n in sorted(fresh)[-12:]}
        return list(fresh.values())

    def _learn(self, needed: set[int], marks: dict[int, Acknowledged]) -> bool:
        names = {self.sent.hashes[n]: n for n in needed}
        rows = self.service.ask(MARKS, list(names)) if names else []
        marks.update({names[row[0]]: Acknowledged(*row[1:]) for row in rows if row[3]})
        return set(marks) == needed

    def _progress(self) -> tuple[int, int]:
        """Letters stored and letters treated."""
        stored, treated = self.service.ask(PROGRESS)[0]
        return stored, treated

    def _is_done(self, letters: int) -> bool:
        return self._progress() == (letters, letters)

    def _finish(self) -> None:
        count = len(self.plan.all)
        self.service.until(lambda: self._is_done(count), f"{count} letters are treated")
        self.service.until(lambda: self.service.ask(WAITING) == [(0,)], "the errands are done")
        self.service.until(lambda: self._marked() == count, "all letters are marked in the mailbox")
        self.service.until(lambda: self.service.get("/health")[0] == 200, "the web server answers")

    def _marked(self) -> int:
        return sum({b"\\Seen", b"$AsmoStored"} <= marks for marks in self.mail.flags(USER).values())

    def unequal_downloads(self) -> list[str]:
        """Files as a reader gets them: some of all that there are."""
        token = self.service.token()
        rows = self.service.ask(STORED)
        some = random.Random(self.plan.seed).sample(rows, min(len(rows), DOWNLOADED))
        wrong = []
        for number, pk, name in some:
            status, content = self.service.get(f"/api/v1/tickets/{number}/attachments/{pk}", token)
            if status != 200 or digest(content) != name:
                wrong.append(f"file {pk} of ticket {number}: {status}")
        return wrong


def _shared(waves: int, luck: random.Random) -> list[str]:
    """A victim for each wave: each kind at least once where there is room, the others by chance."""
    kinds = [*CHANCES, *luck.choices(list(CHANCES), list(CHANCES.values()), k=max(0, waves - len(CHANCES)))][:waves]
    luck.shuffle(kinds)
    return kinds


def prove(letters: int, kills: int, seed: int, say: Callable[[str], None]) -> dict[str, list[str]]:
    """Run it and print the table; the faults, none when all is well."""
    began = time.monotonic()
    with servers.running() as mail, running() as service:
        run = Run(service, mail, Plan(seed, letters, kills))
        found = run.go()
        found.faults["unequal files"] += run.unequal_downloads()
        for line in _table(run, found, time.monotonic() - began):
            say(line)
        code = service.end()
        if code or service.everything():
            found.faults["other"].append(f"it ended with {code} and left {service.everything()}")
    return {line: words for line, words in found.faults.items() if words}


def _table(run: Run, found: Found, seconds: float) -> list[str]:
    planned = Counter(one.kind for one in run.plan.all)
    wanted = sum(one.fate.state == "quarantined" for one in run.plan.all)
    rows = [("seed", run.plan.seed), ("letters", len(run.plan.all))]
    rows += [(f"  {kind}", count) for kind, count in planned.most_common()]
    rows += [("kills", sum(run.killed.values()))]
    rows += [(f"  {kind} (back at work in s: {_pauses(run, kind)})", count) for kind, count in run.killed.items()]
    rows += [(line, len(found.faults[line])) for line in ("lost", "doubled", "wrong thread", "unequal files", "other")]
    rows += [("quarantined of expected", f"{found.quarantined} of {wanted}"), ("seconds", f"{seconds:.0f}")]
    return [f"{name:72}{value:>12}" for name, value in rows]


def _pauses(run: Run, kind: str) -> str:
    took = sorted(run.pauses[kind])
    return f"median {took[len(took) // 2]:.1f}, longest {took[-1]:.1f}"


if __name__ == "__main__":
    sys.exit(command.run(prove, "Letters while everything is killed:", letters=LETTERS, kills=KILLS))
