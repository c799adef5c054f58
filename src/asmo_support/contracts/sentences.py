"""What the history of a contract says, in the reader's language. The author stands before it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from asmo_support.contracts.models import ContractKind
from asmo_support.journal.models import Event
from asmo_support.lib.amounts import clock_of, spaced

SENTENCES = {
    "contract.added": gettext_lazy("wrote down contract %(number)s"),
    "contract.changed": gettext_lazy("changed: %(changes)s"),
    "contract.file-added": gettext_lazy("attached %(name)s"),
    "contract.file-removed": gettext_lazy("removed %(name)s"),
    "contract.ending": gettext_lazy("both sides were reminded: %(days)s days before the end"),
}
FIELDS = {
    "number": gettext_lazy("number"),
    "kind": pgettext_lazy("contract", "kind"),
    "starts_on": gettext_lazy("start"),
    "ends_on": gettext_lazy("end"),
    "place": gettext_lazy("place"),
    "cost": gettext_lazy("cost"),
    "regulation": gettext_lazy("regulation"),
    "calendar": gettext_lazy("calendar"),
    "budget_minutes": gettext_lazy("hours"),
    "rounding_minutes": gettext_lazy("rounding"),
    "note": gettext_lazy("note"),
    "scope": gettext_lazy("products"),
    "licences": gettext_lazy("licences"),
    "norms": gettext_lazy("own norms"),
}
PLACES = {"remote": gettext_lazy("remote"), "site": gettext_lazy("on site")}


def sentence(event: Event) -> str:
    """The event in words, without its author."""
    words = {name: str(value) for name, value in event.data.items()}
    words["changes"] = "; ".join(_change(name, pair) for name, pair in event.data.get("changes", {}).items())
    return str(SENTENCES[event.kind]) % words if event.kind in SENTENCES else event.kind


def _change(name: str, pair: list[Any]) -> str:
    before, after = (_shown(name, str(value)) for value in pair)
    return _("%(field)s: %(before)s → %(after)s") % {"field": FIELDS.get(name, name), "before": before, "after": after}


def _shown(name: str, value: str) -> str:
    if not value:
        return _("none")
    if name == "kind" and value in ContractKind:
        return str(ContractKind(value).label)
    if name == "place":
        return str(PLACES.get(value, value))
    if name == "budget_minutes" and value.isdecimal():
        return clock_of(int(value))
    if name == "cost":
        return spaced(Decimal(value))
    return ".".join(reversed(value.split("-"))) if name in {"starts_on", "ends_on"} else value
