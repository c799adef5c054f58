"""Around every operation: the thing of the address through `visible_to`, the right, one transaction for a deed.

A stranger gets the answer of a number that does not exist, before anything else is looked at. A role that never may
gets 403 with the reason, a ticket that cannot take the deed now 409, and only then the body is read.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja.decorators import decorate_view

from asmo_support.api import reading
from asmo_support.api.once import once
from asmo_support.api.policy import POLICY
from asmo_support.api.problems import answer_to, too_long
from asmo_support.api.request import ApiRequest
from asmo_support.lib.errors import Conflict
from asmo_support.lib.verdict import Verdict
from asmo_support.ui.guard import NotAllowed

LONGEST_BODY = 1 << 20
Operation = TypeVar("Operation", bound=Callable[..., Any])
May = Callable[..., Verdict]


def guard(may: May | None = None) -> Callable[[Operation], Operation]:
    """Load what the address names, ask `may(user[, ticket])`, then run the operation."""
    return decorate_view(partial(_around, may))


def _around(may: May | None, run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def call(request: ApiRequest, **path: Any) -> HttpResponse:
        try:
            things = _load(request, path)
            verdict = may(request.user, *things) if may else None
            _ask_role(request, verdict)
            if request.method == "GET":
                return run(request, **path)
            if _is_long(request):
                return too_long(LONGEST_BODY)
            return once(request, partial(_act, verdict, partial(run, request, **path)))
        except Exception as error:  # noqa: BLE001 - what is not ours is raised again
            return answer_to(error)

    return call


def _load(request: ApiRequest, path: dict[str, Any]) -> tuple[Any, ...]:
    if "number" not in path:
        return ()
    ticket = reading.tickets(request.user).filter(number=path["number"]).first()
    if ticket is None:
        raise Http404
    request.ticket = ticket
    if "n" in path and not ticket.resolutions.filter(n=path["n"]).exists():
        raise Http404
    if "offer" in path and not ticket.planned_dates.filter(n=path["offer"]).exists():
        raise Http404
    return (ticket,)


def _ask_role(request: ApiRequest, verdict: Verdict | None) -> None:
    name = request.resolver_match.view_name if request.resolver_match else ""
    if request.user.role not in POLICY[name, str(request.method)].act:
        raise NotAllowed((verdict.reason if verdict is not None else "") or _("Your role does not do this."))
    if verdict is not None and not verdict and not verdict.late:
        raise NotAllowed(verdict.reason)


def _act(verdict: Verdict | None, run: Callable[[], HttpResponse]) -> HttpResponse:
    # The person may; what stands in the way is where the ticket is now.
    if verdict is not None and not verdict:
        raise Conflict(verdict.reason)
    return run()


def _is_long(request: ApiRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return request.content_type != "multipart/form-data" and length.isdigit() and int(length) > LONGEST_BODY
