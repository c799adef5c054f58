"""The second wall: roles, grants and row policies, written from the declarations by `apply()` after each migration.

It runs as the owner and may run any number of times; a table whose policies are already right is not touched.
"""

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from asmo_support.lib.errors import Broken
from asmo_support.wall.acting import DESK, PORTAL, SYSTEM
from asmo_support.wall.declare import Wall, declared, undeclared

LOGIN = "asmo_login"
ROLES = (DESK, PORTAL, SYSTEM)
OWN = "SELECT unnest(coalesce(nullif(current_setting('asmo.organizations', true), ''), '{}')::bigint[])"


def apply() -> None:
    """Make roles, grants and policies equal to the declarations. Raises Broken for an undeclared table."""
    missing = undeclared()
    if missing:
        raise Broken(f"Tables without a wall declaration: {', '.join(missing)}.")
    with transaction.atomic(), connection.cursor() as cursor:
        _roles(cursor)
        for table, wall in sorted(declared().items()):
            _table(cursor, table, wall)


def policies(wall: Wall, owner: str) -> Iterator[tuple[str, str, str]]:
    """The policies of a tenant table: name, role, condition."""
    yield "owner", owner, "true"
    yield "desk", DESK, "true"
    yield "system", SYSTEM, "true"
    yield "portal", PORTAL, wall.rule.format(own=f"{wall.own} IN ({OWN})")


def narrowed(wall: Wall) -> Iterator[tuple[str, str]]:
    """What the portal may write where that is less than what it reads: name and the rest of the policy."""
    if wall.change:
        rule = wall.change.format(own=f"{wall.own} IN ({OWN})")
        yield "portal_insert", f"FOR INSERT TO {PORTAL} WITH CHECK ({rule})"
        yield "portal_update", f"FOR UPDATE TO {PORTAL} USING ({rule}) WITH CHECK ({rule})"


def _roles(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'asmo%%'")
    present = {row[0] for row in cursor.fetchall()}
    for role in ROLES:
        if role not in present:
            cursor.execute(f"CREATE ROLE {role} NOLOGIN")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute("SELECT current_setting('server_version_num')::int >= 160000")
        options = " WITH INHERIT FALSE, SET TRUE" if cursor.fetchone()[0] else ""
        cursor.execute(f"GRANT {role} TO {LOGIN}{options}")


def _table(cursor: CursorWrapper, table: str, wall: Wall) -> None:
    cursor.execute("SELECT to_regclass(%s)", [table])
    if cursor.fetchone()[0] is None:
        return
    wanted = _statements(cursor, table, wall)
    stamp = "wall:" + _digest(wanted)
    cursor.execute("SELECT coalesce(obj_description(%s::regclass), '')", [table])
    if cursor.fetchone()[0] == stamp:
        return
    for statement in [*_clear(cursor, table), *wanted, f"COMMENT ON TABLE {table} IS '{stamp}'"]:
        cursor.execute(statement)


def _clear(cursor: CursorWrapper, table: str) -> list[str]:
    cursor.execute("SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = %s", [table])
    return [f"DROP POLICY {row[0]} ON {table}" for row in cursor.fetchall()]


def _statements(cursor: CursorWrapper, table: str, wall: Wall) -> list[str]:
    cursor.execute(
        "SELECT current_user, pg_get_serial_sequence(%s, a.attname) FROM pg_attribute a"
        " WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped",
        [table, table],
    )
    rows = cursor.fetchall()
    owner, sequences = rows[0][0], sorted({row[1] for row in rows if row[1]})
    done = [f"REVOKE ALL ON {table} FROM {', '.join(ROLES)}", f"GRANT ALL ON {table} TO {SYSTEM}"]
    done += [
        f"GRANT {rights} ON {table} TO {role}" for role, rights in ((DESK, wall.desk), (PORTAL, wall.portal)) if rights
    ]
    done += [f"GRANT USAGE ON SEQUENCE {one} TO {', '.join(ROLES)}" for one in sequences]
    if wall.kind == "tenant":
        done += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        done += [
            f"CREATE POLICY {name} ON {table} TO {role} USING ({rule}) WITH CHECK ({rule})"
            for name, role, rule in policies(wall, owner)
        ]
        done += [f"CREATE POLICY {name} ON {table} AS RESTRICTIVE {rest}" for name, rest in narrowed(wall)]
    return done


def _digest(statements: list[str]) -> str:
    from hashlib import sha256

    return sha256("\n".join(statements).encode()).hexdigest()[:32]
