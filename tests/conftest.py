"""A real PostgreSQL for everybody: made as owner, used as the login role, like in life."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from asmo_support.config import embedded, home
from asmo_support.wall import acting, policies
from tests.cast import Cast, make_cast


@pytest.fixture(scope="session")
def database_server() -> Iterator[Path]:
    embedded.ensure(home.home())
    yield home.home()
    embedded.stop(home.home())


def _become(user: str) -> None:
    connection.close()
    name = connection.settings_dict["NAME"]
    connection.settings_dict.update(embedded.server_settings(home.home(), user))
    connection.settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(database_server, django_test_environment, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        _become("asmo_owner")
        suffix = __import__("os").environ.get("PYTEST_XDIST_WORKER", "")
        connection.settings_dict["TEST"]["NAME"] = f"test_asmo_{suffix}" if suffix else "test_asmo"
        old = setup_databases(verbosity=0, interactive=False)
        policies.apply()
        _become("asmo_login")
    yield
    with django_db_blocker.unblock():
        _become("asmo_owner")
        teardown_databases(old, verbosity=0)


@pytest.fixture(autouse=True)
def _role(request, monkeypatch) -> Iterator[None]:
    """Tests that touch the database act as `system` until they say otherwise."""
    monkeypatch.setattr(acting, "refuse_inside_atomic", False)
    wants = {"db", "transactional_db"} & set(request.fixturenames)
    if not wants:
        yield
        return
    request.getfixturevalue(next(iter(wants)))
    with acting.acting_as(acting.SYSTEM):
        cache.clear()
        yield


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def files_root(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    return tmp_path
