"""Request bodies on disk: a slow or endless sender costs a file, never a Django thread.

A body is read to its end, under a limit and a deadline, before Django is called. What is cut off never
reaches Django; what is too long, too slow or has no room is refused by its status.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from starlette.types import Receive, Scope

MEGABYTE = 1024 * 1024
SMALL = 64 * 1024
TEXT_LIMIT = 3 * MEGABYTE
FILES_LIMIT = 256 * MEGABYTE
DEADLINE_SECONDS = 900
IDLE_SECONDS = 30
SPARE_DISK = 512 * MEGABYTE
LARGE_AT_ONCE = 64
TEXTS = (b"application/json", b"application/x-www-form-urlencoded")


class CutOffError(Exception):
    """The sender has gone before the end; there is nobody to answer."""


@dataclass
class RefusedError(Exception):
    """The body is not taken; the status says why."""

    status: int


class Spool:
    """Takes bodies into `folder`. What a killed process left there is removed at start."""

    def __init__(self, folder: Path, *, files_limit: int = FILES_LIMIT, deadline: float = DEADLINE_SECONDS) -> None:
        self.folder, self.files_limit, self.deadline = folder, files_limit, deadline
        self.large = 0
        for rest in folder.iterdir():
            rest.unlink()

    async def take(self, scope: Scope, receive: Receive) -> tuple[IO[bytes], int]:
        """The whole body as a file at its beginning, and its length."""
        declared, limit = _declared(scope), self._limit(scope)
        if declared is not None and declared > limit:
            raise RefusedError(413)
        intake = _Intake(self, limit)
        try:
            async with asyncio.timeout(self.deadline):
                async for chunk in _chunks(receive):
                    await intake.add(chunk)
            return intake.finished(declared)
        except TimeoutError as error:
            intake.forget()
            raise RefusedError(408) from error
        except OSError as error:
            intake.forget()
            raise RefusedError(507) from error
        except BaseException:
            intake.forget()
            raise
        finally:
            self.large -= intake.is_large

    def _limit(self, scope: Scope) -> int:
        kind = dict(scope["headers"]).get(b"content-type", b"").lower()
        return min(TEXT_LIMIT, self.files_limit) if kind.startswith(TEXTS) else self.files_limit


class _Intake:
    """One body on its way: in memory while small, then in a file without a name, gone with the process."""

    def __init__(self, spool: Spool, limit: int) -> None:
        self._spool, self._limit = spool, limit
        self._body = tempfile.SpooledTemporaryFile(max_size=SMALL, dir=str(spool.folder))  # noqa: SIM115 - handed on
        self._length = 0
        self.is_large = False

    async def add(self, chunk: bytes) -> None:
        self._length += len(chunk)
        if self._length > self._limit:
            raise RefusedError(413)
        if self._length <= SMALL:
            self._body.write(chunk)
            return
        if not self.is_large:
            if self._spool.large >= LARGE_AT_ONCE:
                raise RefusedError(503)
            self.is_large = True
            self._spool.large += 1
        await asyncio.to_thread(self._write, chunk)

    def finished(self, declared: int | None) -> tuple[IO[bytes], int]:
        if declared not in (None, self._length):
            raise CutOffError
        self._body.seek(0)
        return self._body, self._length

    def forget(self) -> None:
        self._body.close()

    def _write(self, chunk: bytes) -> None:
        if shutil.disk_usage(self._spool.folder).free < SPARE_DISK:
            raise RefusedError(507)
        self._body.write(chunk)


def _declared(scope: Scope) -> int | None:
    text = dict(scope["headers"]).get(b"content-length")
    if text is None:
        return None
    if not text.isdigit():
        raise RefusedError(400)
    return int(text)


async def _chunks(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        async with asyncio.timeout(IDLE_SECONDS):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise CutOffError
        more = message.get("more_body", False)
        yield message.get("body", b"")
