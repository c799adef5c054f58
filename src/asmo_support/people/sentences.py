"""What history says of customers and people: one sentence for each kind of event. Who did it stands before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from asmo_support.journal.models import Event
from asmo_support.people.domains import readable
from asmo_support.people.models import User
from asmo_support.people.roles import Competence, Role, Visibility

SENTENCES = {
    "organization.added": gettext_lazy("added the customer"),
    "organization.changed": gettext_lazy("changed: %(changes)s"),
    "organization.visibility-chosen": gettext_lazy("chose whose tickets colleagues see: %(after)s, it was %(before)s"),
    "organization.domain-added": gettext_lazy("added the domain %(domain)s"),
    "organization.domain-removed": gettext_lazy("took the domain %(domain)s away"),
    "organization.merge-asked": gettext_lazy("asked to merge “%(name)s” into “%(into_name)s”"),
    "organization.merged": gettext_lazy("“%(name)s” was merged into this entry"),
    "user.added": gettext_lazy("added %(name)s"),
    "user.changed": gettext_lazy("changed: %(changes)s"),
    "user.invited": gettext_lazy("sent an invitation to %(address)s"),
    "user.invitation-withdrawn": gettext_lazy("withdrew the invitation"),
    "user.joined": gettext_lazy("set a password by the invitation"),
    "user.deactivated": gettext_lazy("shut the person out"),
    "user.activated": gettext_lazy("let the person in again"),
    "user.token-created": gettext_lazy("made the key for programs “%(name)s”"),
    "user.token-revoked": gettext_lazy("ended the key for programs “%(name)s”"),
    "user.merge-asked": gettext_lazy("asked to merge “%(name)s” into “%(into_name)s”"),
    "user.merged": gettext_lazy("“%(name)s”, %(address)s, was merged into this entry"),
}
FIELDS = {
    "name": pgettext_lazy("changed", "name"),
    "short_name": pgettext_lazy("changed", "short name"),
    "parent": pgettext_lazy("changed", "head office"),
    "visibility": pgettext_lazy("changed", "whose tickets a contact sees"),
    "email": pgettext_lazy("changed", "e-mail"),
    "role": pgettext_lazy("changed", "role"),
    "department": pgettext_lazy("changed", "department"),
    "position": pgettext_lazy("changed", "position"),
    "phone": pgettext_lazy("changed", "phone"),
    "phones": pgettext_lazy("changed", "phones"),
    "extension": pgettext_lazy("changed", "inner number"),
    "competences": pgettext_lazy("changed", "what the person knows"),
}
CHOICES: dict[str, Any] = {"role": Role, "visibility": Visibility}


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words."""

    at: datetime
    by: User | None
    said: str


def happened(events: Iterable[Event]) -> list[Line]:
    """The events of a customer or a person, in the reader's language; kinds nobody has words for are left out."""
    return [Line(event.at, event.by, _sentence(event)) for event in events if event.kind in SENTENCES]


def _sentence(event: Event) -> str:
    data = dict(event.data)
    words = {name: str(value) for name, value in data.items()}
    words["domain"] = readable(words.get("domain", ""))
    words["changes"] = "; ".join(_change(name, pair) for name, pair in (data.get("changes") or {}).items())
    if event.kind == "organization.visibility-chosen":
        words |= {name: _shown("visibility", words.get(name, "")) for name in ("before", "after")}
    return str(SENTENCES[event.kind]) % words


def _change(name: str, pair: list[str]) -> str:
    before, after = (_shown(name, value) for value in pair)
    return _("%(field)s: %(before)s → %(after)s") % {
        "field": FIELDS.get(name, name), "before": before, "after": after,
    }  # fmt: skip


def _shown(name: str, value: str) -> str:
    if not value:
        return "—"
    if name == "competences":
        return ", ".join(str(Competence(one).label) for one in value.split(", ") if one in Competence)
    return str(CHOICES[name](value).label) if name in CHOICES and value in CHOICES[name] else value
