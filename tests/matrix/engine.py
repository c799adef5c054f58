"""Tries one cell of the matrix after the other against the real pages, each in a transaction that is rolled back."""

import json
import re
from collections.abc import Iterable
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from asmo_support.tickets.states import State
from asmo_support.wall.declare import declared
from tests.matrix.cells import ALLOW, DENIED, LOGIN, MISSING, NOT_OFFERED, Cell, Undeclared, thing_of
from tests.matrix.deed import READING, Body, Deed
from tests.matrix.deeds import deed
from tests.matrix.keys import Keys
from tests.matrix.ownership import HOUSE_RULES, NONE, forbidden
from tests.matrix.ownership import MISSING as NO_SUCH
from tests.matrix.people import NOBODY, WRONG_KEY, Person
from tests.matrix.things import LIBRARY, MAY_CHANGE, THINGS
from tests.matrix.world import World, set_house

# Counters of attempts and the sessions themselves may move without a deed.
NOT_COUNTED = frozenset({"asmo_cache", "django_session", "django_migrations", "django_content_type"})
# What differs between two pages that say the same: one-time values and the address that was asked for.
ONCE = re.compile(r'nonce="[^"]*"|nonce-[\w-]+|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": ?"[^"]*"')
STATUS = {401: LOGIN, 403: DENIED, 404: MISSING, 405: NOT_OFFERED}


class Engine:
    def __init__(self, world: World) -> None:
        self.world = world
        self.client = Client(raise_request_exception=False)
        self.twins: dict[tuple[str, str, Person], str] = {}
        self.tables = sorted(set(declared()) - NOT_COUNTED)
        self.still = self.fingerprint()

    def run(self, cells: Iterable[Cell]) -> list[str]:
        """What went wrong, in words; empty when every cell did what it must."""
        return [wrong for cell in cells for wrong in self.check(cell)]

    def check(self, cell: Cell) -> list[str]:
        plan = Deed() if cell.method not in cell.route.offered else deed(cell.route, cell.method)
        if plan is None:
            raise Undeclared(f"{cell.method} {cell.route.name} has no line in tests/matrix/deeds.py")
        try:
            with transaction.atomic():
                set_house(self.world, cell.owner)
                found = self._try(cell, plan)
                transaction.set_rollback(True)
        except Exception as problem:  # noqa: BLE001 - a page that breaks is a wrong cell, not the end of the run
            found = [f"broke with {type(problem).__name__}: {problem}"]
        return [f"{cell}, but it {wrong}" for wrong in found]

    def refuses(self, cell: Cell, why: str, body: Body) -> list[str]:
        """A body that asks for too much does nothing, for who may do the deed with a decent one."""
        plan = deed(cell.route, cell.method) or Deed()
        with transaction.atomic():
            answer = self.call(cell, plan, body(self.world, cell.person, cell.owner))
            changed = self.fingerprint() != self.still
            transaction.set_rollback(True)
        words = f"{cell} with {why}"
        wrong = [] if answer.status_code in {400, 404, 409, 422} else [f"{words}: answered {answer.status_code}"]
        return [*wrong, f"{words}: changed the database"] if changed else wrong

    def fingerprint(self) -> dict[str, str]:
        """Number and newest change of the rows of every table."""
        state = "SELECT '{0}', count(*) || '/' || coalesce(max(xmin::text::bigint), 0) FROM {0}"
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(state.format(table) for table in self.tables))
            return dict(cursor.fetchall())

    def call(self, cell: Cell, plan: Deed, body: dict[str, Any]) -> HttpResponse:
        keys = self.world.keys.get(cell.person.name, Keys())
        token, session = keys.token, keys.session
        by_token = cell.route.is_api != (cell.person == WRONG_KEY)
        if cell.person.role or cell.person == WRONG_KEY:
            token, session = (token, "") if by_token else ("", session)
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session} if session else {})
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data, kind = _encoded(cell, body)
        return self.client.generic(cell.method, self.address(cell, plan), data, kind, headers=headers)

    def address(self, cell: Cell, plan: Deed) -> str:
        return reverse(cell.route.name, kwargs=self._arguments(cell, plan.state))

    def _arguments(self, cell: Cell, state: State) -> dict[str, Any]:
        if cell.owner == NONE:
            return library(self.world) if (library := LIBRARY.get(cell.route.name)) else {}
        found = THINGS[thing_of(cell.route)].find(self.world, cell.owner, state)
        return {name: found[name] for name in cell.route.arguments}

    def _try(self, cell: Cell, plan: Deed) -> list[str]:
        before = self.fingerprint() if cell.owner in HOUSE_RULES else self.still
        answer = self.call(cell, plan, plan.body(self.world, cell.person, cell.owner))
        body = _text(answer)
        wrong = []
        if outcome(answer) != cell.expected:
            wrong.append(f"answered {outcome(answer)} {_why(answer)}")
        changed = sorted(table for table, state in self.fingerprint().items() if before[table] != state)
        read_only = cell.expected != ALLOW or cell.method in READING
        if read_only and set(changed) - MAY_CHANGE.get(cell.route.name, set()):
            wrong.append(f"changed {', '.join(changed)}")
        if not changed and not read_only and plan.changes:
            wrong.append("did nothing")
        shown = (body + str(answer.headers)).lower()
        wrong += [f"showed “{word}”" for word in forbidden(cell.person, cell.owner) if word in shown]
        wrong += ["showed a secret" for secret in self.world.secrets if secret.lower() in shown]
        return wrong + self._words(cell, plan, answer, body)

    def _words(self, cell: Cell, plan: Deed, answer: HttpResponse, body: str) -> list[str]:
        """A refusal says why; what one may not see looks exactly like what is not there."""
        if cell.expected == DENIED and not _reason(answer, body):
            return ["gave no reason"]
        if cell.expected != MISSING or cell.owner == NONE or cell.person in NOBODY:
            return []
        twin = (cell.route.name, cell.method, cell.person)
        if twin not in self.twins:
            nothing = Cell(cell.route, cell.method, cell.person, NO_SUCH, MISSING)
            with transaction.atomic():
                missing = self.call(nothing, plan, plan.body(self.world, cell.person, cell.owner))
                transaction.set_rollback(True)
            self.twins[twin] = _same(_text(missing), self.address(nothing, plan))
        if _same(body, self.address(cell, plan)) != self.twins[twin]:
            return ["answered otherwise than for a number that does not exist"]
        return []


def outcome(answer: HttpResponse) -> str:
    """allow, login, missing, denied, 405, or the bare status of what should not happen."""
    if answer.status_code in STATUS:
        return STATUS[answer.status_code]
    if answer.status_code in {301, 302, 303} and answer["Location"].startswith(settings_login()):
        return LOGIN
    return ALLOW if answer.status_code < 400 else f"status {answer.status_code}"


def settings_login() -> str:
    return reverse(settings.LOGIN_URL)


def _encoded(cell: Cell, body: dict[str, Any]) -> tuple[bytes, str]:
    if cell.method in READING:
        return b"", ""
    files = any(hasattr(value, "read") for value in body.values())
    if cell.route.is_api and not files:
        return json.dumps(body).encode(), "application/json"
    return encode_multipart(BOUNDARY, body), MULTIPART_CONTENT


def _text(answer: HttpResponse) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode(errors="replace")


def _same(body: str, address: str) -> str:
    return ONCE.sub("", body).replace(address, "")


def _reason(answer: HttpResponse, body: str) -> str:
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return str(json.loads(body).get("detail", ""))
    return str((answer.context or {}).get("reason", ""))


def _why(answer: HttpResponse) -> str:
    problem = getattr(answer, "exc_info", None)
    if problem:
        return f"({problem[0].__name__}: {problem[1]})"
    return f"({answer.status_code} {answer.headers.get('Location', '')})" if answer.status_code < 400 else ""
