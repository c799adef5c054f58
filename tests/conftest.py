"""A real PostgreSQL for everybody: made as owner, used as the login role, like in life."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, sync_playwright

from asmo_support.config import embedded, home
from asmo_support.wall import acting, policies
from tests import ground
from tests.cast import Cast, make_cast
from tests.parts import unordered

CHROMIUM = Path("/usr/bin/chromium")

# Tests in this process have no collected static files; tests of the whole service collect their own.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

unordered.turn_round()


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
        suffix = os.environ.get("PYTEST_XDIST_WORKER", "")
        connection.settings_dict["TEST"]["NAME"] = f"test_asmo_{suffix}" if suffix else "test_asmo"
        old = setup_databases(verbosity=0, interactive=False)
        # Roles belong to the whole server, and another worker may be making them at this moment.
        with (home.home() / "roles.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            policies.apply()
        _become("asmo_login")
    yield
    with django_db_blocker.unblock():
        _become("asmo_owner")
        # A thread of a served page may still hold its connection; the database is made anew by the next run.
        with contextlib.suppress(OperationalError):
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
        ground.lay()
        yield


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def files_root(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One real browser for each process of tests: Playwright starts only once in a process."""
    assert CHROMIUM.exists(), "chromium is missing: make test installs it"
    # Playwright's loop stays the running one of this thread between its calls; nothing of ours runs in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
