"""Every kind of letter whose words can be changed, by reader, with the names its texts may use."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from asmo_support.channels.alarms import FAILING, WORKING
from asmo_support.notifications.placeholders import parse
from asmo_support.tickets import events

CUSTOMER, DESK = "customer", "desk"
FOLLOWED, ENDING, COLLECTED = "ticket.followed", "contract.ending", "notices.collected"
DEADLINES, INVITED = "deadlines.listed", "person.invited"
SIDES: dict[str, Any] = {CUSTOMER: _("To the customer"), DESK: _("To the desk")}
FIELDS = ("subject", "greeting", "intro", "closing", "signature")

EVERYWHERE: dict[str, Any] = {
    "reader.name": _("whom the letter is written to"),
    "letter.step": _("what is asked of the reader, in a few words; may be empty"),
    "letter.note": _("what the service says of answering; may be empty"),
    "service.name": _("the name of the service"),
}
OF_TICKET: dict[str, Any] = {
    "ticket.number": _("the number"),
    "ticket.subject": _("the subject"),
    "ticket.kind": _("the kind: bug, consultation, change"),
    "ticket.product": _("the product; may be empty"),
    "customer.name": _("the customer, in short"),
    "requester.name": _("whose request it is"),
    "specialists": _("who works on it; may be empty"),
    "deadline.answer": _("until when we answer; empty when that clock does not run"),
    "deadline.resolution": _("until when we resolve; empty when that clock does not run"),
    "planned.date": _("the planned date; may be empty"),
}
OF_CONTRACT: dict[str, Any] = {
    "contract.number": _("the number of the contract"),
    "contract.ends": _("the last day"),
    "customer.name": _("the customer, in short"),
}
OF_SERVER: dict[str, Any] = {
    "server.address": _("the address of the mailbox, or the one our letters are from"),
}
OF_INVITATION: dict[str, Any] = {
    "inviter.name": _("who invites; may be empty"),
    "customer.name": _("the customer, in short; may be empty"),
}
LABELS: dict[str, Any] = {
    events.REGISTERED: pgettext_lazy("letter", "Registered"),
    events.TAKEN: pgettext_lazy("letter", "Taken to work"),
    events.ASSIGNED: pgettext_lazy("letter", "Assigned"),
    events.TRIAGED: pgettext_lazy("letter", "Conditions changed"),
    events.MESSAGE: pgettext_lazy("letter", "A message"),
    events.ANSWERED: pgettext_lazy("letter", "Questions answered"),
    events.ASKED: pgettext_lazy("letter", "A question"),
    events.PROPOSED: pgettext_lazy("letter", "A resolution to check"),
    events.REMINDED: pgettext_lazy("letter", "A reminder"),
    events.ACCEPTED: pgettext_lazy("letter", "Resolution accepted"),
    events.RETURNED: pgettext_lazy("letter", "Resolution returned"),
    events.CANCELLED: pgettext_lazy("letter", "Closed by the customer"),
    events.REFUSED: pgettext_lazy("letter", "Refused"),
    events.REOPENED: pgettext_lazy("letter", "Reopened"),
    events.HANDED: pgettext_lazy("letter", "Handed over"),
    events.PLANNED: pgettext_lazy("letter", "A date offered"),
    events.PLANNED_AGREED: pgettext_lazy("letter", "A date agreed"),
    events.PLANNED_DECLINED: pgettext_lazy("letter", "A date declined"),
    events.PLANNED_RECALLED: pgettext_lazy("letter", "A date taken back"),
    events.COVERAGE: pgettext_lazy("letter", "Another contract"),
    events.OFFER_ASKED: pgettext_lazy("letter", "An offer asked for"),
    events.OFFER_MADE: pgettext_lazy("letter", "A commercial offer"),
    events.OFFER_ACCEPTED: pgettext_lazy("letter", "An offer accepted"),
    events.OFFER_DECLINED: pgettext_lazy("letter", "An offer declined"),
    events.OFFER_RECALLED: pgettext_lazy("letter", "An offer withdrawn"),
    events.WARNED: pgettext_lazy("letter", "A deadline comes near"),
    events.BREACHED: pgettext_lazy("letter", "A deadline is missed"),
    FOLLOWED: pgettext_lazy("letter", "News of a colleague’s ticket"),
    ENDING: pgettext_lazy("letter", "A contract ends"),
    COLLECTED: pgettext_lazy("letter", "What waited, in one letter"),
    DEADLINES: pgettext_lazy("letter", "Many deadlines in one letter"),
    INVITED: pgettext_lazy("letter", "An invitation"),
    FAILING: pgettext_lazy("letter", "Mail does not work"),
    WORKING: pgettext_lazy("letter", "Mail works again"),
}
_CUSTOMERS_ONLY = {events.REGISTERED, events.TAKEN, events.TRIAGED, events.ASKED, events.PROPOSED, events.REMINDED,
                   events.REFUSED, events.HANDED, events.COVERAGE, events.OFFER_MADE,
                   events.OFFER_RECALLED, FOLLOWED}  # fmt: skip
_DESKS_ONLY = {events.ANSWERED, events.WARNED, events.BREACHED, DEADLINES, FAILING, WORKING}
# What they are about, when it is no ticket.
_OTHERS: dict[str, dict[str, Any]] = {
    ENDING: OF_CONTRACT, COLLECTED: {}, DEADLINES: {}, INVITED: OF_INVITATION, FAILING: OF_SERVER, WORKING: OF_SERVER,
}  # fmt: skip
_STEP = "{% if letter.step %}{{ letter.step }}: {% endif %}{{ ticket.subject }}"


@dataclass(frozen=True, slots=True)
class Texts:
    """The words around the facts."""

    subject: str
    greeting: str = ""
    intro: str = ""
    closing: str = "{{ letter.note }}"
    signature: str = "{{ service.name }}"


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of letter to one side. `code` stands in addresses of the desk."""

    kind: str
    side: str

    @property
    def code(self) -> str:
        return f"{self.side}-{self.kind}"

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])

    @property
    def is_of_ticket(self) -> bool:
        return self.kind not in _OTHERS

    @property
    def names(self) -> dict[str, Any]:
        """The names its texts may use, with what they mean."""
        return {**EVERYWHERE, **_OTHERS.get(self.kind, OF_TICKET)}

    @property
    def default(self) -> Texts:
        return Texts(_STEP if self.is_of_ticket else "{{ letter.step }}")


def _both() -> dict[str, Form]:
    found = {}
    for side, left_out in ((CUSTOMER, _DESKS_ONLY), (DESK, _CUSTOMERS_ONLY)):
        for kind in LABELS:
            if kind not in left_out:
                one = Form(kind, side)
                found[one.code] = one
    return found


FORMS = _both()


def check_defaults() -> None:
    """Our own texts are held to the same rules."""
    for form in FORMS.values():
        for name in FIELDS:
            parse(getattr(form.default, name), form.names)
