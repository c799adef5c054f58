"""People signed in at the desk, without a browser and without scripts."""

from collections.abc import Callable

import pytest
from django.test import Client

from asmo_support.people.actions.preferences import prefer
from asmo_support.people.models import User


@pytest.fixture
def sign_in(db) -> Callable[[User], Client]:
    def signed(user: User) -> Client:
        # Tests read the words as they stand in the code.
        prefer(user, language="en")
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed
