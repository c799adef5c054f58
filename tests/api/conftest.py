"""Programs that come with a token, one for each person of the cast."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from asmo_support.people.actions.tokens import create_token
from asmo_support.people.models import User
from asmo_support.wall.acting import SYSTEM, acting_as
from tests import ground


@dataclass
class Program:
    """Speaks JSON with the API for one person."""

    token: str
    client: Client

    def get(self, path: str, query: Any = None) -> Any:
        return self.client.get(self._address(path), query, headers=self._headers())

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        return self._send("POST", path, body, key)

    def patch(self, path: str, body: Any, *, key: str | None = None) -> Any:
        return self._send("PATCH", path, body, key)

    def upload(self, path: str, fields: dict[str, Any], *, key: str | None = None) -> Any:
        return self.client.post(self._address(path), fields, headers=self._headers(key))

    def _send(self, method: str, path: str, body: Any, key: str | None) -> Any:
        return self.client.generic(
            method, self._address(path), _json(body), "application/json", headers=self._headers(key)
        )

    def _headers(self, key: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", **({"Idempotency-Key": key} if key else {})}

    def _address(self, path: str) -> str:
        return f"/api/v1/{path}"


def _json(body: Any) -> bytes:
    import json

    return body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()


@pytest.fixture
def program() -> Callable[[User], Program]:
    def speak_for(user: User) -> Program:
        return Program(create_token(user, by=None, name="test"), Client())

    return speak_for


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Other threads see what is written; in the end everything that belongs to people is gone."""
    with django_db_blocker.unblock(), acting_as(SYSTEM):
        ground.lay()
        yield
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE people_organization, people_user CASCADE")


@pytest.fixture
def agent(cast, program) -> Program:
    return program(cast.agent)


@pytest.fixture
def customer(cast, program) -> Program:
    return program(cast.customer)


@pytest.fixture
def stranger(cast, program) -> Program:
    return program(cast.stranger)
