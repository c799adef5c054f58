"""A database server of the administrator's own, named by ASMO_DATABASE_URL with its owner's user and password."""

import os
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

from asmo_support.config import roles
from asmo_support.config.home import secret
from asmo_support.lib.errors import Broken

VARIABLE = "ASMO_DATABASE_URL"
PATIENCE = 10


def url() -> str:
    return os.environ.get(VARIABLE, "").strip()


def parts() -> dict[str, Any]:
    """The pieces of the address, as libpq names them."""
    if not url().startswith(("postgresql://", "postgres://")):
        raise Broken(f"{VARIABLE} must look like postgresql://owner:password@host:5432/database.")
    try:
        found = conninfo.conninfo_to_dict(url())
    except psycopg.ProgrammingError as error:
        raise Broken(f"{VARIABLE} cannot be read: {_line(error)}.") from error
    if not found.get("dbname") or not found.get("user"):
        raise Broken(
            f"{VARIABLE} must name the owner and the database: postgresql://owner:password@host:5432/database."
        )
    return dict(found)


def ensure(home: Path) -> None:
    """Check the server and make the login role there, with the password that lies in ASMO_HOME."""
    address = {"connect_timeout": PATIENCE, **parts()}
    where = f"{address.get('host', 'the local socket')}:{address.get('port', 5432)}"
    try:
        with psycopg.connect(**address, autocommit=True) as owner:
            roles.check(owner)
            roles.make_login(owner, secret("database-login", home))
    except psycopg.OperationalError as error:
        raise Broken(f"The database of {VARIABLE} at {where} does not answer: {_line(error)}") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise Broken(f"The user of {VARIABLE} must be allowed to make roles (CREATEROLE): {_line(error)}.") from error
    _try_login(address, secret("database-login", home))


def _try_login(address: dict[str, Any], password: str) -> None:
    try:
        psycopg.connect(**{**address, "user": roles.LOGIN, "password": password}).close()
    except psycopg.OperationalError as error:
        raise Broken(
            f"The role {roles.LOGIN} of {VARIABLE} cannot sign in with the password in secrets/database-login: copy "
            f"that file from the installation that made the role, or give the role this password. {_line(error)}"
        ) from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
