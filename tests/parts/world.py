"""A database whose rows other processes see, emptied by its owner afterwards; and a worker that may be killed."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from asmo_support.config import embedded, home
from asmo_support.wall.acting import SYSTEM, acting_as
from tests import ground

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_world(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), session("asmo_owner") as owner:
        empty = [table for table in connection.introspection.table_names() if not _rows(owner, table)]
        with acting_as(SYSTEM):
            ground.lay()
            yield
        connection.close()
        named = sql.SQL(", ").join(sql.Identifier(table) for table in empty)
        owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(named))


class Worker:
    """`asmo worker` on the database of the test."""

    def __init__(self, files: Path, log: Path) -> None:
        self._files, self._log = files, log
        self.process = self._started()

    def kill(self) -> None:
        """kill -9, and a new one."""
        self.process.kill()
        self.process.wait()
        self.process = self._started()

    def lives_for(self, seconds: float) -> None:
        """Let it work a while; fails when it ends by itself."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return
        raise AssertionError(f"The worker has ended with {code}: {self._log.read_text()[-2000:]}")

    def end(self) -> int:
        """Ask it to stop, and wait."""
        self.process.terminate()
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()
            self.process.wait()

    def _started(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.parts.worker", connection.settings_dict["NAME"], str(self._files)]
        with self._log.open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=log, stderr=log)


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something other processes do."""
    pause, deadline = Event(), monotonic() + seconds
    while not true():
        assert monotonic() < deadline, "It has not happened in time."
        pause.wait(0.05)


def environment() -> dict[str, str]:
    """For processes of ours that know the tests too."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


def throw_out() -> None:
    """End every other session of this database, as a restart of the server would."""
    with session("asmo_login") as one:
        one.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND pid NOT IN (pg_backend_pid(), %s)",
            [connection.connection.info.backend_pid],
        )


def chance(seed: int) -> random.Random:
    return random.Random(seed)


def session(user: str) -> "psycopg.Connection[tuple[object, ...]]":
    found = embedded.server_settings(home.home(), user)
    return psycopg.connect(
        host=found["HOST"], port=found["PORT"], user=found["USER"], password=found["PASSWORD"],
        dbname=connection.settings_dict["NAME"], autocommit=True,
    )  # fmt: skip


def _rows(owner: "psycopg.Connection[tuple[object, ...]]", table: str) -> bool:
    query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table))
    return bool(owner.execute(query).fetchone()[0])
