"""A program comes with a token, never with a cookie: on the API's addresses the session does not count."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from asmo_support.people.actions.tokens import bearer

PREFIX = "/api/"


class BearerToken:
    """Puts the token's person in the place of the session's on the API's addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PREFIX):
            scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
            request.user = (bearer(token.strip()) if scheme.lower() == "bearer" and token else None) or AnonymousUser()
        return self.get_response(request)
