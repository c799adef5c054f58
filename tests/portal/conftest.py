"""A browser without a script for each person of the cast."""

from collections.abc import Callable

import pytest
from django.test import Client

from asmo_support.people.models import User


@pytest.fixture
def browser() -> Callable[[User], Client]:
    """Signs a person in; forms are checked for their token as in life."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
