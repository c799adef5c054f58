"""Everything the page of a ticket shows, in a constant number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.channels.access import may_sort_letters
from asmo_support.channels.email.verdicts import ACCEPTING, read
from asmo_support.channels.phone.queries import calls_of
from asmo_support.channels.queries import bad_among, held_about, letters_of
from asmo_support.desk.asker import asker_of
from asmo_support.desk.forms.compose import ComposeForm, PlanForm
from asmo_support.desk.forms.paid import WorkForm
from asmo_support.desk.listing import row_of
from asmo_support.lib.verdict import Verdict
from asmo_support.people.access import may_keep_customers
from asmo_support.people.models import User
from asmo_support.tickets import access, paid
from asmo_support.tickets.events import LOOP_STOPPED
from asmo_support.tickets.models import Resolution, Ticket
from asmo_support.tickets.planned import Negotiation, negotiation
from asmo_support.tickets.queries import whole
from asmo_support.tickets.rows import of_page
from asmo_support.tickets.talk import Line, last_event, lines
from asmo_support.ui.answering import status_of
from asmo_support.ui.request import SignedIn

# Newest first; the rest is in the list of outgoing letters.
LETTERS = 30
Said = ComposeForm | PlanForm


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to speak in the composer: where it is sent, what the button says, whether and why not."""

    name: str
    route: str
    icon: str
    label: str
    button: str
    hint: str
    key: str
    verdict: Verdict

    @property
    def inner(self) -> bool:
        return self.name == "note"


def page(request: SignedIn, ticket: Ticket, *, mode: str = "", form: Said | None = None) -> dict[str, Any]:
    """The context of the page; `mode` and `form` are what came back from a refused deed."""
    user, now = request.user, timezone.now()
    whole_ticket = whole(ticket, user)
    modes = composer_modes(user, whole_ticket)
    asked = mode or request.GET.get("mode", "")
    open_modes = [one for one in modes if one.verdict]
    chosen = next((one for one in modes if one.name == asked), (open_modes or modes)[0])
    found = _with_calls(lines(whole_ticket, user, now), whole_ticket)
    review = _under_review(found)
    letters = list(letters_of(whole_ticket, user).order_by("-id")[:LETTERS])
    return {
        "ticket": whole_ticket,
        "row": row_of(of_page(whole_ticket), user, now),
        "now": now,
        "lines": found,
        "review": review,
        "likely": _likely(found, review),
        "asker": asker_of(found, whole_ticket),
        "held": _held(found, whole_ticket),
        "may_keep": may_keep_customers(user),
        **bought(whole_ticket, user, now),
        "dates": dates_of(whole_ticket, found, now),
        "letters": letters,
        "may_sort": may_sort_letters(user),
        "bad": bad_among(one.address for one in letters),
        "modes": modes,
        "mode": chosen,
        "form": form or ComposeForm(user=user),
        "last_event": last_event(whole_ticket, user) if getattr(form, "conflict", False) else None,
        **verdicts(user, whole_ticket),
    }


def refused(request: SignedIn, ticket: Ticket, mode: str, form: Said) -> HttpResponse:
    """The same page with the words kept and the reason beside them."""
    found = page(request, ticket, mode=mode, form=form)
    return render(request, "desk/ticket/page.html", found, status=status_of(form))


def composer_modes(user: User, ticket: Ticket) -> list[Mode]:
    send, kept = _("Send to the customer"), _("Write down for the desk")
    reply, note = access.may_reply(user, ticket), access.may_note(user, ticket)
    return [
        Mode("answer", "desk:ticket-messages", "reply", pgettext("composer", "Answer"), send, "", "KeyR", reply),
        Mode("question", "desk:ticket-information-requests", "ask", _("Question"), _("Ask the customer"),
             _("The resolution clock stands until the answer."), "KeyQ", access.may_ask(user, ticket)),
        Mode("resolution", "desk:ticket-resolutions", "solve", _("Resolution"), _("Propose the resolution"),
             _("The customer checks it and accepts it or returns it."), "KeyS", access.may_resolve(user, ticket)),
        Mode("date", "desk:ticket-planned-dates", "offer", pgettext("composer", "Date"), _("Offer the date"),
             _("The agreed date stays in force until the customer accepts this one.") if ticket.planned_agreed
             else _("In force at once; the customer is asked to agree."), "KeyD", access.may_plan(user, ticket)),
        Mode("note", "desk:ticket-notes", "lock", _("Note for the desk"), kept,
             _("The customer never sees it."), "KeyI", note),
    ]  # fmt: skip


def bought(ticket: Ticket, user: User, now: datetime) -> dict[str, Any]:
    """The contract with its hours, the work written down, the offer: one statement beside the ticket's own."""
    entries, today = paid.work_of(ticket, user), timezone.localdate(now)
    return {
        "contract": ticket.contract,
        "days_left": ticket.contract.days_left(today) if ticket.contract else None,
        "entries": [(one, paid.may_strike(user, one)) for one in entries],
        "spent": sum(one.minutes for one in entries),
        "charged": sum(one.charged_minutes for one in entries),
        "work_form": WorkForm.of(ticket),
        "offer": paid.offer_of(ticket),
        "may_write_work": paid.may_write_work(user, ticket),
        "may_cover": paid.may_cover(user, ticket),
        "may_make_offer": paid.may_make_offer(user, ticket),
    }


def verdicts(user: User, ticket: Ticket) -> dict[str, Verdict]:
    """What the buttons ask: a deed that may not be done shows why not."""
    asked = (access.may_take, access.may_assign, access.may_triage, access.may_accept, access.may_refuse,
             access.may_plan)  # fmt: skip
    return {may.__name__: may(user, ticket) for may in asked}


def _held(found: list[Line], ticket: Ticket) -> int:
    """Letters that were stopped on their way here. One statement, and only where history tells of some."""
    told = any(one.event.kind == LOOP_STOPPED for line in found for one in line.events)
    return held_about(ticket) if told else 0


def _under_review(found: list[Any]) -> Resolution | None:
    things = [line.entry.thing for line in found if line.kind == "resolution"]
    return next((one for one in things if one.verdict == Resolution.Verdict.PROPOSED), None)


def dates_of(ticket: Ticket, found: list[Any], now: datetime) -> Negotiation:
    return negotiation(ticket, [line.entry.thing for line in found if line.kind == "date"], now)


@dataclass(frozen=True, slots=True)
class Likely:
    """What the customer's last words look like while a resolution waits: nothing has been decided by them."""

    person: User
    accepts: bool
    anchor: str


def _with_calls(found: list[Line], ticket: Ticket) -> list[Line]:
    """The desk reads of a call what the customer does not: its number, length, note and recording."""
    entries = [line.entry for line in found if line.kind == "call" and line.entry]
    known = calls_of([ticket.pk]) if entries else {}
    for one in entries:
        one.thing.call = known.get(one.thing.data.get("call"))
    return found


def _likely(found: list[Line], review: Resolution | None) -> Likely | None:
    said = [line.entry for line in found if line.kind == "message" and line.entry and line.entry.author]
    last = said[-1] if said else None
    if review is None or last is None or last.author is None or last.author.is_staff or last.at < review.at:
        return None
    meaning = read(last.thing.text, name=last.author.name).meaning
    return Likely(last.author, meaning in ACCEPTING, last.anchor) if meaning else None
