"""`/live/`: tells open pages that something they show has changed, and asks each time who may know.

PostgreSQL's NOTIFY on channel `asmo_live` carries `{"ticket": 1042, "organization": 77}`. Each open page gets a
stream of events `change` with `{"ticket": 1042}`; the page fetches the changed fragment itself, through the same
guards as ever. After a gap it gets the event `refresh`: something may have been missed.
"""

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

CHANNEL = "asmo_live"
PING_SECONDS = 20
LIFE_SECONDS = 3600
GATHER_SECONDS = 0.3
LONGEST_QUEUE = 200
STREAMS = 1000
STREAMS_OF_ONE = 20
PATIENCE = 10
LOOK_UP_THREADS = 2
# The things whose changes open pages are told of.
TOLD = ("ticket", "call")
SAME_SITE = {"same-origin", "none", None}
logger = logging.getLogger("asmo_support.live")

Change = Mapping[str, int]
LookUp = Callable[[Mapping[str, str], Sequence[Change]], Sequence[Change] | None]
"""Who has these cookies, and which of the changes may he know? None when nobody is signed in."""


class Live:
    """All open streams of this process, fed by one connection to the database."""

    def __init__(self, look_up: LookUp, connect: Callable[[], Any], ending: asyncio.Event, key: str) -> None:
        self._look_up, self._connect, self._ending, self._key = look_up, connect, ending, key
        self._pages: set[asyncio.Queue[Change]] = set()
        self._by_person: Counter[str] = Counter()
        self._threads = ThreadPoolExecutor(LOOK_UP_THREADS, thread_name_prefix="live")

    async def answer(self, request: Request) -> Response:
        """A stream for whoever is signed in; 403 for others."""
        person = request.cookies.get(self._key, "")
        if request.headers.get("sec-fetch-site") not in SAME_SITE or await self._allowed(request.cookies, []) is None:
            return PlainTextResponse("Sign in first.", status_code=403, headers={"cache-control": "no-store"})
        if len(self._pages) >= STREAMS or self._by_person[person] >= STREAMS_OF_ONE:
            return PlainTextResponse("Too many open pages.", status_code=429, headers={"retry-after": "60"})
        return EventSourceResponse(
            self._stream(dict(request.cookies), person), ping=PING_SECONDS, send_timeout=PATIENCE
        )

    async def _stream(self, cookies: dict[str, str], person: str) -> AsyncIterator[dict[str, str]]:
        queue: asyncio.Queue[Change] = asyncio.Queue(LONGEST_QUEUE)
        self._pages.add(queue)
        self._by_person[person] += 1
        try:
            async with asyncio.timeout(LIFE_SECONDS):
                yield {"event": "hello", "data": "{}"}
                calm = 0.0
                while changes := await self._gather(queue, calm):
                    calm = asyncio.get_running_loop().time() + GATHER_SECONDS
                    allowed = await self._allowed(cookies, changes)
                    if allowed is None:
                        return  # signed out meanwhile
                    for change in allowed:
                        yield _event(change)
        except TimeoutError:
            return  # the page opens a new stream by itself
        finally:
            self._pages.discard(queue)
            self._by_person[person] -= 1

    async def _gather(self, queue: "asyncio.Queue[Change]", calm: float) -> list[Change]:
        """The next change, at `calm` (of the loop's clock) at the earliest, together with those that came meanwhile;
        nothing when the server is ending. A page that has heard nothing lately is told at once: somebody may ring.
        """
        first = asyncio.ensure_future(queue.get())
        ending = asyncio.ensure_future(self._ending.wait())
        try:
            await asyncio.wait({first, ending}, return_when=asyncio.FIRST_COMPLETED)
            if self._ending.is_set():
                return []
            await asyncio.sleep(max(0.0, calm - asyncio.get_running_loop().time()))
            changes = [first.result()]
            while not queue.empty():
                changes.append(queue.get_nowait())
            return list({json.dumps(dict(change), sort_keys=True): change for change in changes}.values())
        finally:
            first.cancel()
            ending.cancel()

    async def _allowed(self, cookies: Mapping[str, str], changes: Sequence[Change]) -> Sequence[Change] | None:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _in_thread, self._look_up, cookies, changes)

    async def listen(self) -> None:
        """Hear the database until cancelled; after a lost connection tell all pages to look again."""
        pause = 1
        while True:
            with contextlib.suppress(psycopg.Error, OSError):
                async with await self._connect() as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    pause = 1
                    self._tell({})
                    async for notice in connection.notifies():
                        self._tell(_read(notice.payload))
            logger.warning("No connection for live notices; trying again in %s s.", pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30)

    def _tell(self, change: Change | None) -> None:
        if change is None:
            return
        for queue in self._pages:
            if queue.full():  # a page that does not keep up looks at everything anew
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait({})
            else:
                queue.put_nowait(change)


def _read(payload: str) -> Change | None:
    try:
        change = json.loads(payload)
    except ValueError:
        return None
    return change if isinstance(change, dict) else None


def _event(change: Change) -> dict[str, str]:
    if not change:
        return {"event": "refresh", "data": "{}"}
    return {"event": "change", "data": json.dumps({name: change[name] for name in TOLD if name in change})}


def _in_thread(look_up: LookUp, cookies: Mapping[str, str], changes: Sequence[Change]) -> Sequence[Change] | None:
    from django.db import close_old_connections

    close_old_connections()
    try:
        known = look_up(cookies, [change for change in changes if change])
        return None if known is None else [*[change for change in changes if not change], *known]
    finally:
        close_old_connections()
