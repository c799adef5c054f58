"""How a demo ticket is told: what was asked, and what happened then, in working hours before now."""

from dataclasses import dataclass
from typing import Any

from asmo_support.tickets.states import Channel, Impact, Kind, Urgency

BUG, CHANGE, CONSULTATION = Kind.BUG, Kind.CHANGE, Kind.CONSULTATION
PERSON, DEPARTMENT, ORGANIZATION = Impact.PERSON, Impact.DEPARTMENT, Impact.ORGANIZATION
LOW, NORMAL, HIGH = Urgency.LOW, Urgency.NORMAL, Urgency.HIGH


@dataclass(frozen=True, slots=True)
class Step:
    """A deed: when (working hours before now), which, by whom, in what words."""

    ago: float
    deed: str
    who: str
    text: str = ""
    file: tuple[str, str] | None = None
    more: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A ticket from its registration on. `where` is `product/module` of the catalogue."""

    ago: float
    who: str
    kind: Kind
    where: str
    subject: str
    text: str
    steps: tuple[Step, ...] = ()
    critical: bool = False
    impact: Impact = PERSON
    urgency: Urgency = NORMAL
    channel: Channel = Channel.WEB
    author: str = ""
    expected_in_days: int | None = None
    file: tuple[str, str] | None = None


def take(ago: float, who: str) -> Step:
    return Step(ago, "take", who)


def assign(ago: float, who: str, *agents: str) -> Step:
    return Step(ago, "assign", who, more=agents)


def say(ago: float, who: str, text: str, file: tuple[str, str] | None = None) -> Step:
    return Step(ago, "reply", who, text, file)


def note(ago: float, who: str, text: str) -> Step:
    return Step(ago, "note", who, text)


def ask(ago: float, who: str, text: str) -> Step:
    return Step(ago, "ask", who, text)


def solve(ago: float, who: str, text: str, file: tuple[str, str] | None = None) -> Step:
    return Step(ago, "propose", who, text, file)


def send_back(ago: float, who: str, reason: str) -> Step:
    return Step(ago, "send_back", who, reason)


def accept(ago: float, who: str) -> Step:
    return Step(ago, "accept", who)


def accept_by_phone(ago: float, agent: str, spoken_by: str) -> Step:
    return Step(ago, "accept", agent, more=spoken_by)


def cancel(ago: float, who: str, reason: str = "") -> Step:
    return Step(ago, "cancel", who, reason)


def refuse(ago: float, who: str, reason: str) -> Step:
    return Step(ago, "refuse", who, reason)


def reopen(ago: float, who: str, reason: str) -> Step:
    return Step(ago, "reopen", who, reason)


def offer(ago: float, who: str, in_days: int, reason: str) -> Step:
    """A planned date so many working days from now; a date that is over lies before it."""
    return Step(ago, "date", who, reason, more=in_days)


def agree(ago: float, who: str, n: int) -> Step:
    return Step(ago, "agree", who, more=n)


def agree_by_phone(ago: float, agent: str, n: int, spoken_by: str) -> Step:
    return Step(ago, "agree", agent, more=n, file=None, text=spoken_by)


def decline(ago: float, who: str, n: int, reason: str) -> Step:
    return Step(ago, "decline", who, reason, more=n)


def phone(ago: float, agent: str, minutes: int, note: str = "", *, outgoing: bool = False) -> Step:
    """A talk with the requester that ended then, as an entry of the ticket."""
    return Step(ago, "phone", agent, note, more=(minutes, outgoing))


def triage(ago: float, who: str, reason: str, **changes: Any) -> Step:
    return Step(ago, "triage", who, reason, more=changes)
