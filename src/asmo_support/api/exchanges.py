"""The door of telephone exchanges: events of calls in the format of Zammad's generic CTI push.

Known by the secret of its address alone. An address that was never made and one that was revoked answer the same.
"""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from asmo_support.api.problems import missing, problem
from asmo_support.channels.phone import hearing
from asmo_support.channels.phone.exchanges import exchange_of
from asmo_support.channels.phone.reading import LONGEST_BODY, read
from asmo_support.lib.errors import Unreadable
from asmo_support.wall.acting import SYSTEM, acting_as

logger = logging.getLogger("asmo_support.phone")


@csrf_exempt
def events(request: HttpRequest, token: str) -> HttpResponse:
    """One event. Answers `{}`: we block no calls and name no numbers to the exchange."""
    with acting_as(SYSTEM):
        exchange = exchange_of(token)
        if exchange is None:
            return missing()
        if not hearing.may_speak(exchange):
            answer = problem(HTTPStatus.TOO_MANY_REQUESTS, detail=_("Too many events in one minute."))
            answer["Retry-After"] = "60"
            return answer
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > LONGEST_BODY:
            words = _("An event is shorter than %(size)s KB.") % {"size": LONGEST_BODY >> 10}
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=words)
        try:
            event = read(request.read(LONGEST_BODY), request.META.get("CONTENT_TYPE") or "")
        except Unreadable as trouble:
            logger.warning("Exchange “%s”: %s", exchange.name, trouble)
            return problem(HTTPStatus.BAD_REQUEST, detail=str(trouble))
        hearing.hear(event, exchange)
    return JsonResponse({})


events.methods = ("POST",)  # type: ignore[attr-defined]
