"""The lives of some sixty tickets, each told through the actions, on working days before now. A fixed seed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from asmo_support.config.demo import topics
from asmo_support.config.demo.cast import Company
from asmo_support.config.demo.places import Shelves
from asmo_support.journal.models import Errand
from asmo_support.people.models import User
from asmo_support.tickets import jobs
from asmo_support.tickets.actions import assignment, conversation, lifecycle, opening, planning
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Channel, Impact, Kind, Urgency

SEED = 8451700
NEWS = 495 * 60
# How a story ends and how long ago, in working minutes, it began.
PLOTS: tuple[tuple[str, tuple[int, int]], ...] = (
    *[("new", (10, 190))] * 7,
    *[("work", (60, 700))] * 14,
    *[("question", (150, 2600))] * 7,
    *[("review", (200, 3000))] * 6,
    *[("returned", (500, 1100))] * 4,
    *[("closed", (900, 9000))] * 13,
    *[("cancelled", (1500, 5000))] * 2,
    *[("refused", (2000, 4000))] * 2,
    *[("reopened", (1800, 3000))] * 1,
)


@dataclass(slots=True)
class Teller:
    """Tells one story: who works on it, and the clock that walks through its working time."""

    luck: random.Random
    company: Company
    ticket: Ticket
    agent: User
    at: datetime

    def later(self, least: int, most: int) -> datetime:
        """Some working minutes later, never after now."""
        seconds = self.luck.randint(least, most) * 60
        moment = datetime.fromtimestamp(table().add(int(self.at.timestamp()), seconds), UTC)
        self.at = min(moment, timezone.now() - timedelta(seconds=self.luck.randint(1, 50)))
        return self.at

    def pick(self, texts: tuple[str, ...]) -> Words:
        return Words(text=self.luck.choice(texts))


def live(company: Company, shelves: Shelves) -> None:
    """Tell all stories, oldest first, then let the minute job see what is late."""
    luck, now = random.Random(SEED), timezone.now()  # noqa: S311 - a believable world, not a secret
    for line, plot, begun in sorted(_plan(luck, now), key=lambda one: one[2]):
        teller = _begin(luck, company, shelves, (line, begun))
        PLOT[plot](teller)
    while jobs.tell_breaches(now):
        continue
    # Only the last working day's news becomes letters: nobody wants a hundred of them from the past.
    fresh = datetime.fromtimestamp(table().add(int(now.timestamp()), -NEWS), UTC)
    Errand.objects.filter(Q(event__at__lt=fresh) | Q(event__by=None)).update(state="done")


def _plan(luck: random.Random, now: datetime) -> Iterator[tuple[str, str, datetime]]:
    plots = list(PLOTS)
    luck.shuffle(plots)
    for line, (plot, (least, most)) in zip(topics.TOPICS, plots, strict=False):
        begun = table().add(int(now.timestamp()), -luck.randint(least, most) * 60)
        yield line, plot, datetime.fromtimestamp(begun - luck.randint(0, 59), UTC)


def _begin(luck: random.Random, company: Company, shelves: Shelves, start: tuple[str, datetime]) -> Teller:
    line, begun = start
    kind, place, subject, description = line.split("|", 3)
    requester = luck.choice(company.customers + company.of("Кама-Металл"))
    channel = luck.choice([Channel.WEB, Channel.WEB, Channel.EMAIL, Channel.PHONE])
    author = company.operator if channel == Channel.PHONE and company.operator else requester
    critical = kind == "bug" and luck.random() < 0.12
    request = opening.Request(
        subject=subject,
        description=description,
        kind=Kind(kind),
        critical=critical,
        impact=luck.choice(list(Impact)),
        urgency=Urgency.HIGH if critical else luck.choice(list(Urgency)),
        **_shelves(kind, place, shelves),
        expected_at=timezone.localdate(begun) + timedelta(days=luck.randint(3, 20)) if luck.random() < 0.4 else None,
    )
    ticket = opening.register(request, by=author, requester=requester, channel=channel, at=begun)
    return Teller(luck, company, ticket, luck.choice(company.agents), begun)


def _shelves(kind: str, place: str, shelves: Shelves) -> dict[str, Any]:
    service = {"bug": "bugs", "consultation": "consulting", "change": "changes"}[kind]
    return {"service": shelves[service], "product": shelves[place.split(".", 1)[0]], "module": shelves[place]}


def _new(_story: Teller) -> None:
    """Nobody has touched it yet."""


def _work(story: Teller) -> None:
    assignment.assign(story.ticket, [story.agent], by=story.company.lead or story.agent, at=story.later(5, 110))
    conversation.reply(story.ticket, story.pick(topics.REPLIES), by=story.agent, at=story.later(3, 25))
    if story.luck.random() < 0.5:
        conversation.note(
            story.ticket, story.pick(topics.NOTES), by=story.luck.choice(story.company.agents), at=story.later(5, 60)
        )
    if story.ticket.kind != Kind.CHANGE and story.luck.random() < 0.15:
        reason = "Случай нетиповой: причина в настройках предприятия, срок назначим отдельно."
        planning.triage(
            story.ticket, {"standard": False, "critical": False}, by=story.agent, reason=reason, at=story.later(2, 9)
        )


def _question(story: Teller) -> None:
    _work(story)
    lifecycle.ask(story.ticket, story.pick(topics.QUESTIONS), by=story.agent, at=story.later(5, 60))


def _review(story: Teller) -> None:
    _question(story)
    conversation.reply(story.ticket, story.pick(topics.ANSWERS), by=story.ticket.requester, at=story.later(15, 200))
    lifecycle.propose_resolution(story.ticket, story.pick(topics.RESOLUTIONS), by=story.agent, at=story.later(30, 200))


def _returned(story: Teller) -> None:
    _work(story)
    lifecycle.propose_resolution(story.ticket, story.pick(topics.RESOLUTIONS), by=story.agent, at=story.later(40, 200))
    reason = story.luck.choice(topics.RETURNS)
    lifecycle.send_back(story.ticket, by=story.ticket.requester, reason=reason, at=story.later(60, 160))


def _closed(story: Teller) -> None:
    _returned(story) if story.luck.random() < 0.25 else _work(story)
    lifecycle.propose_resolution(story.ticket, story.pick(topics.RESOLUTIONS), by=story.agent, at=story.later(30, 260))
    lifecycle.accept(story.ticket, by=story.ticket.requester, at=story.later(30, 600))


def _reopened(story: Teller) -> None:
    _closed(story)
    lifecycle.reopen(
        story.ticket, by=story.ticket.requester, reason=story.luck.choice(topics.RETURNS), at=story.later(60, 300)
    )


def _cancelled(story: Teller) -> None:
    _work(story)
    lifecycle.cancel(
        story.ticket, by=story.ticket.requester, reason="Разобрались сами, спасибо.", at=story.later(30, 300)
    )


def _refused(story: Teller) -> None:
    by = story.company.lead or story.agent
    lifecycle.refuse(story.ticket, by=by, reason=story.luck.choice(topics.REFUSALS), at=story.later(20, 100))


PLOT: dict[str, Callable[[Teller], None]] = {
    "new": _new,
    "work": _work,
    "question": _question,
    "review": _review,
    "returned": _returned,
    "closed": _closed,
    "reopened": _reopened,
    "cancelled": _cancelled,
    "refused": _refused,
}
