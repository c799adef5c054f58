"""Errors of the API as problem documents (RFC 9457)."""

from typing import Any

from django.http import JsonResponse


def problem(status: int, title: str, detail: str = "", **more: Any) -> JsonResponse:
    """A problem document. `detail` is for a person, `more` for programs."""
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {}), **more}
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def unauthorized() -> JsonResponse:
    answer = problem(401, "Unauthorized", "Send a valid token: Authorization: Bearer …")
    answer["WWW-Authenticate"] = "Bearer"
    return answer
