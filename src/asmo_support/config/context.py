"""What every page knows: who reads it, where one can go, whether this is the demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from asmo_support.desk.navigation import navigation as desk_navigation
from asmo_support.portal.navigation import navigation as portal_navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the page skeleton."""
    user = getattr(request, "user", None)
    found: dict[str, Any] = {
        "demo": settings.DEMO,
        "version": settings.VERSION,
        "nonce": getattr(request, "csp_nonce", ""),
    }
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return found
    found["theme"] = user.theme
    if request.path.startswith("/accounts/"):
        return found
    found["nav"] = (desk_navigation if user.is_staff else portal_navigation)(request)
    return found
