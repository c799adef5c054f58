"""A request whose person is known."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

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
