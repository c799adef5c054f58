"""Where one can go from the rail of the desk."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> list[Any]:
    return []
