"""The API as one object: its operations, how a body is read, how an error is told."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from asmo_support.api.operations import catalog, conversation, dates, history, lifecycle, resolutions, tickets
from asmo_support.api.problems import answer_to


class Json(Parser):
    """JSON as the standard has it: no NaN, no halves of characters, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = json.loads(request.body.decode(), parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()
        return found


class Readable(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


def _tell(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    return answer_to(error if isinstance(error, Exception) else error())


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


api = Api(
    title="АСМО-поддержка",
    version="1",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=Json(),
    renderer=Readable(),
)
for one in (tickets, conversation, resolutions, dates, lifecycle, history, catalog):
    api.add_router("", one.router)
api.add_exception_handler(Exception, _tell)
for kind in (Http404, HttpError, ValidationError):
    api.add_exception_handler(kind, _tell)
