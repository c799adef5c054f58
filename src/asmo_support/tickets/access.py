"""Who may do what with a ticket, and why not. Asked at every door; what may follow what is `states.NEXT`."""

from django.utils.translation import gettext as _

from asmo_support.lib.verdict import YES, Verdict, no, not_now
from asmo_support.people.models import User
from asmo_support.people.roles import Role
from asmo_support.tickets.actions.assignment import taken_already
from asmo_support.tickets.actions.lifecycle import REOPEN_WITHIN
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.planned import why_not
from asmo_support.tickets.states import NEXT, State


def may_read(user: User, ticket: Ticket) -> Verdict:
    """Whoever holds a ticket got it through `visible_to`."""
    return YES


def may_register(user: User) -> Verdict:
    return YES if user.is_working or not user.is_staff else _only_working()


def may_reply(user: User, ticket: Ticket) -> Verdict:
    return YES if user.is_working or not user.is_staff else _only_working()


def may_note(user: User, ticket: Ticket) -> Verdict:
    return YES if user.is_staff else no(_("Notes are written by the support desk."))


def may_assign(user: User, ticket: Ticket) -> Verdict:
    return _working_on_open(user, ticket)


def may_take(user: User, ticket: Ticket) -> Verdict:
    verdict = _working_on_open(user, ticket)
    return not_now(taken_already(ticket)) if verdict and ticket.state != State.REGISTERED else verdict


def may_triage(user: User, ticket: Ticket) -> Verdict:
    return _working_on_open(user, ticket)


def may_ask(user: User, ticket: Ticket) -> Verdict:
    verdict = _working_on_open(user, ticket)
    if verdict and ticket.state == State.REVIEW:
        return not_now(_("A resolution is under review: the customer answers it first."))
    return verdict


def may_resolve(user: User, ticket: Ticket) -> Verdict:
    verdict = _working_on_open(user, ticket)
    if verdict and ticket.state == State.REVIEW:
        return not_now(_("A resolution is under review already."))
    return verdict


def may_accept(user: User, ticket: Ticket) -> Verdict:
    """The customer's side; an agent may record an acceptance spoken by phone."""
    if user.is_staff and not user.is_working:
        return _only_working()
    return _under_review(ticket)


def may_return(user: User, ticket: Ticket) -> Verdict:
    if user.is_staff:
        return no(_("Only the customer returns a resolution."))
    return _under_review(ticket)


def may_cancel(user: User, ticket: Ticket) -> Verdict:
    if user.is_staff:
        return no(_("Only the customer closes its ticket."))
    return _open(ticket)


def may_plan(user: User, ticket: Ticket) -> Verdict:
    """Offer a date, agree to one, decline one: both sides may, each answers the other's offer."""
    if user.is_staff and not user.is_working:
        return _only_working()
    words = why_not(ticket)
    return not_now(words) if words else YES


def may_refuse(user: User, ticket: Ticket) -> Verdict:
    if user.role not in {Role.LEAD, Role.OPERATOR}:
        return no(_("Refusing is for the lead and the operator."))
    if State.REFUSED not in NEXT[State(ticket.state)]:
        return not_now(_("A ticket that is “%(state)s” cannot be refused.") % {"state": State(ticket.state).label})
    return YES


def may_reopen(user: User, ticket: Ticket) -> Verdict:
    if user.is_staff:
        return no(_("Only the customer reopens a ticket."))
    if ticket.state != State.CLOSED or ticket.closed_at is None:
        return not_now(_("Only a closed ticket can be reopened."))
    from django.utils import timezone

    if timezone.now() - ticket.closed_at > REOPEN_WITHIN:
        return not_now(
            _("The ticket was closed more than 14 days ago. Register a new one; it will be linked to this one.")
        )
    return YES


def _working_on_open(user: User, ticket: Ticket) -> Verdict:
    if not user.is_working:
        return _only_working()
    return _open(ticket)


def _open(ticket: Ticket) -> Verdict:
    return YES if ticket.is_open else not_now(_("The ticket is over."))


def _under_review(ticket: Ticket) -> Verdict:
    return YES if ticket.state == State.REVIEW else not_now(_("There is no resolution under review."))


def _only_working() -> Verdict:
    return no(_("This is for operators, engineers and leads."))
