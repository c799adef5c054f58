"""One world for all cells of a module, in a transaction that is never committed."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction

from asmo_support.wall import acting
from tests import ground
from tests.matrix.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(acting, "refuse_inside_atomic", False)
        patch.setattr(settings, "FILES_ROOT", None)
        # A slow machine must not let a sign-in grow old in the middle of a cell.
        patch.setattr(settings, "ACCOUNT_REAUTHENTICATION_TIMEOUT", 10 * 3600, raising=False)
        # Letters go where they go in life; the refusals of thousands of cells are not news.
        patch.setattr(settings, "EMAIL_BACKEND", "asmo_support.channels.email.backend.OutboxBackend")
        logging.disable(logging.CRITICAL)
        with acting.acting_as(acting.SYSTEM), transaction.atomic():
            ground.lay()
            yield build(tmp_path_factory.mktemp("files"))
            transaction.set_rollback(True)
        logging.disable(logging.NOTSET)
