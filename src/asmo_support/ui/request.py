"""A request whose person is known."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from asmo_support.lib import zones
from asmo_support.lib.verdict import Verdict

if TYPE_CHECKING:
    from asmo_support.people.models import User


class SignedIn(HttpRequest):
    """What a guarded view gets: `user` is a person; `verdict` is yes, or not now for an `even_late` view."""

    user: "User"
    verdict: Verdict


def asked_page(request: HttpRequest) -> int:
    """Which page of a list is asked for; the first one when that is no number."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 and int(asked) else 1


def zone_of(request: HttpRequest) -> ZoneInfo | None:
    """The zone this person has chosen; until then the browser's, which it leaves in a cookie (ui/js/zone.js)."""
    return zones.known(request.session.get("zone") or request.COOKIES.get("zone", ""))
