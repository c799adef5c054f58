"""Where one can go from the rail of the desk. All counters are one statement, none goes beyond 99+."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.channels.phone.queries import waiting as calls_waiting
from asmo_support.channels.queries import waiting
from asmo_support.insight.counters import counters
from asmo_support.insight.lists import MANY, Filter
from asmo_support.insight.risk import endangered
from asmo_support.people.models import User
from asmo_support.people.roles import Role
from asmo_support.tickets.states import State
from asmo_support.ui.navigation import NavGroup, NavItem

MINE = Filter(mine=True)
NEW = Filter(state=State.REGISTERED, assignee="nobody")
OPEN = Filter(state="open")


def navigation(request: HttpRequest) -> list[NavGroup]:
    user = cast("User", request.user)
    numbers = counters(user, [MINE, NEW, OPEN], [endangered(user, timezone.now()), *waiting(), *calls_waiting()])
    mine, new, opened, risky, held, failed, missed, overdue = (_shown(number) for number in numbers)
    place = _place(request)
    tickets = [
        _item("desk:tickets", _("My move"), "move", place, count=mine, tone="act"),
        _item("desk:tickets", _("To sort"), "inbox", place, query="?state=registered&assignee=nobody", count=new),
        _item("desk:tickets", _("Open"), "view", place, query="?state=open", count=opened),
        _item("desk:risks", _("At risk"), "deadline", place, count=risky, tone="late"),
        _item("desk:tickets", _("Finished"), "check", place, query="?state=done"),
    ]
    return [
        NavGroup(tickets),
        NavGroup([*_letters(place, held, failed), *_calls(place, missed, overdue)], _("Communication")),
        NavGroup(_house(user, place), _("House")),
    ]


def _letters(place: str, held: str, failed: str) -> list[NavItem]:
    return [
        _item("desk:letters", _("Incoming"), "mail", place, count=held),
        _item("desk:outgoing", _("Outgoing"), "send", place, count=failed, tone="late"),
    ]


def _calls(place: str, missed: str, overdue: str) -> list[NavItem]:
    return [
        _item("desk:calls", _("Calls"), "phone", place, count=missed, tone="late"),
        _item("desk:callbacks", pgettext("navigation", "Callbacks"), "clock", place, count=overdue, tone="late"),
    ]


def _house(user: User, place: str) -> list[NavItem]:
    found = [
        _item("desk:customers", _("Customers"), "building", place),
        _item("desk:contracts", _("Contracts"), "deal", place),
    ]
    if user.role in {Role.LEAD, Role.ADMIN}:
        found.append(_item("desk:catalog-services", _("Catalogue"), "book", place))
        found.append(_item("desk:wordings", _("Texts of letters"), "pencil", place))
    if user.role == Role.ADMIN:
        found.append(_item("desk:calendars", _("Calendars"), "calendar", place))
        found.append(_item("desk:regulations", _("Regulations"), "deal", place))
        found.append(_item("desk:people", _("People of the desk"), "team", place))
        found.append(_item("desk:exchanges", _("Telephony"), "phone", place))
        found.append(_item("desk:mail", _("Mail servers"), "server", place))
    return found


def _item(name: str, label: str, icon: str, place: str, *, query: str = "", count: str = "", tone: str = "") -> NavItem:  # noqa: PLR0913
    url = reverse(name) + query
    return NavItem(url, label, icon, count, active=url == place, tone=tone if count else "")


def _place(request: HttpRequest) -> str:
    """The place of the rail a page belongs to: its list with its state, or the section it lies in."""
    match = request.resolver_match
    if match is None:
        return ""
    name = match.view_name
    if name == "desk:tickets":
        state = request.GET.get("state", "")
        query = f"?state={state}" if state else ""
        sorting = state == State.REGISTERED and request.GET.get("assignee") == "nobody"
        return reverse(name) + query + ("&assignee=nobody" if sorting else "")
    for start, section in SECTIONS:
        if name.startswith(start):
            return reverse(section)
    return ""


SECTIONS = (
    ("desk:risks", "desk:risks"),
    ("desk:load", "desk:risks"),
    ("desk:customer", "desk:customers"),
    ("desk:contract", "desk:contracts"),
    ("desk:installation", "desk:customers"),
    ("desk:catalog", "desk:catalog-services"),
    ("desk:calendar", "desk:calendars"),
    ("desk:regulation", "desk:regulations"),
    ("desk:person", "desk:people"),
    ("desk:people", "desk:people"),
    ("desk:letter", "desk:letters"),
    ("desk:blocked", "desk:letters"),
    ("desk:bad-address", "desk:outgoing"),
    ("desk:outgoing", "desk:outgoing"),
    ("desk:callback", "desk:callbacks"),
    ("desk:call", "desk:calls"),
    ("desk:exchange", "desk:exchanges"),
    ("desk:mail", "desk:mail"),
    ("desk:wording", "desk:wordings"),
)


def _shown(number: int) -> str:
    return f"{MANY}+" if number > MANY else str(number or "")
