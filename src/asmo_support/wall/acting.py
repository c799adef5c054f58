"""Who is acting: every request, job item and look-up takes a database role before it may do anything."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import local

from django.db import connection

from asmo_support.lib.errors import AsmoError

DESK, PORTAL, SYSTEM = "asmo_desk", "asmo_portal", "asmo_system"
_NOBODY = ("none", "")
_CHOOSE = "select set_config('role', %s, false), set_config('asmo.organizations', %s, false)"
_now = local()

# Tests run inside one transaction and set this to False; nothing else may.
refuse_inside_atomic = True


@contextmanager
def acting_as(role: str, organizations: Iterable[int] = ()) -> Iterator[None]:
    """Take a role for the block and give it back after it, whatever happens.

    Refuses inside `atomic`: a rollback would bring back the role of an earlier tenant.
    """
    if refuse_inside_atomic and connection.in_atomic_block:
        raise AsmoError("acting_as inside a transaction: the role would survive its rollback")
    before = getattr(_now, "who", _NOBODY)
    who = (role, "{" + ",".join(str(int(one)) for one in organizations) + "}")
    try:
        _choose(who)
        yield
    finally:
        _give_back(before)


def current_role() -> str:
    """The role this thread acts in, or `none`."""
    return str(getattr(_now, "who", _NOBODY)[0])


def _choose(who: tuple[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE, who)
    _now.who = who


def _give_back(before: tuple[str, str]) -> None:
    # A connection that broke or was cut takes its role with it; a new one starts with none.
    _now.who = _NOBODY
    if connection.connection is None:
        if before != _NOBODY:
            _choose(before)
        return
    try:
        _choose(before)
    except Exception:
        connection.close()
        raise
