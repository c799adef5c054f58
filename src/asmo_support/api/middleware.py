"""A program comes with a token, never with a cookie: on the API's addresses the session does not count."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import is_valid_path
from django.utils.translation import gettext as _

from asmo_support.api.problems import KIND, missing, problem
from asmo_support.people.actions.tokens import bearer

PREFIX = "/api/"


class BearerToken:
    """Puts the token's person in the place of the session's on the API's addresses.

    What goes wrong there is told as a problem document, also when it never reaches an operation.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if not is_valid_path(request.path_info):
            return missing()
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        request.user = (bearer(token.strip()) if scheme.lower() == "bearer" and token else None) or AnonymousUser()
        return _told(self.get_response(request))


def _told(response: HttpResponse) -> HttpResponse:
    if response.status_code < 300 or response.headers.get("Content-Type") == KIND:
        return response
    if response.status_code < 400:
        # Pages are sent to where a second factor is set up; nothing else of ours redirects here.
        return problem(403, detail=_("First this person sets up a second factor on the web."))
    answer = problem(response.status_code)
    if isinstance(response, HttpResponseNotAllowed):
        answer["Allow"] = response["Allow"]
    return answer
