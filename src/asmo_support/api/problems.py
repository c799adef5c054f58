"""Errors of the API as problem documents (RFC 9457)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from asmo_support.lib.errors import AsmoError, Conflict, Refused

KIND = "application/problem+json"


class BadParameter(AsmoError):
    """A parameter of the address that cannot be used."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name = name


def problem(status: int, title: str = "", detail: str = "", **more: Any) -> JsonResponse:
    """A problem document. `detail` is for a person, `more` for programs."""
    title = title or HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {}), **more}
    return JsonResponse(body, status=status, content_type=KIND, json_dumps_params={"ensure_ascii": False})


def unauthorized() -> JsonResponse:
    answer = problem(401, "Unauthorized", _("Send a valid token: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def missing() -> JsonResponse:
    """One answer for what is not there and for what is not yours."""
    return problem(404, detail=_("There is nothing here for you."))


def too_long(limit: int) -> JsonResponse:
    return problem(413, detail=_("The body is longer than %(size)s MB.") % {"size": limit >> 20})


def answer_to(error: Exception) -> HttpResponse:
    """The problem document for what went wrong on purpose; anything else is raised again."""
    for kinds, tell in TELLING:
        if isinstance(error, kinds):
            return tell(error)
    raise error


def pointer(*path: str | int) -> str:
    """A JSON pointer as a fragment: `#/requester`; `#` is the whole body."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path if step != "")
    return "#" + "".join(f"/{step}" for step in steps)


def _refusal(error: Refused) -> HttpResponse:
    return _invalid(error.words, [{"pointer": pointer(error.field), "detail": error.words}])


def _bad_parameter(error: BadParameter) -> HttpResponse:
    return _invalid(str(error), [{"parameter": error.name, "detail": str(error)}])


def _misfit(error: ValidationError) -> HttpResponse:
    return _invalid(_("The request does not fit its description."), [_fault(one) for one in error.errors])


def _unreadable(error: Exception) -> HttpResponse:
    return problem(400, detail=_("The body cannot be read."))


def _invalid(detail: str, errors: list[dict[str, str]]) -> JsonResponse:
    return problem(422, "Unprocessable Content", detail, errors=errors)


def _fault(error: dict[str, Any]) -> dict[str, str]:
    source, *path = error["loc"]
    if source == "body":
        return {"pointer": pointer(*path[1:]), "detail": _words(error)}
    # A list's place within its parameter is of no use: the last name is the parameter's.
    names = [step for step in path if isinstance(step, str)]
    return {"parameter": names[-1] if names else source, "detail": _words(error)}


def _words(error: dict[str, Any]) -> str:
    """The fault in the reader's language; of a kind that is not foreseen no more is said than that it does not fit."""
    said = {
        "missing": _("This is required."),
        "extra_forbidden": _("There is no such field."),
        "string_type": _("This must be a text."),
        "string_too_short": _("This must not be empty."),
        "string_too_long": _("This is too long."),
        "too_long": _("This is too long."),
        "bool_type": _("This must be true or false."),
        "bool_parsing": _("This must be true or false."),
        "int_parsing": _("This must be a whole number."),
        "int_type": _("This must be a whole number."),
        "int_from_float": _("This must be a whole number."),
        "date_type": _("This must be a date like 2026-04-30."),
        "date_parsing": _("This must be a date like 2026-04-30."),
        "date_from_datetime_parsing": _("This must be a date like 2026-04-30."),
        "model_type": _("This must be a JSON object."),
        "model_attributes_type": _("This must be a JSON object."),
        "dict_type": _("This must be a JSON object."),
        "list_type": _("This must be a list."),
        "enum": _("This must be one of: %(expected)s."),
        "greater_than_equal": _("This must be %(ge)s or more."),
        "less_than_equal": _("This must be %(le)s or less."),
    }.get(error["type"])
    context = {name: str(value).replace(" or ", ", ") for name, value in error.get("ctx", {}).items()}
    if error["type"] == "value_error":  # said by our own validators
        return str(error["msg"]).removeprefix("Value error, ")
    return said % context if said else _("This value does not fit the description of the field.")


# The first that fits tells the error.
TELLING: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Callable[[Any], HttpResponse]], ...] = (
    (Http404, lambda _error: missing()),
    (PermissionDenied, lambda error: problem(403, detail=str(error))),
    (Conflict, lambda error: problem(409, detail=error.words)),
    (Refused, _refusal),
    (BadParameter, _bad_parameter),
    (ValidationError, _misfit),
    ((HttpError, SuspiciousOperation, MultiPartParserError), _unreadable),
)
