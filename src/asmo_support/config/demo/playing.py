"""The stories are played in the order of time, each deed by its action, so that history is true to the last event."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from asmo_support.channels.models import Call
from asmo_support.channels.phone import keeping
from asmo_support.config.demo.catalogue import Catalogue
from asmo_support.config.demo.story import Step, Story
from asmo_support.lib.files import Kept, keep
from asmo_support.people.models import User
from asmo_support.tickets import jobs
from asmo_support.tickets.actions import assignment, conversation, dates, lifecycle, offers, opening, planning, work
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.calendars import table
from asmo_support.tickets.models import Ticket

FILE_LIMIT = 1 << 20
HOUR = timedelta(hours=1)


@dataclass
class Stage:
    """Where the stories are played: the people, the catalogue, and the tickets so far."""

    people: dict[str, User]
    catalogue: Catalogue
    now: datetime
    tickets: dict[int, Ticket] = field(default_factory=dict)

    def when(self, ago: float) -> datetime:
        """So many working hours before now."""
        return table().moment(table().add(int(self.now.timestamp()), -round(ago * 3600)) * 1_000_000)

    def day(self, number: int) -> date:
        """The working day that is so many working days from today, before or after."""
        day, step = timezone.localdate(self.now), timedelta(days=1 if number > 0 else -1)
        while number:
            day += step
            number -= (1 if number > 0 else -1) * bool(table().calendar.hours(day))
        return day

    def play(self, stories: list[Story]) -> None:
        """Tell all stories together, oldest deed first; the minute's job looks in once an hour, as it would in life."""
        deeds: list[tuple[float, int, Story | Step]] = [
            (story.ago, place, story) for place, story in enumerate(stories)
        ]
        deeds += [(step.ago, place, step) for place, story in enumerate(stories) for step in story.steps]
        looked = None
        for ago, place, deed in sorted(deeds, key=lambda one: (-one[0], one[1], isinstance(one[2], Step))):
            at = self.when(ago)
            if looked is None or at - looked >= HOUR:
                jobs.run_minute(at)
                looked = at
            self._do(deed, place, at)
        jobs.run_minute(self.now)

    def _do(self, deed: Story | Step, place: int, at: datetime) -> None:
        if isinstance(deed, Story):
            self.tickets[place] = self._register(deed, at)
        else:
            DEEDS[deed.deed](self, self.tickets[place], deed, {"by": self.people[deed.who], "at": at})

    def _register(self, story: Story, at: datetime) -> Ticket:
        requester = self.people[story.who]
        expected = at.date() + timedelta(days=story.expected_in_days) if story.expected_in_days else None
        request = opening.Request(
            subject=story.subject, description=story.text, kind=story.kind, critical=story.critical,
            impact=story.impact, urgency=story.urgency, service=self.catalogue.service(story.kind),
            module=self.catalogue.module(story.where), expected_at=expected, files=_kept(story.file),
        )  # fmt: skip
        by = self.people[story.author] if story.author else requester
        return opening.register(request, by=by, requester=requester, channel=story.channel, at=at)


By = dict[str, Any]


def _take(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    assignment.take(ticket, **by)


def _assign(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    assignment.assign(ticket, [stage.people[key] for key in step.more], **by)


def _accept(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    lifecycle.accept(ticket, spoken_by=stage.people[step.more] if step.more else None, **by)


def _triage(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    planning.triage(ticket, step.more, reason=step.text, **by)


def _date(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    dates.offer(ticket, stage.day(step.more), step.text, **by)


def _agree(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    dates.agree(ticket, step.more, spoken_by=stage.people[step.text] if step.text else None, **by)


def _decline(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    dates.decline(ticket, step.more, step.text, **by)


def _spoken(action: Callable[..., Any]) -> Callable[[Stage, Ticket, Step, By], None]:
    def play(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
        action(ticket, Words(text=step.text, files=_kept(step.file)), **by)

    return play


def _reasoned(action: Callable[..., Any]) -> Callable[[Stage, Ticket, Step, By], None]:
    def play(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
        action(ticket, reason=step.text, **by)

    return play


def _work(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    minutes, billable = step.more
    spent = work.Work(minutes=minutes, day=timezone.localdate(by["at"]), text=step.text, billable=billable)
    ticket.refresh_from_db()
    work.write_down(ticket, spent, **by)


def _ask_offer(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    offers.ask(ticket, **by)


def _offer(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    cost, minutes = step.more
    until = timezone.localdate(stage.now) + timedelta(days=14)
    offers.make(ticket, offers.Proposal(text=step.text, cost=cost, minutes=minutes, valid_until=until), **by)


def _phone(stage: Stage, ticket: Ticket, step: Step, by: By) -> None:
    minutes, outgoing = step.more
    person = ticket.requester
    said = keeping.Spoken(
        direction=Call.Direction.OUT if outgoing else Call.Direction.IN, typed=person.phone, minutes=minutes,
        note=step.text, person=person,
    )  # fmt: skip
    keeping.put_into(keeping.add_call(said, **by), ticket, **by)


DEEDS: dict[str, Callable[[Stage, Ticket, Step, By], None]] = {
    "take": _take,
    "assign": _assign,
    "reply": _spoken(conversation.reply),
    "note": _spoken(conversation.note),
    "ask": _spoken(lifecycle.ask),
    "propose": _spoken(lifecycle.propose_resolution),
    "send_back": _reasoned(lifecycle.send_back),
    "accept": _accept,
    "cancel": _reasoned(lifecycle.cancel),
    "refuse": _reasoned(lifecycle.refuse),
    "reopen": _reasoned(lifecycle.reopen),
    "triage": _triage,
    "work": _work,
    "phone": _phone,
    "ask_offer": _ask_offer,
    "offer": _offer,
    "date": _date,
    "agree": _agree,
    "decline": _decline,
}


def _kept(file: tuple[str, str] | None) -> list[Kept]:
    if file is None:
        return []
    name, text = file
    chunks = [text.encode()]
    return [keep(chunks, settings.FILES_ROOT, name=name, kind="text/plain; charset=utf-8", limit=FILE_LIMIT)]
