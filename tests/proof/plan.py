"""Who writes what, in which order, and what must become of it: all known before the first letter is sent."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from asmo_support.channels.email.limits import REASONS

# An address gets ten acknowledgements an hour at most (EI-15); ours stay below, so that each ticket has one.
ENOUGH, REPLIES = 8, 4
# Who names other people's tickets, or names one and cannot prove it, gets two acknowledgements a day.
CLAIMS = 2
# Of a thousand; the rest are new requests.
SHARES = {
    "reply with a mark": 170,
    "reply with a known Message-ID": 60,
    "reply of a colleague": 30,
    "reply nobody vouches for": 30,
    "a stranger's guessed number": 35,
    "another customer's guessed number": 20,
    "another customer's stolen mark": 15,
    "the same letter again": 20,
    "a second copy by another way": 20,
    "out of office": 20,
    "an alarm of a machine": 15,
    "a letter of ours comes back": 20,
    "poison": 30,
}
POISON = ("empty", "headers-too-long", "header-line-too-long", "too-deep", "too-many-parts")
HEAVY, EACH_HEAVY = "out-of-", 2500
assert set(POISON) < set(REASONS)


@dataclass(frozen=True, slots=True)
class Fate:
    """What the row of a letter must say. `ticket`: the letter that made its ticket, itself or an earlier one."""

    state: str
    decision: str = ""
    reason: str = ""
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A letter before it has bytes. `about`: the letter whose ticket, acknowledgement or bytes it needs."""

    n: int
    kind: str
    sender: str
    fate: Fate
    about: int | None = None

    @property
    def makes_ticket(self) -> bool:
        return self.fate.decision in {"new", "claims"}

    @property
    def is_acknowledged(self) -> bool:
        return self.makes_ticket and self.kind != "an alarm of a machine"


@dataclass
class Plan:
    """Letters in waves. What an answer needs was sent two waves before it at least."""

    seed: int
    letters: int
    waves: int
    all: list[Planned] = field(default_factory=list)
    _written: dict[str, int] = field(default_factory=dict)
    _claims: dict[str, int] = field(default_factory=dict)
    _replies: dict[int, int] = field(default_factory=dict)
    _moving: list[int] = field(default_factory=list)
    _openers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._luck = random.Random(self.seed)
        wave: list[int] = []
        for number in range(self.waves):
            ready, wave = wave, []
            for n in range(self.letters * number // self.waves, self.letters * (number + 1) // self.waves):
                one = self._next(n)
                self.all.append(one)
                if one.kind == "new request":
                    wave.append(n)
            self._openers += ready

    def wave(self, number: int) -> list[Planned]:
        return self.all[self.letters * number // self.waves : self.letters * (number + 1) // self.waves]

    @property
    def customers(self) -> int:
        """Customers with three people each who write all this."""
        return 2 + self.letters // (2 * ENOUGH)

    def _next(self, n: int) -> Planned:
        if n and n % EACH_HEAVY == min(self.letters, EACH_HEAVY) // 2:
            return self._poison(n, HEAVY)
        kind = self._luck.choices([*SHARES, "new request"], [*SHARES.values(), 1000 - sum(SHARES.values())])[0]
        return (self._made(n, kind) if kind != "new request" else None) or self._request(n)

    def _made(self, n: int, kind: str) -> Planned | None:
        if kind == "poison":
            return self._poison(n, POISON[n % len(POISON)])
        if kind == "an alarm of a machine":
            return self._ticket(n, kind, "new", self._writer())
        if kind in {"the same letter again", "a second copy by another way"}:
            return self._copy(n, kind)
        if kind == "a letter of ours comes back":
            about = self._moving.pop(0) if self._moving and self._moving[0] in self._openers else None
            fate = Fate("done", "bounce", ticket=about)
            return Planned(n, kind, "mailer-daemon@mx.client.example", fate, about) if about is not None else None
        about = self._answerable()
        return self._answer(n, kind, about) if about is not None else None

    def _answer(self, n: int, kind: str, about: int) -> Planned | None:
        customer = self.all[about].sender
        if kind == "a stranger's guessed number":
            return Planned(n, kind, f"s{n}@elsewhere.example", Fate("held", reason="unknown-sender"), about)
        if kind.startswith("another customer"):
            return self._claim(n, kind, self._writer(not_at=customer.rpartition("@")[2]), about)
        if kind == "reply nobody vouches for":
            return self._claim(n, kind, customer, about)
        if kind == "reply of a colleague":
            customer = f"c@{customer.rpartition('@')[2]}"
        decision = "auto-reply" if kind == "out of office" else "reply"
        return Planned(n, kind, customer, Fate("done", decision, ticket=about), about)

    def _request(self, n: int) -> Planned:
        if self._luck.random() < 0.06:
            # Somebody whose address will be gone: nothing else is written by or to them.
            self._moving.append(n)
            return Planned(n, "new request", f"gone{n}@client0.example", Fate("done", "new", ticket=n))
        return self._ticket(n, "new request", "new", self._writer())

    def _ticket(self, n: int, kind: str, decision: str, sender: str, about: int | None = None) -> Planned:
        self._written[sender] = self._written.get(sender, 0) + 1
        return Planned(n, kind, sender, Fate("done", decision, ticket=n), about)

    def _claim(self, n: int, kind: str, sender: str, about: int) -> Planned | None:
        self._claims[sender] = self._claims.get(sender, 0) + 1
        return self._ticket(n, kind, "claims", sender, about) if self._claims[sender] <= CLAIMS else None

    def _copy(self, n: int, kind: str) -> Planned | None:
        """Of one of the last letters, as when two addresses lead to one folder."""
        of = self._luck.randrange(max(0, n - 9), n) if n else 0
        one = self.all[of] if n else None
        if one is None or one.kind == "poison" or one.fate.decision in {"", "duplicate", "bounce"}:
            return None
        return Planned(n, kind, one.sender, Fate("done", "duplicate", "copy", one.fate.ticket), of)

    def _poison(self, n: int, code: str) -> Planned:
        return Planned(n, "poison", f"p{n}@elsewhere.example", Fate("quarantined", reason=code))

    def _answerable(self) -> int | None:
        """A ticket of somebody who stays, and who has not said too much in it yet (a person may say fifteen things)."""
        fitting: Callable[[int], bool] = lambda n: self._replies.get(n, 0) < REPLIES and n not in self._moving  # noqa: E731
        for _ in range(20):
            n = self._luck.choice(self._openers) if self._openers else None
            if n is not None and fitting(n) and not self.all[n].sender.startswith("gone"):
                self._replies[n] = self._replies.get(n, 0) + 1
                return n
        return None

    def _writer(self, *, not_at: str = "") -> str:
        while True:
            sender = f"{self._luck.choice('ab')}@client{self._luck.randrange(1, self.customers)}.example"
            if self._written.get(sender, 0) < ENOUGH and not sender.endswith(f"@{not_at}"):
                return sender
