"""Notices into a mail server that breaks at every moment, while the worker and the database are killed between 250 and
the row that says so.

    python -m tests.proof.out [--letters 5000] [--kills 20] [--seed 20261122]
"""  # fmt: skip

import contextlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.parts.letters import SUPPORT
from tests.proof import command
from tests.proof import sink as breaking
from tests.proof.service import Service, running
from tests.proof.sink import NEVER, NEVER_TEXT, Sink

LETTERS, KILLS = 5000, 20
# Of a thousand letters; the others meet nothing.
SHARES = {
    breaking.CUT_BEFORE: 30,
    breaking.CUT_WITHIN: 20,
    breaking.CUT_AFTER_DOT: 30,
    breaking.CUT_AFTER_YES: 30,
    breaking.LATER: 20,
    breaking.LATER_TEXT: 20,
    NEVER: 10,
    NEVER_TEXT: 10,
}
REFUSED = frozenset({NEVER, NEVER_TEXT})
# After these the letter is tried again soon.
CUTS = (breaking.CUT_BEFORE, breaking.CUT_WITHIN, breaking.CUT_AFTER_DOT)
WORKER, DATABASE = "worker killed after 250", "PostgreSQL killed after 250"
# What lets the same letter come again: its fate could not be known or not be written down.
REPEATS = frozenset({breaking.CUT_AFTER_DOT, WORKER, DATABASE})
ROWS = "SELECT address, state, message_id, answer, ticket_id, id FROM channels_delivery WHERE kind = 'proof'"
WAITING = "SELECT count(*) FROM channels_delivery WHERE state = 'queued'"
FAILED = "SELECT (data->>'delivery')::bigint, thing_id FROM journal_event WHERE kind = 'ticket.letter-failed'"


@dataclass
class Run:
    service: Service
    sink: Sink
    letters: int
    planned: dict[str, list[str]]
    faults: dict[str, list[str]] = field(default_factory=dict)

    def go(self) -> None:
        self.sink.deeds = {WORKER: self._kill_worker, DATABASE: self._kill_database}
        for address, kinds in self.planned.items():
            self.sink.breaks[address] = list(kinds)
        self.service.run("people", "1", module="tests.proof.lay")
        options = ["--host", "127.0.0.1", "--port", str(self.sink.port), "--security", "none"]
        self.service.run("mail", "server", "set", SUPPORT, *options)
        self.service.run("notices", str(self.letters), module="tests.proof.lay")
        self.service.until(lambda: self.service.ask(WAITING) == [(0,)], "nothing waits to be sent", 600)
        self._check()

    def _is_shown(self, ticket: int, pk: int) -> bool:
        """Who works on the ticket sees that the letter did not arrive, and what the server said."""
        number = self.service.ask("SELECT number FROM tickets_ticket WHERE id = %s", ticket)[0][0]
        letters, history = (
            json.loads(self.service.get(f"/api/v1/tickets/{number}/{what}?limit=100", self.token)[1])["items"]
            for what in ("notifications", "history")
        )
        (letter,) = [one for one in letters if one["id"] == pk]
        said = [one["text"] for one in history if one["kind"] == "ticket.letter-failed"]
        return letter["state"] == "failed" and any(letter["answer"] in one for one in said)

    def _check(self) -> None:
        self.token = self.service.token()
        rows = {row[0]: row[1:] for row in self.service.ask(ROWS)}
        told = Counter(self.service.ask(FAILED))
        faults: dict[str, list[str]] = {"never sent": [], "other Message-ID": [], "needless repeats": [], "other": []}
        for n in range(self.letters):
            address = address_of(n)
            kinds, row = self.planned.get(address, []), rows.pop(address, None)
            if row is None:
                faults["other"].append(f"{address} has no row")
                continue
            state, name, answer, ticket, pk = row
            taken, whole = self.sink.taken[address], self.sink.whole[address]
            is_refused = bool(REFUSED & set(kinds))
            if not is_refused and not taken:
                faults["never sent"].append(f"{address}: {kinds}, {state} {answer}")
            if (state, told[pk, ticket]) != (("failed", 1) if is_refused else ("sent", 0)):
                faults["other"].append(f"{address}: {kinds}, {state} {answer}, told {told[pk, ticket]} times")
            if is_refused and not self._is_shown(ticket, pk):
                faults["other"].append(f"{address}: nobody sees that it was refused")
            if set(whole) - {name}:
                faults["other Message-ID"].append(f"{address}: {whole}, not {name}")
            if len(whole) > 1 + sum(kind in REPEATS for kind in kinds):
                faults["needless repeats"].append(f"{address}: {kinds}, {len(whole)} times")
        faults["other"] += [f"a letter of nobody: {row}" for row in rows.values()]
        faults["other"] += [f"has not happened: {address} {left}" for address, left in self.sink.breaks.items() if left]
        self.faults = faults

    def _kill_worker(self, say_yes: Callable[[], None]) -> None:
        """It stands still before it can read the 250, so that it never writes down what it has not read."""
        (pid,) = self.service.named("worker")
        os.kill(pid, signal.SIGSTOP)
        say_yes()
        os.kill(pid, signal.SIGKILL)

    def _kill_database(self, say_yes: Callable[[], None]) -> None:
        """With its sessions: they would end a transaction that is nearly done."""
        victims = [*self.service.named("PostgreSQL"), *self.service.named("a process of PostgreSQL")]
        for pid in victims:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        say_yes()


def address_of(n: int) -> str:
    return f"n{n}@sink.example"


def planned(letters: int, kills: int, seed: int) -> dict[str, list[str]]:
    """What happens to each letter that meets anything; one in 25 of those meets two things."""
    luck = random.Random(seed)
    found: dict[str, list[str]] = {}
    kinds, shares = [*SHARES, ""], [*SHARES.values(), 1000 - sum(SHARES.values())]
    for n in range(letters):
        kind = luck.choices(kinds, shares)[0]
        if kind:
            before = luck.choices(CUTS, k=int(luck.random() < 1 / 25))
            found[address_of(n)] = [*before, kind]
    for place, n in enumerate(sorted(luck.sample(range(letters // 20, letters), kills))):
        found[address_of(n)] = [DATABASE if place % 4 == 3 else WORKER]
    return found


def prove(letters: int, kills: int, seed: int, say: Callable[[str], None]) -> dict[str, list[str]]:
    """Run it and print the table; the faults, none when all is well."""
    began = time.monotonic()
    with breaking.serving() as sink, running() as service:
        run = Run(service, sink, letters, planned(letters, kills, seed))
        run.go()
        for line in _table(run, seed, time.monotonic() - began):
            say(line)
        code = service.end()
        if code or service.everything():
            run.faults["other"].append(f"it ended with {code} and left {service.everything()}")
    return {line: words for line, words in run.faults.items() if words}


def _table(run: Run, seed: int, seconds: float) -> list[str]:
    happened = Counter(kind for _, kind in run.sink.happened)
    ours = [run.sink.whole[address_of(n)] for n in range(run.letters)]
    rows: list[tuple[str, object]] = [("seed", seed), ("notices", run.letters)]
    rows += [(f"  {kind}", count) for kind, count in sorted(happened.items())]
    rows += [("received whole once", sum(len(one) == 1 for one in ours))]
    rows += [("received whole more than once", sum(len(one) > 1 for one in ours))]
    rows += [(line, len(words)) for line, words in run.faults.items()]
    rows += [("seconds", f"{seconds:.0f}")]
    return [f"{name:72}{value:>12}" for name, value in rows]


if __name__ == "__main__":
    sys.exit(command.run(prove, "Notices into a breaking server:", letters=LETTERS, kills=KILLS))
