"""What letters say of coverage and commercial offers."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.lib.amounts import clock_of, spaced
from asmo_support.notifications.words import Case, Content
from asmo_support.tickets import events
from asmo_support.tickets.models import CommercialOffer
from asmo_support.tickets.states import Coverage


def content(case: Case) -> Content | None:
    """The letter in the language that is active; None when the event is no affair of this chapter."""
    return TELLERS[case.event.kind](case) if case.event.kind in TELLERS else None


def _coverage(case: Case) -> Content:
    label = str(Coverage(case.datum("after")).label) if case.datum("after") in Coverage else ""
    number = case.datum("contract_after")
    words = _("Now: %(coverage)s, contract %(number)s.") if number else _("Now: %(coverage)s.")
    outside = case.datum("after") == Coverage.OUTSIDE
    return Content(
        ask=_("The contract your request is served under has been looked at anew. Nothing is needed from you now."),
        rest=words % {"coverage": label, "number": number},
        said=case.datum("reason"),
        author=case.name if case.datum("reason") else "",
        note=_("You may ask for a commercial offer on the page of the ticket.") if outside else "",
        facts=case.facts,
    )


def _asked(case: Case) -> Content:
    if not case.for_desk:
        return Content(ask=_("Your colleague has asked for a commercial offer. Nothing is needed from you now."))
    return Content(
        ask=_("The customer asks for a commercial offer: make one."),
        title=pgettext("subject of a letter", "An offer is asked for"),
        facts=case.facts,
    )


def _made(case: Case) -> Content | None:
    offer = CommercialOffer.objects.filter(ticket=case.ticket).select_related("author").first()
    if offer is None or offer.cost is None:
        return None
    return Content(
        ask=_("Read the commercial offer and answer: accept or decline it."),
        rest=_("Work on it begins when you accept."),
        title=pgettext("subject of a letter", "A commercial offer"),
        said=offer.text,
        author=_("%(name)s, specialist") % {"name": offer.author.name} if offer.author else "",
        act=pgettext("button of a letter", "Read and answer"),
        note=_("An answer to this letter gets into the ticket as a message; to accept or decline, open the ticket."),
        facts=_terms(offer),
    )


def _accepted(case: Case) -> Content:
    if not case.for_desk:
        return Content(ask=_("Your colleague has accepted the commercial offer. Nothing is needed from you now."))
    return Content(
        ask=_("The customer has accepted the commercial offer: go on with the work."),
        title=pgettext("subject of a letter", "The offer is accepted"),
        facts=case.facts,
    )


def _declined(case: Case) -> Content:
    ask = _("The customer has declined the commercial offer: read why.")
    title = pgettext("subject of a letter", "The offer is declined")
    if not case.for_desk:
        ask, title = _("Your colleague has declined the commercial offer."), ""
    return Content(ask=ask, title=title, said=case.datum("reason"), author=case.name)


def _recalled(case: Case) -> Content:
    return Content(
        ask=_("The commercial offer is withdrawn: a contract covers your request. Nothing is needed from you now."),
        title=pgettext("subject of a letter", "The offer is withdrawn"),
        facts=case.facts,
    )


def _terms(offer: CommercialOffer) -> tuple[tuple[str, str], ...]:
    rows = [(_("Cost"), spaced(offer.cost or Decimal(0)))]
    if offer.minutes:
        rows.append((pgettext("contract", "Hours"), clock_of(offer.minutes)))
    if offer.valid_until:
        rows.append((_("Valid until"), date_format(offer.valid_until, "DATE_FORMAT")))
    return tuple(rows)


TELLERS: dict[str, Callable[[Case], Content | None]] = {
    events.COVERAGE: _coverage,
    events.OFFER_ASKED: _asked,
    events.OFFER_MADE: _made,
    events.OFFER_ACCEPTED: _accepted,
    events.OFFER_DECLINED: _declined,
    events.OFFER_RECALLED: _recalled,
}
