"""«Связь»: one place for letters in and out, with a tab for each pile and the age of what waits in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.insight.letters import MANY, Waiting, waiting
from asmo_support.people.models import User

# After how long what waits is late: the worker's piles in minutes, people's in hours.
LIMITS = {
    "in": timedelta(minutes=5), "held": timedelta(hours=4), "quarantined": timedelta(hours=4),
    "out": timedelta(minutes=30), "failed": timedelta(hours=24),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """A pile: its address, how many wait in it and for how long."""

    key: str
    label: str
    url: str
    count: str = ""
    minutes: float | None = None
    late: bool = False


def tabs(found: Mapping[str, Waiting], now: datetime | None = None) -> list[Tab]:
    """The tabs with their counters; calls stand among them where they are kept."""
    moment = now or timezone.now()
    letters, sent = reverse("desk:letters"), reverse("desk:outgoing")
    piles = [
        ("in", _("Incoming"), letters + "?state=all"),
        ("held", pgettext("letters", "Doubtful"), letters + "?state=held"),
        ("quarantined", _("In quarantine"), letters + "?state=quarantined"),
        ("out", _("Outgoing"), sent),
        ("failed", _("Did not arrive"), sent + "?state=failed"),
    ]
    made = [_tab(key, label, url, found[key], moment) for key, label, url in piles]
    if calls := _calls():
        made.append(Tab("calls", _("Calls"), calls))
    return [*made, Tab("blocked", pgettext("tab", "Blocked"), reverse("desk:blocked"))]


def tabs_for(user: User) -> list[Tab]:
    return tabs(waiting(user))


def _tab(key: str, label: str, url: str, found: Waiting, now: datetime) -> Tab:
    if not found.count or found.since is None:
        return Tab(key, label, url)
    age = now - found.since
    count = f"{MANY}+" if found.count > MANY else str(found.count)
    return Tab(key, label, url, count, age / timedelta(minutes=1), late=age > LIMITS[key])


def _calls() -> str:
    try:
        return reverse("desk:calls")
    except NoReverseMatch:
        return ""
