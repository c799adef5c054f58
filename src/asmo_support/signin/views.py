"""Language and theme of the person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from asmo_support.people.actions.preferences import prefer
from asmo_support.ui.guard import WRITE, guard


@guard(methods=WRITE)
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language or theme: with the person, and in a cookie for the sign-in page."""
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if request.user.is_authenticated:
        prefer(request.user, language=language or None, theme=theme if "theme" in request.POST else None)
    back = request.POST.get("next", "/")
    local = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if local else "/")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax", httponly=True)
    return response
