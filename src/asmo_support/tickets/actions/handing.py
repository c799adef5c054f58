"""Tickets go on under a colleague: all of somebody who leaves, or one whose requester is somebody else."""

from django.db import transaction
from django.utils.translation import gettext as _

from asmo_support.lib.errors import Refused
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions.moving import lock
from asmo_support.tickets.actions.recording import record
from asmo_support.tickets.models import Ticket


@transaction.atomic
def change_requester(ticket: Ticket, to: User, *, by: User) -> None:
    """Say whose request a ticket is; the colleague is told. Who registered it still sees it. The same person once
    more means that somebody looked and left it so.
    """
    lock(ticket)
    if to.organization_id != ticket.organization_id:
        raise Refused(_("Choose a colleague of the same customer."), field="to")
    if not to.is_active:
        raise Refused(_("%(name)s is shut out and cannot answer.") % {"name": to.name}, field="to")
    before = ticket.requester
    if to.pk == before.pk:
        record(ticket, events.REQUESTER_KEPT, by=by, internal=True, after=to.name)
        return
    ticket.requester = to
    ticket.save(update_fields=["requester"])
    record(ticket, events.HANDED, by=by, before=before.name, after=to.name)


@transaction.atomic
def hand_over(person: User, to: User, *, by: User) -> int:
    """Make a colleague the requester of all open tickets of this person; the number of them. The colleague is told."""
    if to.pk == person.pk or to.organization_id is None or to.organization_id != person.organization_id:
        raise Refused(_("Choose a colleague of the same customer."), field="to")
    if not to.is_active:
        raise Refused(_("%(name)s is shut out and cannot answer.") % {"name": to.name}, field="to")
    tickets = _open_of(person)
    for ticket in tickets:
        ticket.requester = to
        ticket.save(update_fields=["requester"])
        record(ticket, events.HANDED, by=by, before=person.name, after=to.name)
    return len(tickets)


def _open_of(person: User) -> list[Ticket]:
    rows = Ticket.objects.open().filter(requester=person, organization=person.organization_id)
    return list(rows.select_for_update().order_by("pk"))
