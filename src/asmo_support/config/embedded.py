"""The database behind the service: started when it is down, kept while needed, or the administrator's own server.

`ensure` is called by every process that needs the database; see `keeper` for how it ends.
"""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from asmo_support.config import children, cluster, external, keeper, locks, roles
from asmo_support.config.home import folder, secret
from asmo_support.config.programs import account
from asmo_support.lib.errors import Broken

OWNER = roles.OWNER
LOGIN = roles.LOGIN
PATIENCE = 60
STEP = 0.05
GETTING_UP = ("starting up", "recovery", "shutting down")
_held: dict[Path, int] = {}


def ensure(home: Path) -> None:
    """Make the database answer and keep it so until this process ends or calls `stop`. Calling again costs little."""
    if external.url():
        external.ensure(home)
        return
    _check_owner(home)
    _hold(home)
    starting = locks.opened(home, "starting")
    try:
        locks.wait(starting)
        if not _provide(home):
            _start(home)
    finally:
        os.close(starting)


def stop(home: Path) -> bool:
    """Need the database no more. True when it is stopped, False when another process still needs it."""
    handle = _held.pop(home, None)
    if handle is not None:
        os.close(handle)
    deadline = time.monotonic() + PATIENCE
    while not locks.is_free(home, keeper.KEEPER):
        if _others_hold(home) or time.monotonic() > deadline:
            return False
        time.sleep(STEP)
    return True


def server_settings(home: Path, user: str) -> dict[str, Any]:
    """The connection of `OWNER` or `LOGIN`, in the words of Django's DATABASES."""
    if user == OWNER and external.url():
        address = external.parts()
    elif external.url():
        address = {**external.parts(), "user": user, "password": secret(_password_of(user), home)}
    else:
        address = {**_local(home, user), "dbname": roles.DATABASE}
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    named = {key: str(address.get(name) or "") for name, key in keys.items()}
    return {**named, "OPTIONS": {name: value for name, value in address.items() if name not in keys}}


def _password_of(user: str) -> str:
    return {OWNER: "database-owner", LOGIN: "database-login", cluster.SUPERUSER: "database-superuser"}[user]


def _local(home: Path, user: str) -> dict[str, Any]:
    address = {"host": str(cluster.root(home)), "port": cluster.PORT}
    return {**address, "user": user, "password": secret(_password_of(user), home)}


def _check_owner(home: Path) -> None:
    data = cluster.root(home)
    if data.exists() and data.stat().st_uid != account().uid:
        raise Broken(f"The database in {home} belongs to another user of the system: run asmo as that user.")


def _hold(home: Path) -> None:
    if home in _held:
        return
    handle = locks.opened(home, keeper.HELD)
    deadline = time.monotonic() + PATIENCE
    while not locks.take(handle, shared=True):  # the keeper is stopping the database just now
        if time.monotonic() > deadline:
            raise Broken(f"The database in {home} has been stopping for {PATIENCE} s and is not done: see its log.")
        time.sleep(STEP)
    _held[home] = handle


def _others_hold(home: Path) -> bool:
    handle = locks.opened(home, keeper.HELD)
    try:
        return not locks.take(handle) and locks.take(handle, shared=True)
    finally:
        os.close(handle)


def _start(home: Path) -> None:
    cluster.prepare(home)
    _call_keeper(home)
    deadline = time.monotonic() + PATIENCE
    while not _provide(home):
        if locks.is_free(home, keeper.KEEPER):
            raise Broken(f"The database in {home} does not start: {cluster.complaint(home)}")
        if time.monotonic() > deadline and not _is_getting_up(home):
            raise Broken(f"The database in {home} does not answer for {PATIENCE} s: {cluster.complaint(home)}")
        time.sleep(STEP)


def _call_keeper(home: Path) -> None:
    with (folder("log", home) / "keeper.log").open("ab") as log:
        subprocess.run(
            children.python(keeper.__name__, str(home)),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=children.environment(),
            start_new_session=True,
        )


def _provide(home: Path) -> bool:
    """Whether the database answers; its users are made on the way when they are missing."""
    try:
        with psycopg.connect(**_local(home, cluster.SUPERUSER), dbname="postgres", autocommit=True) as superuser:
            roles.make_owner(superuser, secret("database-owner", home))
        with psycopg.connect(**_local(home, OWNER), dbname=roles.DATABASE, autocommit=True) as owner:
            roles.make_login(owner, secret("database-login", home))
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise Broken(f"The passwords in {home / 'secrets'} do not fit the database beside them.") from error
        return False
    return True


def _is_getting_up(home: Path) -> bool:
    try:
        psycopg.connect(**_local(home, cluster.SUPERUSER), dbname="postgres").close()
    except psycopg.OperationalError as error:
        return any(words in str(error) for words in GETTING_UP)
    return True
