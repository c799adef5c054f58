"""Letters about planned dates: what to do next first, then whose date it is and what is in force."""

from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.channels import links
from asmo_support.notifications.words import Case, Content, own_verdict
from asmo_support.tickets import events
from asmo_support.tickets.models import PlannedDate
from asmo_support.tickets.planned import day_off_words


def concerns(case: Case) -> bool:
    """Whether the letter is about a planned date."""
    return case.event.kind in _TELLERS or _is_reminder(case)


def content(case: Case) -> Content | None:
    """The letter in the language that is active; None when the offer is not there any more."""
    offer = case.ticket.planned_dates.filter(n=case.event.data.get("n")).select_related("author").first()
    if offer is None:
        return None
    return _reminded(case, offer) if _is_reminder(case) else _TELLERS[case.event.kind](case, offer)


def _offered(case: Case, offer: PlannedDate) -> Content | None:
    if offer.is_ours and not case.for_desk:
        return _asked(case, offer, _("Agree to the date %(day)s or offer another one.") % {"day": _day(offer.date)})
    if not offer.is_ours and case.for_desk:
        ask = _("The customer offers %(day)s: agree to it or offer another date.") % {"day": _day(offer.date)}
        title = pgettext("subject of a letter", "The customer offers %(day)s") % {"day": _day(offer.date)}
        return _said(case, offer, ask, title=title)
    if case.is_own:
        ask = _("You have offered the date %(day)s. Nothing is needed from you now.") % {"day": _day(offer.date)}
        return _said(case, offer, ask, rest=own_verdict(case))
    ask = _("Your colleague has offered the date %(day)s. Nothing is needed from you.") % {"day": _day(offer.date)}
    return _said(case, offer, ask)


def _reminded(case: Case, offer: PlannedDate) -> Content | None:
    if not offer.is_open:
        return None
    ask = _("We still wait for your word about the date %(day)s: agree to it or offer another one.")
    return _asked(case, offer, ask % {"day": _day(offer.date)})


def _asked(case: Case, offer: PlannedDate, ask: str) -> Content:
    """What the customer has to do about the desk's offer."""
    if case.ticket.planned_agreed and case.ticket.planned_at:
        rest = _("Until you agree, the agreed date %(day)s stays in force.") % {"day": _day(case.ticket.planned_at)}
    else:
        rest = _("The date is in force from now on; your consent makes it firm.")
    return _said(
        case, offer, ask, rest=" ".join(part for part in (rest, day_off_words(case.ticket, offer.date)) if part),
        title=pgettext("subject of a letter", "Agree to the date %(day)s") % {"day": _day(offer.date)},
        act=pgettext("button of a letter", "Answer about the date"), decides=True,
    )  # fmt: skip


def _agreed(case: Case, offer: PlannedDate) -> Content:
    spoken = case.datum("spoken_by")
    said = _("%(name)s has agreed by phone.") % {"name": spoken} if spoken else ""
    if case.for_desk:
        ask = _("The date %(day)s is agreed: it stays in force until the customer accepts another one.")
        title = pgettext("subject of a letter", "The date is agreed")
        return Content(ask=ask % {"day": _day(offer.date)}, rest=said, title=title, facts=case.facts)
    ask = _("The date is agreed: %(day)s. Nothing is needed from you now.")
    title = pgettext("subject of a letter", "Agreed: %(day)s") % {"day": _day(offer.date)}
    rest = said or own_verdict(case)
    return Content(ask=ask % {"day": _day(offer.date)}, rest=rest, title=title, facts=case.facts)


def _declined(case: Case, offer: PlannedDate) -> Content:
    if case.for_desk:
        ask = _("The date %(day)s does not suit the customer: read why and offer another one.")
        title = pgettext("subject of a letter", "The date does not suit")
    elif offer.is_ours:
        ask, title = _("Your colleague has declined the date %(day)s. Nothing is needed from you."), ""
    else:
        ask = _("We cannot promise %(day)s: read why. You may offer another date.")
        title = pgettext("subject of a letter", "The date does not suit")
    in_force = case.ticket.planned_at
    rest = _("The date %(day)s stays in force.") % {"day": _day(in_force)} if in_force else ""
    return Content(
        ask=ask % {"day": _day(offer.date)}, rest=rest, title=title, said=offer.refusal, author=case.name,
        facts=case.facts,
    )  # fmt: skip


def _recalled(case: Case, offer: PlannedDate) -> Content:
    ask = _("The offer of %(day)s is taken back. Nothing is needed from you.") % {"day": _day(offer.date)}
    in_force = case.ticket.planned_at
    rest = _("The date %(day)s stays in force.") % {"day": _day(in_force)} if in_force else ""
    return Content(ask=ask, rest=rest, facts=case.facts)


def _said(  # noqa: PLR0913 - the parts of a letter by name
    case: Case,
    offer: PlannedDate,
    ask: str,
    *,
    rest: str = "",
    title: str = "",
    act: str = "",
    decides: bool = False,
) -> Content:
    note = ""
    if decides:
        note = _(
            "You may simply answer “Accepted” to this letter; another day is offered by the link."
            " Any other answer gets into the ticket as a message."
        )
    author = offer.author.name
    if offer.is_ours and not case.for_desk:
        author = _("%(name)s, specialist") % {"name": author}
    return Content(
        ask=ask, rest=rest, title=title, act=act, said=offer.reason, author=author, note=note,
        decide=(links.DATE, offer.n) if decides else None,
        verdicts=(
            pgettext("button of a letter", "Agree to the date"),
            pgettext("button of a letter", "Offer another day"),
        ),
        facts=case.facts,
    )  # fmt: skip


def _is_reminder(case: Case) -> bool:
    return case.event.kind == events.REMINDED and case.event.data.get("what") == "date"


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


_TELLERS: dict[str, Callable[[Case, PlannedDate], Content | None]] = {
    events.PLANNED: _offered,
    events.PLANNED_AGREED: _agreed,
    events.PLANNED_DECLINED: _declined,
    events.PLANNED_RECALLED: _recalled,
}
