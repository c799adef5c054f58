"""The letter about everything that waited: tickets first where the next step is the reader's."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asmo_support.contracts.models import Contract
from asmo_support.journal.models import Event
from asmo_support.notifications import contracts
from asmo_support.notifications.composing import Letter, inliner, leaving, link, tidy
from asmo_support.notifications.forms import COLLECTED, CUSTOMER, DESK, FORMS
from asmo_support.notifications.values import Values, of_reader
from asmo_support.notifications.wordings import filled
from asmo_support.notifications.words import said_by
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Awaits

SHOWN, SAID = 30, 10


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a thing its reader may read."""

    kind: str
    event: Event
    thing: Ticket | Contract | None

    @property
    def ticket(self) -> Ticket | None:
        return self.thing if isinstance(self.thing, Ticket) else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A thing with what happened to it."""

    head: str
    link: str
    says: tuple[str, ...]
    is_readers_move: bool = False
    more: int = 0


def compose_collected(reader: User, told: Sequence[Told], kind: str) -> Letter:
    """The letter in the reader's language."""
    with translation.override(reader.language):
        passages = sorted(_passages(reader, told), key=lambda one: not one.is_readers_move)
        form = FORMS[f"{DESK if reader.is_staff else CUSTOMER}-{COLLECTED}"]
        texts = filled(form, reader.language, Values(of_reader(reader, _subject(told))))
        page = {
            "texts": texts,
            "ask": _ask(passages),
            "title": texts.subject,
            "passages": passages[:SHOWN],
            "rest": max(len(passages) - SHOWN, 0),
            "link": f"{settings.SITE_URL}{'/desk/' if reader.is_staff else '/'}",
            "act": _("Open the desk") if reader.is_staff else _("Open your tickets"),
            "language": reader.language,
            **leaving(kind),
        }
        text = render_to_string("notifications/collected.txt", page)
        html = inliner().inline(render_to_string("notifications/collected.html", page))
    return Letter(texts.subject, tidy(text), html)


def _passages(reader: User, told: Sequence[Told]) -> list[Passage]:
    things: dict[tuple[str, int], list[Told]] = {}
    for one in told:
        things.setdefault((one.event.thing, one.event.thing_id), []).append(one)
    return [_passage(reader, found) for found in things.values()]


def _passage(reader: User, told: Sequence[Told]) -> Passage:
    thing = told[0].thing
    if isinstance(thing, Contract):
        address = f"{settings.SITE_URL}{'/desk' if reader.is_staff else ''}/contracts/{thing.pk}/"
        says = contracts.subject_of(thing, reader, contracts.days_left(thing, told[-1].event, timezone.now()))
        return Passage(_("Contract %(number)s") % {"number": thing.number}, address, (says,))
    if thing is None:
        raise ValueError("Nothing is told of what may not be read.")
    whose = f"{thing.organization.short_name}: " if reader.is_staff else ""
    said = tuple(dict.fromkeys(said_by(one.event) for one in told))
    move = Awaits.PROVIDER if reader.is_staff else Awaits.CUSTOMER
    return Passage(
        f"№ {thing.number} {whose}{thing.subject}", link(thing, reader), said[-SAID:],
        thing.awaits == move and reader.pk in _concerned(thing), max(len(said) - SAID, 0),
    )  # fmt: skip


def _concerned(ticket: Ticket) -> set[int]:
    return {ticket.requester_id, ticket.author_id, *ticket.assignments.values_list("agent_id", flat=True)}


def _ask(passages: Sequence[Passage]) -> str:
    mine = sum(one.is_readers_move for one in passages)
    if not mine:
        return _("Nothing is needed from you: this is what has happened since the last letter.")
    words = ngettext("%(number)s ticket waits for you: open it.", "%(number)s tickets wait for you: open them.", mine)
    return words % {"number": mine}


def _subject(told: Sequence[Told]) -> str:
    """How many tickets and contracts there is something new about, however much it is."""
    tickets = len({one.event.thing_id for one in told if one.ticket})
    deals = len({one.event.thing_id for one in told if not one.ticket})
    said = []
    if tickets:
        said.append(ngettext("%(number)s ticket", "%(number)s tickets", tickets) % {"number": tickets})
    if deals:
        said.append(ngettext("%(number)s contract", "%(number)s contracts", deals) % {"number": deals})
    return _("What is new: %(things)s") % {"things": ", ".join(said)}
