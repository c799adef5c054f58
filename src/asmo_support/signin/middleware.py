"""Staff need a second factor, outside the demo: until it is set up, only the pages that set it up answer."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

OPEN = ("/accounts/", "/static/", "/preferences/")


class SecondFactor:
    """Sends a person of the desk without a second factor to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OPEN) and owes_factor(request.user):
            return redirect("mfa_index")
        return self.get_response(request)


def owes_factor(user: Any) -> bool:
    """Whether this person must set up a second factor before anything else."""
    if not (settings.SECOND_FACTOR_REQUIRED and user.is_authenticated and user.is_staff):
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=user, type__in=kinds).exists()
