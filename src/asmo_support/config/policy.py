"""The access policy of the whole house: a route without a line is closed, and the program does not start."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.checks import Error, register
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render, resolve_url
from django.urls import URLPattern, URLResolver, get_resolver

from asmo_support.api.policy import POLICY as API
from asmo_support.api.problems import unauthorized
from asmo_support.desk.policy import POLICY as DESK
from asmo_support.portal.policy import POLICY as PORTAL
from asmo_support.signin.policy import POLICY as SIGNIN
from asmo_support.ui.policy import Policy

# Fields in which people write what they would not like to write again.
TYPED = ("subject", "text", "reason")
POLICY: Policy = {**SIGNIN, **PORTAL, **DESK, **API}


class DenyByDefault:
    """Lets a request through to its view only when the policy names its route, method and role."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        method = "GET" if request.method == "HEAD" else str(request.method)
        rule = POLICY.get((name, method))
        if rule is None:
            others = sorted({verb for route, verb in POLICY if route == name})
            if others and (request.user.is_authenticated or _is_public(name)):
                return HttpResponseNotAllowed(others)
            return _stranger(request)
        if rule.public:
            return None
        if not request.user.is_authenticated:
            return _stranger(request)
        if request.user.role not in rule.enter:
            raise Http404
        return None


def routes() -> Iterator[tuple[str, Any]]:
    """Every named route of the resolver with its view. An unnamed one comes with an empty name, and is denied."""
    return _walk(get_resolver().url_patterns, ())


def _walk(patterns: Any, spaces: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or ""]), pattern.callback


def _is_public(name: str) -> bool:
    return any(rule.public for (route, _method), rule in POLICY.items() if route == name)


def _stranger(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        raise Http404
    if request.path.startswith("/api/"):
        return unauthorized()
    address = _sign_in(request)
    words = [one for name in TYPED for one in request.POST.getlist(name) if one.strip()]
    if words:
        # The session ended while somebody was writing: what was typed is given back, whatever the browser keeps.
        return render(request, "401.html", {"words": words, "address": address}, status=401)
    return redirect(address)


def _sign_in(request: HttpRequest) -> str:
    """The sign-in page, which leads back to the page asked for, or to the one whose form was sent."""
    following = request.get_full_path()
    if request.method != "GET":
        source = urlsplit(request.headers.get("Referer", ""))
        following = source.path if source.netloc == request.get_host() else "/"
        following += f"?{source.query}" if following != "/" and source.query else ""
    return resolve_url("account_login") + ("" if following == "/" else "?" + urlencode({"next": following}))


@register()
def every_route_has_a_policy(app_configs: Any, **_rest: Any) -> list[Error]:
    """A route without a line, or a line without a route, stops the program at start."""
    present, declared = {name for name, _view in routes()}, {name for name, _method in POLICY}
    problems = [Error(f"Route “{name}” has no policy", id="desk.E001") for name in sorted(present - declared)]
    problems += [
        Error(f"Policy names a route that is not there: “{name}”", id="desk.E002")
        for name in sorted(declared - present)
    ]
    for name, view in routes():
        methods = {method for method in getattr(view, "methods", ()) if method != "HEAD"}
        if methods and methods != {verb for route, verb in POLICY if route == name}:
            problems.append(Error(f"Policy and guard of “{name}” name different methods", id="desk.E003"))
    return problems
