"""Which notices a person may do without, in one table. What is not in it is personal and always comes at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from asmo_support.journal.models import Event
from asmo_support.notifications.models import Mode
from asmo_support.people.models import User
from asmo_support.people.roles import Role
from asmo_support.tickets import events
from asmo_support.tickets.models import Ticket

PROGRESS, ENTRUSTED, COLLEAGUES = "progress", "entrusted", "colleagues"
DEADLINES, BREACHES, CONTRACTS = "deadlines", "breaches", "contracts"
# What a link in a collected letter switches off: all of them.
EVERYTHING = "all"
# News of one's own ticket that asks for nothing.
COURSE = frozenset({events.TAKEN, events.ASSIGNED, events.TRIAGED})


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of the page: what it is, whom it is for, how it comes to who has chosen nothing."""

    code: str
    # Lazily translated.
    label: Any
    hint: Any
    offered: Callable[[User], bool]
    default: str = Mode.NOW


def _customer(user: User) -> bool:
    return not user.is_staff


def _sees_colleagues(user: User) -> bool:
    return _customer(user) and (
        user.is_coordinator or bool(user.organization and user.organization.visibility != "own")
    )


def _hears_of_contracts(user: User) -> bool:
    return user.role in {Role.OPERATOR, Role.LEAD, Role.COORDINATOR}


KINDS = {
    one.code: one
    for one in (
        Kind(
            PROGRESS,
            _("How my tickets go"),
            _("Taken to work, another specialist, other conditions: news that asks nothing of you."),
            _customer,
        ),
        Kind(
            ENTRUSTED,
            _("Tickets I registered for others"),
            _("All the letters about them; the person whose request it is gets them as well."),
            _customer,
        ),
        Kind(
            COLLEAGUES,
            _("Other tickets of colleagues"),
            _("What happens in the tickets of your organization that you may read."),
            _sees_colleagues,
            Mode.NEVER,
        ),
        Kind(
            DEADLINES,
            _("Deadlines that come near"),
            _("Half of the time has passed, or three quarters, or nine tenths."),
            lambda user: user.is_working,
        ),
        Kind(
            BREACHES,
            _("Missed deadlines of others’ tickets"),
            _("A deadline missed in a ticket you are assigned to always comes."),
            lambda user: user.role in {Role.OPERATOR, Role.LEAD},
        ),
        Kind(
            CONTRACTS,
            _("Contracts that end"),
            _("Sixty, thirty and seven days before the end."),
            _hears_of_contracts,
        ),
    )
}


def offered_to(user: User) -> list[Kind]:
    """The lines of this person's page."""
    return [one for one in KINDS.values() if one.offered(user)]


def kind_of(event: Event, ticket: Ticket, reader: User, *, assigned: bool = False) -> str:
    """The kind a letter about a ticket belongs to; empty when it is personal."""
    if reader.is_staff:
        if event.kind == events.WARNED:
            return DEADLINES
        return BREACHES if event.kind == events.BREACHED and not assigned else ""
    if event.by_id == reader.pk:
        # Who decided by a letter gets a letter that says so.
        return ""
    if reader.pk == ticket.requester_id:
        return PROGRESS if event.kind in COURSE else ""
    return ENTRUSTED if reader.pk == ticket.author_id else COLLEAGUES
