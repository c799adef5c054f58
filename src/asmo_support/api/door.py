"""The API as one object: its operations, how a body is read, how an error is told."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser

from asmo_support.api.operations import conversation, history, lifecycle, resolutions, tickets
from asmo_support.api.problems import answer_to
from asmo_support.lib.errors import AsmoError

TOLD = (Http404, PermissionDenied, SuspiciousOperation, MultiPartParserError, HttpError, ValidationError, AsmoError)


class Json(Parser):
    """JSON as the standard has it: no NaN, no halves of characters, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            found = json.loads(request.body.decode(), parse_constant=_refuse)
            json.dumps(found, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise HttpError(400, f"The body is not JSON: {error}") from error
        return found


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


api = Api(
    title="АСМО-поддержка",
    version="1",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=Json(),
)
for one in (tickets, conversation, resolutions, lifecycle, history):
    api.add_router("", one.router)
for kind in TOLD:
    api.add_exception_handler(kind, lambda _request, error: answer_to(error))
