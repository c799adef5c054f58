"""What history says: one sentence for every kind of event, in the reader's language. The author stands before it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asmo_support.journal.models import Event
from asmo_support.tickets import events
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.states import Channel, Impact, Kind, Urgency

SENTENCES = {
    events.REGISTERED: gettext_lazy("registered the ticket (%(channel)s)"),
    events.TAKEN: gettext_lazy("took the ticket to work"),
    events.ASSIGNED: gettext_lazy("assigned: %(after)s"),
    events.TRIAGED: gettext_lazy("changed: %(changes)s"),
    events.MESSAGE: gettext_lazy("wrote a message"),
    events.NOTE: gettext_lazy("wrote a note for the desk"),
    events.ASKED: gettext_lazy("asked question № %(n)s"),
    events.ANSWERED: gettext_lazy("answered the questions"),
    events.PROPOSED: gettext_lazy("proposed resolution № %(n)s"),
    events.ACCEPTED: gettext_lazy("accepted resolution № %(n)s, the ticket is closed"),
    events.RETURNED: gettext_lazy("returned resolution № %(n)s for rework"),
    events.CANCELLED: gettext_lazy("closed the ticket"),
    events.REFUSED: gettext_lazy("refused the ticket: %(reason)s"),
    events.REOPENED: gettext_lazy("reopened the ticket: %(reason)s"),
    events.CLOCK_MOVED: gettext_lazy("the norm of %(target)s is now %(after)s, it was %(before)s"),
    events.BREACHED: gettext_lazy("the norm of %(target)s is broken"),
    events.REMINDED: gettext_lazy("the customer was reminded"),
    events.PLANNED: gettext_lazy("offered the date %(date)s: %(reason)s"),
    events.PLANNED_AGREED: gettext_lazy("agreed to the date %(date)s"),
    events.PLANNED_DECLINED: gettext_lazy("declined the date %(date)s: %(reason)s"),
    events.DEADLINE_MOVED: gettext_lazy("the deadline of %(target)s moved with the calendar: %(before)s → %(after)s"),
    events.WARNED: gettext_lazy("%(share)s %% of the time for %(target)s has passed"),
    events.COVERAGE: gettext_lazy("coverage: %(before)s → %(after)s (%(reason)s)"),
    events.OFFER_ASKED: gettext_lazy("asked for a commercial offer"),
    events.OFFER_MADE: gettext_lazy("made a commercial offer: %(cost)s ₽"),
    events.OFFER_ACCEPTED: gettext_lazy("accepted the commercial offer"),
    events.OFFER_DECLINED: gettext_lazy("declined the commercial offer: %(reason)s"),
    events.WORK: gettext_lazy("wrote down work: %(spent)s on %(day)s"),
    events.WORK_REMOVED: gettext_lazy("struck out work: %(spent)s on %(day)s"),
    events.ATTACHED: gettext_lazy("attached %(name)s"),
    events.LETTER_FAILED: gettext_lazy("the letter to %(to)s could not be delivered: %(answer)s"),
    events.LOOP_STOPPED: gettext_lazy("letters going in circles were stopped: %(sender)s"),
    events.MACHINE_ANSWERED: gettext_lazy("a program answered for %(sender)s: “%(subject)s”. %(said)s"),
    events.LETTER_WITHHELD: gettext_lazy("no acknowledgement was sent: %(to)s has had enough of them for now"),
}
FIELDS = {
    "kind": gettext_lazy("kind"),
    "critical": gettext_lazy("critical"),
    "standard": gettext_lazy("standard"),
    "impact": gettext_lazy("impact"),
    "urgency": gettext_lazy("urgency"),
    "service": gettext_lazy("service"),
    "product": gettext_lazy("product"),
    "module": gettext_lazy("module"),
}
# Their reason is said behind the sentence, when there is one.
WITH_REASON = frozenset({events.TRIAGED, events.CANCELLED, events.ACCEPTED, events.RETURNED})
CHOICES: dict[str, Any] = {"kind": Kind, "impact": Impact, "urgency": Urgency}


def sentence(event: Event) -> str:
    """The event in words, without its author. What the reader may not know is not in a public event's data."""
    data = event.data
    words = {name: str(value) for name, value in data.items()}
    words["channel"] = str(Channel(data["channel"]).label) if data.get("channel") in Channel else ""
    words["target"] = str(Target(data["target"]).label) if data.get("target") in Target else ""
    words["after"], words["before"] = _value(data.get("after")), _value(data.get("before"))
    words["changes"] = ", ".join(_change(field, pair) for field, pair in data.get("changes", {}).items())
    said = str(SENTENCES[event.kind]) % _Lenient(words)
    reason = data.get("reason", "")
    return f"{said} ({reason})" if reason and event.kind in WITH_REASON else said


class _Lenient(dict[str, str]):
    """An old event may lack what a new sentence asks for."""

    def __missing__(self, key: str) -> str:
        return "…"


def _change(field: str, pair: list[Any]) -> str:
    before, after = (_shown(field, value) for value in pair)
    return _("%(field)s: %(before)s → %(after)s") % {
        "field": FIELDS.get(field, field),
        "before": before,
        "after": after,
    }


def _shown(field: str, value: Any) -> str:
    if field in CHOICES and value in CHOICES[field]:
        return str(CHOICES[field](value).label)
    return _value(value)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _("nobody")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return _("%(hours)s h") % {"hours": f"{value / 60:g}"}
    return _("none") if value is None or value == "" else str(value)
