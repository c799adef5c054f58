"""What happens around every page: the walls, the headers, the cross-site check, language and theme."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from asmo_support.lib import zones
from asmo_support.ui.request import zone_of
from asmo_support.wall.acting import DESK, PORTAL, SYSTEM, acting_as

Next = Callable[[HttpRequest], HttpResponse]
# Doors that a session does not open: signing in, and the links of letters, which choose their person's role themselves.
NAMELESS = ("/accounts/", "/preferences/", "/links/")
SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " object-src 'none'; manifest-src 'self'"
)


class OuterWall:
    """Sessions and sign-in are read as `system`; the role is given back before the connection serves anybody else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(SYSTEM):
            return self.get_response(request)


class InnerWall:
    """The page itself runs as the desk, as a customer's portal, or, at the sign-in door, as `system`."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        # These doors and the nameless stay `system`: they see its pages and nothing else (config.policy).
        if not user.is_authenticated or request.path.startswith(NAMELESS):
            return self.get_response(request)
        role = DESK if user.is_staff else PORTAL
        with acting_as(role, user.organization_ids):
            return self.get_response(request)


class Headers:
    """The strict content policy on every answer that does not bring its own, and a nonce for the page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=request.csp_nonce))  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class CrossSite:
    """A second check beside the CSRF token: a browser that says it comes from another site changes nothing."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site":
            raise PermissionDenied
        return self.get_response(request)


class Preferences:
    """The person's language; before sign-in the cookie's, then the browser's, then Russian. Customers read each time of
    the desk by their own clock, too.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.user.language if request.user.is_authenticated else _asked(request)
        customer = request.user.is_authenticated and not request.user.is_staff
        with translation.override(language), zones.read_in(zone_of(request) if customer else None):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _asked(request: HttpRequest) -> str:
    wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or request.headers.get("Accept-Language", "")[:2]
    return wanted if wanted in {"ru", "en"} else "ru"
