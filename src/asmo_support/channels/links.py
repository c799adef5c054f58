"""One-time links: what a letter lets its reader decide without signing in.

A kind of thing that is decided this way is one line of `KINDS`: how to find it, what became of it, and the two deeds,
which are those of the web. A GET shows, a POST acts (mail scanners follow every link); the first verdict, whichever way
it comes, ends all links to the thing.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.email import tokens
from asmo_support.channels.models import Delivery, OneTimeLink
from asmo_support.channels.secrets import letter_keys
from asmo_support.channels.unsubscribing import without_keys
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.people.models import User
from asmo_support.tickets.actions import dates, lifecycle
from asmo_support.tickets.models import PlannedDate, Resolution, Ticket
from asmo_support.tickets.states import Via

LIFE = timedelta(days=30)
RESOLUTION, DATE = "resolution", "date"
ACCEPT, RETURN = "accept", "return"
_PATH = "/links/{key}/{deed}/"
_NOUNS = {ACCEPT: "acceptance", RETURN: "return"}
_BLANK = "-"
_KEYED = re.compile(r"/links/[1-9]\d{0,17}-[a-z2-7]{26}/", re.IGNORECASE)


class Standing(StrEnum):
    """What a link is good for now."""

    OPEN = "open"
    DECIDED = "decided"
    EXPIRED = "expired"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the thing: `verdict` is accept or return."""

    verdict: str
    by: User | None
    at: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the person adds to a verdict: a reason, or the day a counter-offer names."""

    reason: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who decides, in what way, and when it was said; now when left out."""

    by: User
    via: Via
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of the table. `asks` names what a return must bring: a reason, a day."""

    find: Callable[[Ticket, int], Any]
    outcome: Callable[[Any], Outcome | None]
    accept: Callable[[Ticket, int, Voice], object]
    send_back: Callable[[Ticket, int, Voice, Said], object]
    later: Callable[[Ticket, int], Any]
    asks: frozenset[str] = frozenset({"reason"})

    def is_open(self, ticket: Ticket, n: int) -> bool:
        """Whether the thing of this number still waits for a verdict."""
        thing = self.find(ticket, n)
        return thing is not None and self.outcome(thing) is None

    def is_followed(self, ticket: Ticket, n: int) -> bool:
        """Whether a later thing of the same kind waits for a verdict."""
        later = self.later(ticket, n)
        return later is not None and self.outcome(later) is None


@dataclass(frozen=True, slots=True)
class Shown:
    """A link with its thing and what may be done with it. `is_followed`: a later thing waits for its reader."""

    link: OneTimeLink
    standing: Standing
    thing: Any = None
    outcome: Outcome | None = None
    is_followed: bool = False


def make(ticket: Ticket, kind: str, n: int, person: User) -> OneTimeLink:
    """The person's link to this thing; asked for again, as by a reminder, it is good for another term."""
    first = {"organization_id": ticket.organization_id, "nonce": secrets.token_hex(8)}
    term = {"expires_at": timezone.now() + LIFE}
    link, _made = OneTimeLink.objects.update_or_create(
        ticket=ticket, kind=kind, n=n, person=person, defaults=term, create_defaults=first | term
    )
    return link


def blank(deed: str) -> str:
    """The address that stands in the text of a letter until it is sent: it opens nothing."""
    return settings.SITE_URL + _PATH.format(key=_BLANK, deed=_NOUNS[deed])


def address(link: OneTimeLink, deed: str) -> str:
    """The address that opens the page of a verdict."""
    key = tokens.link_key(letter_keys(), link.pk, link.nonce)
    return settings.SITE_URL + _PATH.format(key=key, deed=_NOUNS[deed])


def addresses(link: OneTimeLink) -> list[tuple[str, str]]:
    """Each verdict with its address."""
    return [(deed, address(link, deed)) for deed in _NOUNS]


def filled(text: str, delivery: Delivery) -> str:
    """A text of a letter as its reader gets it."""
    if delivery.link is None:
        return text
    for deed in _NOUNS:
        text = text.replace(blank(deed), address(delivery.link, deed))
    return text


def without_links(text: str) -> str:
    """A text that quotes our letters, with the keys of its links taken out."""
    return without_keys(_KEYED.sub(f"/links/{_BLANK}/", text))


def found(key: str) -> OneTimeLink | None:
    """The link of this key, when we made it."""
    row = OneTimeLink.objects.whole().filter(pk=tokens.link_number(key)).first()
    return row if row and tokens.link_holds(letter_keys(), key, row.nonce) else None


def fresh(link: OneTimeLink) -> OneTimeLink:
    """The same link read anew, when somebody was faster."""
    return OneTimeLink.objects.whole().get(pk=link.pk)


def look(link: OneTimeLink) -> Shown:
    """What stands behind a link now. A person who may no longer see the ticket is told nothing about it."""
    person = link.person
    if not (person.is_active and Ticket.objects.visible_to(person).filter(pk=link.ticket_id).exists()):
        return Shown(link, Standing.DEAD)
    kind = KINDS[link.kind]
    thing = kind.find(link.ticket, link.n)
    if thing is None:
        return Shown(link, Standing.DEAD)
    if outcome := kind.outcome(thing):
        return Shown(link, Standing.DECIDED, thing, outcome, kind.is_followed(link.ticket, link.n))
    expired = link.expires_at <= timezone.now()
    return Shown(link, Standing.EXPIRED if expired else Standing.OPEN, thing)


@transaction.atomic
def use(link: OneTimeLink, deed: str, said: Said) -> None:
    """Decide in the person's name by the deed of the web. Conflict when the link opens nothing any more."""
    link.refresh_from_db(from_queryset=OneTimeLink.objects.whole().select_for_update(of=("self",)))
    if look(link).standing is not Standing.OPEN:
        raise Conflict(_("This link opens nothing any more."))
    link.used_at, link.used_to = timezone.now(), deed
    link.save(update_fields=["used_at", "used_to"])
    kind, voice = KINDS[link.kind], Voice(link.person, Via.LINK)
    if deed == ACCEPT:
        kind.accept(link.ticket, link.n, voice)
    else:
        kind.send_back(link.ticket, link.n, voice, said)


def _resolution(ticket: Ticket, n: int) -> Resolution | None:
    return ticket.resolutions.select_related("author", "decided_by").filter(n=n).first()


def _later_resolution(ticket: Ticket, n: int) -> Resolution | None:
    return ticket.resolutions.filter(n__gt=n).order_by("-n").first()


def _of_resolution(resolution: Resolution) -> Outcome | None:
    if resolution.verdict == Resolution.Verdict.PROPOSED:
        return None
    verdict = ACCEPT if resolution.verdict == Resolution.Verdict.ACCEPTED else RETURN
    return Outcome(verdict, resolution.decided_by, resolution.decided_at, resolution.reason)


def _accept_resolution(ticket: Ticket, n: int, voice: Voice) -> None:
    lifecycle.accept(ticket, by=voice.by, n=n, via=voice.via, at=voice.at)


def _return_resolution(ticket: Ticket, n: int, voice: Voice, said: Said) -> None:
    lifecycle.send_back(ticket, by=voice.by, n=n, reason=said.reason, via=voice.via, at=voice.at)


def _date(ticket: Ticket, n: int) -> PlannedDate | None:
    ours = ticket.planned_dates.filter(side=PlannedDate.Side.PROVIDER, n=n)
    return ours.select_related("author", "decided_by").first()


def _later_date(ticket: Ticket, n: int) -> PlannedDate | None:
    return ticket.planned_dates.filter(side=PlannedDate.Side.PROVIDER, n__gt=n).order_by("-n").first()


def _of_date(offer: PlannedDate) -> Outcome | None:
    if offer.is_open:
        theirs = offer.ticket.planned_dates.filter(
            side=PlannedDate.Side.CUSTOMER, verdict=PlannedDate.Outcome.OFFERED, n__gt=offer.n
        )
        counter = theirs.select_related("author").first()
        return Outcome(RETURN, counter.author, counter.at, counter.reason) if counter else None
    verdict = ACCEPT if offer.verdict == PlannedDate.Outcome.AGREED else RETURN
    return Outcome(verdict, offer.decided_by, offer.decided_at, offer.refusal)


def _agree_to_date(ticket: Ticket, n: int, voice: Voice) -> None:
    dates.agree(ticket, n, by=voice.by, at=voice.at, via=voice.via)


def _offer_another(ticket: Ticket, _n: int, voice: Voice, said: Said) -> None:
    """A counter-offer: the desk's own stays on the table until somebody agrees to one of them."""
    if said.day is None:
        raise Refused(_("Choose the day."), field="day")
    dates.offer(ticket, said.day, said.reason, by=voice.by, at=voice.at, via=voice.via)


KINDS: dict[str, Kind] = {
    RESOLUTION: Kind(_resolution, _of_resolution, _accept_resolution, _return_resolution, _later_resolution),
    DATE: Kind(_date, _of_date, _agree_to_date, _offer_another, _later_date, frozenset({"reason", "day"})),
}
