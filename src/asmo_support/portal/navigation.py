"""Where one can go from the bar of the portal."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> list[Any]:
    return []
