"""Who works on a ticket. The customer sees who."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.lib.errors import Conflict, Refused
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions import clocks
from asmo_support.tickets.actions.moving import lock, move, settle
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Assignment, Ticket
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.states import State


@transaction.atomic
def assign(ticket: Ticket, agents: Sequence[User], *, by: User, at: datetime | None = None) -> None:
    """Make these people, in this order, the specialists of the ticket; the first one answers for it.

    A registered ticket is taken to work by it, which the customer is told: that is a reaction.
    """
    now = at or timezone.now()
    lock(ticket)
    _check(ticket, agents)
    before = list(ticket.assignments.select_related("agent"))
    if [row.agent_id for row in before] != [agent.pk for agent in agents]:
        ticket.assignments.all().delete()
        _name(ticket, agents, [row.agent.name for row in before], by=by, at=now)
    if agents and ticket.state == State.REGISTERED:
        _take(ticket, by=by, at=now)


@transaction.atomic
def entrust(ticket: Ticket, agent: User, *, at: datetime) -> None:
    """Say who is to look at a ticket that has just been registered, as the rule of its address has it.

    Nobody has done anything yet, so it is no reaction; somebody who does not work any more is passed over.
    """
    if not (agent.is_working and agent.is_active):
        return
    lock(ticket)
    _name(ticket, [agent], [], by=None, at=at)


@transaction.atomic
def take(ticket: Ticket, *, by: User, at: datetime | None = None) -> None:
    """Take a registered ticket to work, and answer for it when nobody does."""
    now = at or timezone.now()
    lock(ticket)
    if not ticket.assignments.exists():
        assign(ticket, [by], by=by, at=now)
    elif ticket.state == State.REGISTERED:
        _take(ticket, by=by, at=now)
    else:
        raise Conflict(taken_already(ticket))


def taken_already(ticket: Ticket) -> str:
    """Why a ticket that is past its registration cannot be taken once more."""
    if ticket.state == State.IN_WORK:
        return _("The ticket is in work already.")
    return _("The ticket was taken to work before; now it is “%(state)s”.") % {"state": State(ticket.state).label}


def _name(ticket: Ticket, agents: Sequence[User], before: list[str], *, by: User | None, at: datetime) -> None:
    for agent in agents:
        Assignment.objects.create(ticket=ticket, organization_id=ticket.organization_id, agent=agent, by=by, at=at)
    ticket.agents = [agent.pk for agent in agents]
    ticket.save(update_fields=["agents"])
    record(ticket, events.ASSIGNED, by=by, at=at, before=before,
           after=[agent.name for agent in agents], agents=[agent.pk for agent in agents])  # fmt: skip


def _take(ticket: Ticket, *, by: User, at: datetime) -> None:
    move(ticket, State.IN_WORK, at=at)
    clocks.meet(ticket, Target.REACTION, at=at)
    settle(ticket)
    record(ticket, events.TAKEN, by=by, at=at)


def _check(ticket: Ticket, agents: Sequence[User]) -> None:
    if not ticket.is_open:
        raise Refused(_("The ticket is over; nobody can be assigned."))
    for agent in agents:
        if not (agent.is_working and agent.is_active):
            raise Refused(_("%(name)s does not work on tickets.") % {"name": agent.name}, field="agents")
    if len({agent.pk for agent in agents}) != len(agents):
        raise Refused(_("The same person is named twice."), field="agents")
