"""What the API says of itself: the OpenAPI document for programs and a page for people, both open to everybody."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from asmo_support.api.door import api
from asmo_support.api.problems import KIND
from asmo_support.ui.guard import READ, guard

PREFIX = "/api/v1/"
ABOUT = gettext_noop(
    "Send the token of `asmo token create EMAIL` as `Authorization: Bearer …`. Whatever is created or done answers 201;"
    " triage answers 200. Lists are `{items, next}`: send `next` as `cursor` to go on. A POST or PATCH with an"
    " `Idempotency-Key` has one effect and one answer, however often it is repeated. Errors are problem documents"
    " (RFC 9457): 400 unreadable, 401 no valid token, 403 not for your role, 404 not there or not yours,"
    " 409 not now, 422 not so, with `errors: [{pointer, detail}]`."
)
PROBLEM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("pointer", "parameter", "detail")},
            },
        },
    },
    "required": ["type", "title", "status"],
}
FAULT = {
    "description": "A problem document",
    "content": {KIND: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
SECTIONS = {
    "tickets": gettext_noop("Tickets"),
    "conversation": gettext_noop("Words and files"),
    "resolutions": gettext_noop("Resolutions"),
    "dates": gettext_noop("Planned dates"),
    "life": gettext_noop("Steps"),
    "history": gettext_noop("History and letters"),
    "catalog": gettext_noop("Catalogue"),
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The same key gets the same answer, and the deed is done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
}


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    found["info"]["description"] = ABOUT
    found["components"]["schemas"]["Problem"] = PROBLEM
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{"token": []}]
    for _path, method, operation in operations(found):
        operation["responses"]["default"] = FAULT
        if method != "get":
            operation.setdefault("parameters", []).append(KEY)
    return found


def operations(found: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation, as the document has them."""
    return [(path, method, one) for path, methods in found["paths"].items() for method, one in methods.items()]


@guard(methods=READ)
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False})


@guard(methods=READ)
def docs(request: HttpRequest) -> HttpResponse:
    """The document as a page: no script, nothing from elsewhere."""
    found = schema()
    sections: dict[str, list[dict[str, Any]]] = {}
    for path, method, operation in operations(found):
        sections.setdefault(operation["tags"][0], []).append(_shown(path, method, operation))
    shown = [(name, gettext(SECTIONS[name]), sections[name]) for name in SECTIONS]
    return render(request, "api/docs.html", {"about": gettext(ABOUT), "sections": shown, "shapes": _shapes(found)})


def _shown(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    status = next(str(code) for code in operation["responses"] if code != "default")
    answer = operation["responses"][next(code for code in operation["responses"] if str(code) == status)]
    return {
        "path": path,
        "method": method.upper(),
        "summary": _translated(operation.get("summary")),
        "description": _translated(operation.get("description")),
        "query": [
            {"name": one["name"], "type": _type(one["schema"]), "about": _translated(one["schema"].get("description"))}
            for one in operation.get("parameters", [])
            if one["in"] == "query"
        ],
        "body": [_type(one["schema"]) for one in content.values()],
        "status": status,
        "answer": [_type(one["schema"]) for one in answer.get("content", {}).values()],
    }


def _shapes(found: dict[str, Any]) -> list[dict[str, Any]]:
    shapes = []
    for name, shape in sorted(found["components"]["schemas"].items()):
        fields = [
            {
                "name": field,
                "type": _type(one),
                "required": field in shape.get("required", []),
                "about": _translated(one.get("description")),
            }
            for field, one in shape.get("properties", {}).items()
        ]
        shapes.append({"name": name, "fields": fields, "values": shape.get("enum", [])})
    return shapes


def _translated(text: str | None) -> str:
    return gettext(text) if text else ""


def _type(one: dict[str, Any]) -> str:
    if "$ref" in one:
        return str(one["$ref"]).rpartition("/")[2]
    if "anyOf" in one:
        return " | ".join(_type(choice) for choice in one["anyOf"])
    if "allOf" in one:
        return " & ".join(_type(part) for part in one["allOf"])
    if "enum" in one:
        return " | ".join(map(str, one["enum"]))
    kind = str(one.get("format") or one.get("type", "any"))
    return f"[{_type(one['items'])}]" if kind == "array" else kind
