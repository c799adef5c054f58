"""How long pages take, in one process and through the whole stack of middleware: median of many, with their SQL.

    python -m bench.pages 20000      (ASMO_HOME names a database that bench.generate has filled)

Beside each page: number of statements, time of the SQL alone, ratio to a trivial signed-in page of the same run, and
the processor time of this process, without the database: that one hardly depends on who else uses the machine.
"""

import json
import statistics
import sys
import time
from typing import Any

from asmo_support.config import boot

ROUNDS = 60


def main(size: int) -> None:
    boot.boot()
    from django.test import Client

    from asmo_support.people.models import User
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        agent = User.objects.get(email="agent0@bench.example")
        contact = User.objects.get(email="p0-0@z0.example")
        token = _token(agent)
        desk, portal = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
        for client, person in ((desk, agent), (portal, contact)):
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = [
        ("trivial page (desk)", desk, "/desk/menu/"),
        ("list, my move", desk, "/desk/"),
        ("list, all open", desk, "/desk/?state=open"),
        ("list, done", desk, "/desk/?state=done"),
        ("list, one customer", desk, "/desk/?state=all&customer=7"),
        ("list, closed", desk, "/desk/?state=closed"),
        ("list, of a specialist", desk, "/desk/?state=all&assignee=me"),
        ("list, a common word", desk, "/desk/?state=all&words=себестоимость"),
        ("list, two words", desk, "/desk/?state=all&words=цех+метан"),
        ("list, a rare word", desk, "/desk/?state=all&words=муфта"),
        ("list, a word of none", desk, "/desk/?state=all&words=синхрофазотрон"),
        ("ticket", desk, f"/desk/tickets/{1000 + size // 2}/"),
        ("portal home", portal, "/"),
        ("portal tickets", portal, "/tickets/"),
    ]
    base = None
    print(f"{'page':24}{'ms':>8}{'SQL ms':>8}{'SQL':>5}{'ratio':>8}{'CPU ms':>8}")
    for name, client, address in pages:
        took, busy, sql, count = _measure(client, address)
        base = base or took
        print(f"{name:24}{took:8.1f}{sql:8.1f}{count:5d}{took / base:8.2f}{busy:8.1f}", flush=True)
    print(f"{'create by API':24}{_create(token):8.1f}")


def _measure(client: Any, address: str) -> tuple[float, float, float, int]:
    """Median milliseconds, those of our processor time and of SQL, number of statements."""
    from django.db import connection, reset_queries

    for _ in range(3):
        answer = client.get(address)
        if answer.status_code != 200:
            sys.exit(f"{address} answers {answer.status_code} {answer.headers.get('Location', '')}")
    times, busy = [], []
    for _ in range(ROUNDS):
        start, worked = time.perf_counter(), time.process_time()
        client.get(address)
        times.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
    connection.force_debug_cursor = True
    reset_queries()
    client.get(address)
    log = list(connection.queries)
    connection.force_debug_cursor = False
    return (
        statistics.median(times) * 1000,
        statistics.median(busy) * 1000,
        sum(float(one["time"]) for one in log) * 1000,
        len(log),
    )


def _token(agent: Any) -> str:
    from asmo_support.people.actions.tokens import create_token

    return create_token(agent, by=None, name="bench")


def _create(token: str) -> float:
    from django.test import Client

    client, times = Client(HTTP_HOST="localhost"), []
    body = {
        "subject": "Не печатается форма",
        "description": "Пустой лист.",
        "kind": "bug",
        "requester": "p0-0@z0.example",
    }
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = client.post(
            "/api/v1/tickets",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        times.append(time.perf_counter() - start)
        if answer.status_code != 201:
            sys.exit(f"create answers {answer.status_code}: {answer.content.decode()[:300]}")
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]))
