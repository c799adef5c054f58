"""What a form of triage was opened on: two people who sort out one ticket at once do not undo each other."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from asmo_support.lib.errors import Conflict
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.sentences import now_is

TRIAGED = ("kind", "critical", "standard", "impact", "urgency", "service", "product", "module")
LINKS = frozenset({"service", "product", "module"})


def marks(ticket: Ticket) -> dict[str, str]:
    """The facts of triage as a form sends them: "" is no or none, "1" is yes, a number names a row."""
    return {field: mark(getattr(ticket, f"{field}_id" if field in LINKS else field)) for field in TRIAGED}


def mark(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    return "1" if value is True else "" if value is None or value is False else str(value)


def written(ticket: Ticket) -> str:
    """The marks as one hidden field carries them."""
    return json.dumps(marks(ticket))


def read(text: str) -> dict[str, str]:
    """The marks that a form brought back; empty when it brought none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {name: found[name] for name in TRIAGED} if isinstance(found, dict) and found.keys() >= set(TRIAGED) else {}


def own(ticket: Ticket, changes: Mapping[str, Any], seen: Mapping[str, str]) -> dict[str, Any]:
    """Of what a form says, what its writer changed. A `Conflict` when somebody else changed the same meanwhile."""
    if not seen:
        return dict(changes)
    now = marks(ticket)
    mine = {field: value for field, value in changes.items() if mark(value) != seen[field]}
    lost = [field for field, value in mine.items() if now[field] not in {seen[field], mark(value)}]
    if lost:
        facts = ", ".join(now_is(field, _named(getattr(ticket, field))) for field in lost)
        raise Conflict(
            _("Somebody changed the same while you wrote. Now: %(facts)s. Compare and save again.") % {"facts": facts}
        )
    return mine


def _named(value: Any) -> Any:
    return getattr(value, "name", None) if isinstance(value, Model) else value
