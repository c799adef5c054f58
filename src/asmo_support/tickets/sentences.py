"""What history says: one sentence for every kind of event, in the reader's language. The author stands before it."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from asmo_support.journal.models import Event
from asmo_support.lib.amounts import spaced, span
from asmo_support.tickets import events
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.states import Channel, Coverage, Impact, Kind, Urgency, Via

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    events.HANDED: gettext_lazy("handed the ticket over: the requester is %(after)s, it was %(before)s"),
    events.PLANNED: gettext_lazy("offered the date %(date)s: %(reason)s"),
    events.PLANNED_AGREED: gettext_lazy("agreed to the date %(date)s"),
    events.PLANNED_DECLINED: gettext_lazy("declined the date %(date)s: %(reason)s"),
    events.PLANNED_RECALLED: gettext_lazy("took back the offer of %(date)s"),
    # Written by what ends the ticket, in the name of whoever ended it.
    events.PLANNED_LAPSED: gettext_lazy("the offer of %(date)s lapsed: the ticket is over"),
    events.DEADLINE_MOVED: gettext_lazy("the deadline of %(target)s moved with the calendar: %(before)s → %(after)s"),
    # Of a planned date it is one working day that is left.
    events.WARNED: gettext_lazy("%(share)s %% of the time for %(target)s has passed"),
    events.COVERAGE: gettext_lazy("coverage: %(before)s → %(after)s"),
    events.OFFER_ASKED: gettext_lazy("asked for a commercial offer"),
    events.OFFER_MADE: gettext_lazy("made a commercial offer: %(cost)s ₽"),
    events.OFFER_ACCEPTED: gettext_lazy("accepted the commercial offer"),
    events.OFFER_DECLINED: gettext_lazy("declined the commercial offer: %(reason)s"),
    events.OFFER_RECALLED: gettext_lazy("withdrew the commercial offer of %(cost)s ₽: a contract covers the request"),
    events.WORK: gettext_lazy("wrote down work: %(spent)s on %(day)s"),
    events.WORK_REMOVED: gettext_lazy("struck out work: %(spent)s on %(day)s"),
    events.ATTACHED: gettext_lazy("attached %(name)s"),
    events.LETTER_FAILED: gettext_lazy("the letter to %(address)s could not be delivered: %(answer)s"),
    events.LOOP_STOPPED: gettext_lazy("letters going in circles were stopped: %(sender)s"),
    events.MACHINE_ANSWERED: gettext_lazy("a program answered for %(sender)s: “%(subject)s”. %(said)s"),
    events.CALLED: gettext_lazy("wrote down a call"),
    events.FORWARDED: gettext_lazy("a forwarded letter: by its text, %(name)s %(address)s wrote it"),
    events.REQUESTER_KEPT: gettext_lazy("left the requester as it was: %(after)s"),
    events.LETTER_WITHHELD: gettext_lazy("no acknowledgement was sent: %(to)s has had enough of them for now"),
}
# The customer called; we did.
CALLS = (gettext_lazy("talked by phone: the customer called"), gettext_lazy("talked by phone: we called"))
# A letter that came back, or was refused, says it in the table of sentences.
UNDELIVERED = {
    "unknown": gettext_lazy("it is not known whether the letter to %(address)s has arrived"),
    "passed-on": gettext_lazy(
        "the letter to %(address)s was passed on to %(recipient)s and could not be delivered there: %(answer)s"
    ),
    "unsent": gettext_lazy("the letter to %(address)s was not sent: the address takes no letters"),
}
# The planned date is a promise of another kind than the norms.
OF_THE_DATE = {
    events.WARNED: gettext_lazy("one working day is left until the planned date"),
    events.BREACHED: gettext_lazy("the planned date has passed"),
}
# Nobody has answered them, and one of us decides.
LOOP_WAITS = gettext_lazy("letters of %(sender)s look like going in circles and wait for a decision")
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
CHOICES: dict[str, Any] = {"kind": Kind, "impact": Impact, "urgency": Urgency}

# Why the contract was not in force on the day of registration.
GAPS = {
    "ended": gettext_lazy("had ended on %(day)s, before the registration"),
    "not-begun": gettext_lazy("begins on %(day)s, after the registration"),
}

# Their reason is said behind the sentence, when there is one.
REASONED = frozenset(
    {events.TRIAGED, events.CANCELLED, events.CLOCK_MOVED, events.COVERAGE, events.ACCEPTED, events.RETURNED}
)


def sentence(event: Event) -> str:
    """The event in words, without its author. What the reader may not know is not in a public event's data."""
    data = event.data
    words = {name: str(value) for name, value in data.items()}
    words["channel"] = str(Channel(data["channel"]).label) if data.get("channel") in Channel else ""
    words["target"] = str(Target(data["target"]).label) if data.get("target") in Target else ""
    said_of = _moment if event.kind == events.DEADLINE_MOVED else _value
    words["after"], words["before"] = said_of(data.get("after")), said_of(data.get("before"))
    words |= _amounts(data)
    if event.kind == events.COVERAGE:
        words |= {when: _coverage(data, when) for when in ("before", "after")}
    words["date"] = _day(data.get("date"))
    words["changes"] = ", ".join(_change(field, pair) for field, pair in data.get("changes", {}).items())
    said = str(_template(event)) % _Lenient(words)
    if data.get("spoken_by") and event.kind == events.PLANNED_AGREED:
        said = _("%(said)s, in the words of %(name)s by phone") % {"said": said, "name": data["spoken_by"]}
    if data.get("beyond"):
        words_of = _("%(said)s; contract %(number)s is not in force on that day, none of its hours are drawn")
        said = words_of % {"said": said, "number": data["beyond"]}
    if data.get("via") in Via:
        said = f"{said} ({Via(data['via']).label})"
    reason = data.get("reason", "")
    return f"{said} ({reason})" if reason and event.kind in REASONED else said


def _amounts(data: dict[str, Any]) -> dict[str, str]:
    """Spans, days and sums as people write them."""
    found = {}
    if isinstance(data.get("spent"), int):
        hours, minutes = divmod(data["spent"], 60)
        found["spent"] = _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02}"}
    if data.get("day"):
        found["day"] = date_format(date.fromisoformat(data["day"]), "DATE_FORMAT")
    if data.get("cost"):
        found["cost"] = spaced(Decimal(data["cost"])).removesuffix("\u00a0₽")
    return found


def _coverage(data: dict[str, Any], when: str) -> str:
    label = str(Coverage(data[when]).label) if data.get(when) in Coverage else str(data.get(when, ""))
    number = data.get(f"contract_{when}")
    said = f"{label}, {number}" if number else label
    if when == "after" and data.get("gap") in GAPS:
        said = f"{said} ({GAPS[data['gap']] % {'day': _day(data.get('gap_day'))}})"
    return said


def _template(event: Event) -> Any:
    if event.kind == events.LETTER_FAILED and event.data.get("state") in UNDELIVERED:
        return UNDELIVERED[event.data["state"]]
    if event.kind == events.LOOP_STOPPED and event.data.get("waits"):
        return LOOP_WAITS
    if event.kind in OF_THE_DATE and event.data.get("target") == Target.PLANNED:
        return OF_THE_DATE[event.kind]
    if event.kind == events.CLOCK_MOVED and event.data.get("before") == event.data.get("after"):
        return gettext_lazy("the norm of %(target)s is counted on another calendar now")
    if event.kind == events.CALLED and event.data.get("talked"):
        return CALLS[event.data.get("direction") == "out"]
    return SENTENCES[event.kind]


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


def now_is(field: str, value: Any) -> str:
    """критическая: да"""
    return f"{FIELDS[field]}: {_shown(field, value)}"


def _shown(field: str, value: Any) -> str:
    if field in CHOICES and value in CHOICES[field]:
        return str(CHOICES[field](value).label)
    return _value(value)


def _moment(value: Any) -> str:
    """A stored moment in the reader's words and in local time."""
    return date_format(localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT") if value else _("none")


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _("nobody")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return span(value, "en" if (get_language() or "ru").startswith("en") else "ru")
    if isinstance(value, str) and DATE.fullmatch(value):
        return _day(value)
    return _("none") if value is None or value == "" else str(value)


def _day(value: Any) -> str:
    """4 декабря 2026 in the reader's language; what is no date stays as it is."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        return str(value or "…")
    return date_format(date.fromisoformat(value), "DATE_FORMAT")
