"""One world for all cells of a module, in a transaction that is never committed."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings

from asmo_support.config import preparing
from asmo_support.wall import acting
from tests.matrix.world import World, build


@pytest.fixture(scope="session")
def assets(tmp_path_factory) -> Iterator[None]:
    """The pages name their static files by the manifest, as in life."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        preparing.assets()
        yield


@pytest.fixture(scope="module")
def world(assets, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(acting, "refuse_inside_atomic", False)
        patch.setattr(settings, "FILES_ROOT", None)
        with acting.acting_as(acting.SYSTEM), transaction.atomic():
            yield build(tmp_path_factory.mktemp("files"))
            transaction.set_rollback(True)
