"""Where one can go from the bar of the portal."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asmo_support.insight.lists import MANY, Filter, count
from asmo_support.ui.navigation import NavGroup, NavItem

HOME = ("portal:organization", "portal:branch", "portal:person", "portal:installations", "portal:contract")


def navigation(request: HttpRequest) -> list[NavGroup]:
    """Four places; the first says how much waits for the reader."""
    waiting = count(request.user, Filter(mine=True))  # type: ignore[arg-type]
    shown = "" if not waiting else f"{MANY}+" if waiting > MANY else str(waiting)
    match = request.resolver_match.view_name if request.resolver_match else ""
    items = [
        NavItem(reverse("portal:home"), _("Start"), "home", shown, match == "portal:home"),
        NavItem(reverse("portal:tickets"), _("Tickets"), "inbox", "", match.startswith("portal:ticket")),
        NavItem(reverse("portal:ticket-new"), _("New"), "plus", "", match == "portal:ticket-new"),
        NavItem(reverse("portal:organization"), _("Organization"), "building", "", match.startswith(HOME)),
    ]
    items[1] = NavItem(items[1].url, items[1].label, items[1].icon, "", items[1].active and not items[2].active)
    return [NavGroup(items)]
