"""What every page knows: who reads it, where one can go, whether this is the demo."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from asmo_support.channels.queries import failing_mail, sends_letters
from asmo_support.desk.navigation import navigation as desk_navigation
from asmo_support.portal.navigation import navigation as portal_navigation
from asmo_support.signin.middleware import owes_factor
from asmo_support.sla.calendars import wanted_year
from asmo_support.sla.layers import LayeredCalendar
from asmo_support.tickets.calendars import table
from asmo_support.ui.workday import workday


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the page skeleton."""
    user = getattr(request, "user", None)
    found: dict[str, Any] = {
        "demo": settings.DEMO,
        "version": settings.VERSION,
        "nonce": getattr(request, "csp_nonce", ""),
    }
    if settings.DEMO and request.path == "/accounts/login/":
        found |= _demo_people()
    if request.path == "/accounts/password/reset/done/":
        found["letters_kept"] = not sends_letters()
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return found
    found["theme"] = user.theme
    if request.path.startswith("/accounts/"):
        return found | {"owes_factor": owes_factor(user)}
    if request.path.startswith("/links/"):
        return found
    now = timezone.now()
    if user.role == "admin":
        found["wanted_year"] = _wanted_year(timezone.localdate(now))
        found["failing_mail"] = failing_mail(now)
    found["day"] = workday(now, table().calendar.hours(timezone.localdate(now)), get_language() or "ru")
    found["nav"] = (desk_navigation if user.is_staff else portal_navigation)(request)
    return found


def _wanted_year(today: date) -> int | None:
    """From December the administrator is asked for the next year's decree; the calendar in force is at hand."""
    calendar = table().calendar
    return wanted_year(calendar, today) if isinstance(calendar, LayeredCalendar) else None


def _demo_people() -> dict[str, Any]:
    # Only a demo installation has these people; the module is never loaded elsewhere.
    from asmo_support.config.demo import sign_in_context

    return sign_in_context()
