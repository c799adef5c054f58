"""What the history of a contract says, in the reader's language. The author stands before it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from asmo_support.contracts.models import ContractKind
from asmo_support.journal.models import Event
from asmo_support.lib.amounts import spaced, span

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
# The codes of `content.OwnNorm.words`.
NORMS = {
    "bug": pgettext_lazy("ticket kind", "bug"),
    "consultation": pgettext_lazy("ticket kind", "consultation"),
    "change": pgettext_lazy("ticket kind", "change request"),
    "critical": pgettext_lazy("own norm", "critical"),
    "non-standard": pgettext_lazy("own norm", "non-standard"),
}
PLACES = {"remote": gettext_lazy("remote"), "site": gettext_lazy("on site")}


def sentence(event: Event) -> str:
    """The event in words, without its author."""
    words = {name: str(value) for name, value in event.data.items()}
    # The database forgets the order of keys; people read in the order of the form.
    changes = event.data.get("changes", {})
    words["changes"] = "; ".join(_change(name, changes[name]) for name in FIELDS if name in changes)
    return str(SENTENCES[event.kind]) % words if event.kind in SENTENCES else event.kind


def _change(name: str, pair: list[Any]) -> str:
    before, after = (_shown(name, str(value)) for value in pair)
    return _("%(field)s: %(before)s → %(after)s") % {"field": FIELDS.get(name, name), "before": before, "after": after}


def _shown(name: str, value: str) -> str:
    if not value:
        return _("none")
    return SHOWN[name](value) if name in SHOWN else value


def _norms(value: str) -> str:
    """Codes and minutes of `content.OwnNorm.words`, one line after the other, as people say them."""
    return "; ".join(_norm(line) for line in value.split(", "))


def _norm(line: str) -> str:
    case, _space, numbers = line.rpartition(" ")
    if numbers.count("/") != 2:
        return line
    named = " ".join(str(NORMS.get(code, code)) for code in case.split(" "))
    reaction, resolution, update = numbers.split("/")
    said = [
        _promised(reaction, _("reaction %(span)s"), _("no promise of a reaction")),
        _("planned date") if resolution == "plan"
        else _promised(resolution, _("resolution %(span)s"), _("no promise of a resolution")),
        _promised(update, _("news every %(span)s"), _("no promise of news")),
    ]  # fmt: skip
    return f"{named}: {', '.join(one for one in said if one)}"


def _promised(minutes: str, words: str, none: str) -> str:
    if minutes == "–":
        return ""
    return none if minutes == "0" else words % {"span": _span(minutes)}


def _span(minutes: str) -> str:
    return span(int(minutes), "en" if (get_language() or "ru").startswith("en") else "ru")


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "DATE_FORMAT")


SHOWN: dict[str, Callable[[str], str]] = {
    "kind": lambda value: str(ContractKind(value).label) if value in ContractKind else value,
    "place": lambda value: str(PLACES.get(value, value)),
    "budget_minutes": _span,
    "rounding_minutes": _span,
    "cost": lambda value: spaced(Decimal(value)),
    "norms": _norms,
    "starts_on": _day,
    "ends_on": _day,
}
