"""The two users of the database: the owner, who makes tables, and the login, who may do nothing until the wall says so.

Both are made again when missing, so it does not matter where an earlier start was killed.
"""

from typing import LiteralString

import psycopg
from psycopg import sql

from asmo_support.config.programs import OLDEST
from asmo_support.lib.errors import Broken

OWNER = "asmo_owner"
LOGIN = "asmo_login"
DATABASE = "asmo"


def make_owner(superuser: psycopg.Connection, password: str) -> None:
    """The owner may make tables, databases for tests and the wall's roles, and is no superuser."""
    if not _exists(superuser, "select 1 from pg_roles where rolname = %s", OWNER):
        _run(superuser, "create role {} login createrole createdb password {}", OWNER, password)
    if not _exists(superuser, "select 1 from pg_database where datname = %s", DATABASE):
        command = sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        superuser.execute(command)


def make_login(owner: psycopg.Connection, password: str) -> None:
    """The login inherits nothing: what it may do depends on the role it enters."""
    if not _exists(owner, "select 1 from pg_roles where rolname = %s", LOGIN):
        _run(owner, "create role {} login noinherit password {}", LOGIN, password)


def check(owner: psycopg.Connection) -> None:
    """Refuse a server in which our searches would silently find nothing."""
    if owner.info.server_version < OLDEST * 10000:
        raise Broken(f"The database server is too old: PostgreSQL {OLDEST} or newer is needed.")
    row = owner.execute("select lower('Ё') = 'ё', current_setting('server_encoding') = 'UTF8'").fetchone()
    if row != (True, True):
        raise Broken(
            "The database does not know Russian letters (lower('Ё') is not 'ё'): "
            "make it with the encoding UTF8 and the locale C.UTF-8 or ru_RU.UTF-8."
        )


def _exists(connection: psycopg.Connection, query: LiteralString, name: str) -> bool:
    return connection.execute(query, (name,)).fetchone() is not None


def _run(connection: psycopg.Connection, command: LiteralString, role: str, password: str) -> None:
    connection.execute(sql.SQL(command).format(sql.Identifier(role), sql.Literal(password)))
