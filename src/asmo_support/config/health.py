"""`/health`: whether the service can work, for whoever watches it. Says nothing a stranger may not know."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from starlette.requests import Request
from starlette.responses import JSONResponse

from asmo_support.config import pulse

KEPT_SECONDS = 2
PATIENCE = 3
WORKER_SILENT_SECONDS = 60


class Health:
    """The answer is kept for a moment: asking often costs nothing."""

    def __init__(self, home: Path, connect: Callable[[], Any]) -> None:
        self._home, self._connect = home, connect
        self._lock = asyncio.Lock()
        self._asked_at = 0.0
        self._database = False

    async def answer(self, request: Request) -> JSONResponse:
        del request
        async with self._lock:
            if time.monotonic() - self._asked_at > KEPT_SECONDS:
                self._database = await self._asks()
                self._asked_at = time.monotonic()
        age = pulse.age(self._home)
        works = age is not None and age < WORKER_SILENT_SECONDS
        body = {
            "status": "ok" if self._database and works else "degraded" if self._database else "down",
            "database": self._database,
            "worker": works,
            "worker_age": None if age is None else round(age, 1),
        }
        return JSONResponse(body, status_code=200 if self._database else 503, headers={"cache-control": "no-store"})

    async def _asks(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE), await self._connect() as connection:
                await connection.execute("select 1")
        except (psycopg.Error, OSError):
            return False
        return True
