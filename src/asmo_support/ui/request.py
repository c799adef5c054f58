"""A request whose person is known."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from asmo_support.people.models import User


class SignedIn(HttpRequest):
    """What a guarded view gets: `user` is a person."""

    user: "User"
