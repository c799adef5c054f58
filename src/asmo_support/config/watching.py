"""Who watches an open page, and which changes he may know: asked for every change, at the moment it is told."""

from collections.abc import Mapping, Sequence
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket
from asmo_support.wall.acting import DESK, PORTAL, SYSTEM, acting_as


def allowed(cookies: Mapping[str, str], changes: Sequence[Mapping[str, int]]) -> Sequence[Mapping[str, int]] | None:
    """Of these changes, those of things the person with these cookies may see; None when nobody is signed in."""
    with acting_as(SYSTEM):
        user = _person(cookies)
        organizations = user.organization_ids if user else ()
    if user is None:
        return None
    if not changes:
        return []
    with acting_as(DESK if user.is_staff else PORTAL, organizations):
        return _visible(user, changes)


def _visible(user: User, changes: Sequence[Mapping[str, int]]) -> list[Mapping[str, int]]:
    heard = [change for change in changes if "ticket" in change and (user.is_staff or not change.get("internal"))]
    numbers = {change["ticket"] for change in heard}
    seen = set(Ticket.objects.visible_to(user).filter(number__in=numbers).values_list("number", flat=True))
    # Calls are the desk's; whose screen one appears on is asked by the page that fetches the card.
    calls = {change["call"] for change in changes if "call" in change} if user.is_staff else set()
    return [*({"ticket": number} for number in sorted(seen)), *({"call": pk} for pk in sorted(calls))]


def _person(cookies: Mapping[str, str]) -> User | None:
    request = HttpRequest()
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None
