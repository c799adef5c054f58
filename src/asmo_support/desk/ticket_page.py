"""Everything the page of a ticket shows, in a constant number of statements."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.channels.queries import letters_of
from asmo_support.contracts.queries import coverage
from asmo_support.desk.forms.compose import ComposeForm
from asmo_support.desk.listing import row_of
from asmo_support.lib.verdict import Verdict
from asmo_support.people.models import User
from asmo_support.tickets import access
from asmo_support.tickets.models import Resolution, Ticket
from asmo_support.tickets.queries import whole
from asmo_support.tickets.rows import of_page
from asmo_support.tickets.talk import last_event, lines
from asmo_support.ui.answering import status_of
from asmo_support.ui.request import SignedIn

# Newest first; the rest is in the list of outgoing letters.
LETTERS = 30


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


def page(request: SignedIn, ticket: Ticket, *, mode: str = "", form: ComposeForm | None = None) -> dict[str, Any]:
    """The context of the page; `mode` and `form` are what came back from a refused deed."""
    user, now = request.user, timezone.now()
    whole_ticket = whole(ticket, user)
    modes = composer_modes(user, whole_ticket)
    asked = mode or request.GET.get("mode", "")
    open_modes = [one for one in modes if one.verdict]
    chosen = next((one for one in modes if one.name == asked), (open_modes or modes)[0])
    found = lines(whole_ticket, user, now)
    return {
        "ticket": whole_ticket,
        "row": row_of(of_page(whole_ticket), user, now),
        "now": now,
        "lines": found,
        "review": _under_review(found),
        "coverage": coverage(whole_ticket.organization, timezone.localdate(now)),
        "letters": list(letters_of(whole_ticket, user).order_by("-id")[:LETTERS]),
        "modes": modes,
        "mode": chosen,
        "form": form or ComposeForm(user=user),
        "last_event": last_event(whole_ticket, user) if getattr(form, "conflict", False) else None,
        **verdicts(user, whole_ticket),
    }


def refused(request: SignedIn, ticket: Ticket, mode: str, form: ComposeForm) -> HttpResponse:
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
        Mode("note", "desk:ticket-notes", "lock", _("Note for the desk"), kept,
             _("The customer never sees it."), "KeyI", note),
    ]  # fmt: skip


def verdicts(user: User, ticket: Ticket) -> dict[str, Verdict]:
    """What the buttons ask: a deed that may not be done shows why not."""
    asked = (access.may_take, access.may_assign, access.may_triage, access.may_accept, access.may_refuse)
    return {may.__name__: may(user, ticket) for may in asked}


def _under_review(found: list[Any]) -> Resolution | None:
    things = [line.entry.thing for line in found if line.kind == "resolution"]
    return next((one for one in things if one.verdict == Resolution.Verdict.PROPOSED), None)
