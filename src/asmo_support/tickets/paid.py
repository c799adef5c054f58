"""Who may write work down, choose the contract, ask for an offer and decide it; and what pages read of these."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract
from asmo_support.lib.verdict import YES, Verdict, no, not_now
from asmo_support.people.models import User
from asmo_support.people.roles import Role
from asmo_support.tickets.access import may_triage
from asmo_support.tickets.models import CommercialOffer, Ticket, TimeEntry
from asmo_support.tickets.states import Coverage

State = CommercialOffer.State
LONG = 200


def may_write_work(user: User, ticket: Ticket) -> Verdict:
    """Also when the ticket is over: work is often written down in the evening."""
    return YES if user.is_working else no(_("This is for operators, engineers and leads."))


def may_strike(user: User, entry: TimeEntry) -> Verdict:
    if entry.agent_id == user.pk or user.role == Role.LEAD:
        return YES
    return no(_("Work is struck out by whoever wrote it down, or by the lead."))


def may_cover(user: User, ticket: Ticket) -> Verdict:
    return may_triage(user, ticket)


def may_make_offer(user: User, ticket: Ticket) -> Verdict:
    verdict = may_triage(user, ticket)
    if not verdict:
        return verdict
    offer = offer_of(ticket)
    if offer and offer.state == State.ACCEPTED:
        return not_now(_("The customer has accepted the offer already."))
    return YES if ticket.coverage == Coverage.OUTSIDE else _covered()


def may_ask_offer(user: User, ticket: Ticket) -> Verdict:
    if user.is_staff:
        return no(_("The customer asks for an offer; the desk makes one at once."))
    if not ticket.is_open:
        return not_now(_("The ticket is over."))
    offer = offer_of(ticket)
    if offer and not offer.is_over:
        return not_now(_("An offer has been asked for already."))
    return YES if ticket.coverage == Coverage.OUTSIDE else _covered()


def may_decide_offer(user: User, ticket: Ticket) -> Verdict:
    if user.is_staff:
        return no(_("Only the customer decides on an offer."))
    offer = offer_of(ticket)
    if not ticket.is_open or offer is None or not offer.waits:
        return not_now(_("There is no offer that waits for an answer."))
    return YES if ticket.coverage == Coverage.OUTSIDE else _covered()


def offer_of(ticket: Ticket) -> CommercialOffer | None:
    """The offer of a ticket; pages have it with the ticket itself."""
    return getattr(ticket, "offer", None)


def awaits_offer(ticket: Ticket) -> bool:
    """An offer waits for the customer: to people that is the customer's move; state and clocks are as they were."""
    offer = offer_of(ticket)
    return bool(ticket.is_open and offer and offer.waits)


def awaits_our_offer(ticket: Ticket) -> bool:
    """The customer has asked for an offer, and the desk has made none yet."""
    offer = offer_of(ticket)
    return bool(ticket.is_open and offer and offer.state == State.ASKED)


def was_declined(ticket: Ticket) -> bool:
    """The customer does not want what no contract covers at that price: how to go on is for the desk to say."""
    offer = offer_of(ticket)
    outside = ticket.is_open and ticket.coverage == Coverage.OUTSIDE
    return bool(outside and offer and offer.state == State.DECLINED)


def offers_waiting(user: User, limit: int) -> list[CommercialOffer]:
    """Offers that wait for this customer's answer, oldest first."""
    tickets = Ticket.objects.visible_to(user).open()
    good = Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
    rows = CommercialOffer.objects.filter(good, state=State.OFFERED, ticket__in=tickets)
    return list(rows.select_related("ticket", "author").order_by("offered_at", "id")[:limit])


def work_of(ticket: Ticket, user: User) -> list[TimeEntry]:
    """What was written down in a ticket, as far as this person may see it."""
    rows = TimeEntry.objects.visible_to(user).filter(ticket=ticket)
    return list(rows.select_related("agent").order_by("-day", "-id")[:LONG])


def work_under(contract: Contract, user: User) -> QuerySet[TimeEntry]:
    """What drew a contract's hours, newest first, with tickets and people."""
    rows = TimeEntry.objects.visible_to(user).filter(contract=contract, billable=True)
    return rows.select_related("agent", "ticket").order_by("-day", "-id")


def entry_of(ticket: Ticket, pk: int) -> TimeEntry | None:
    return TimeEntry.objects.filter(ticket=ticket, pk=pk).first()


def has_entry(ticket: Ticket, pk: int) -> bool:
    return TimeEntry.objects.filter(ticket=ticket, pk=pk).exists()


def _covered() -> Verdict:
    return not_now(_("The contract covers this ticket: no offer is needed."))
