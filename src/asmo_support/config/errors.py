"""Pages for what went wrong. They say what happened and what to do, and nothing about the inside."""

import logging
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    ticket = uuid4().hex[:8]
    logger.error("Page failed, told the person number %s: %s", ticket, request.path)
    return render(request, "500.html", {"number": ticket}, status=500)


def csrf_failed(request: HttpRequest, reason: str = "", **_rest: Any) -> HttpResponse:
    words = _("The page was open too long or came from elsewhere. Go back, reload it and send again.")
    return render(request, "403.html", {"reason": words}, status=403)
