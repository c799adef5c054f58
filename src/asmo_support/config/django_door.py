"""Django behind the router: called with a whole body and answered without waiting for the reader."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

from a2wsgi.wsgi import WSGIMiddleware
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from asmo_support.config.files import FILE, Download
from asmo_support.config.spool import CutOffError, RefusedError, Spool

THREADS = 10
LONGEST_QUEUE = 500
UNBOUNDED = 0
DRAIN_SECONDS = 5
BODY = "asmo.body"
WORDS = {
    400: "Запрос непонятен.\nThe request cannot be understood.",
    408: "Данные шли слишком медленно, ничего не сохранено.\nThe data came too slowly; nothing is kept.",
    413: "Данных слишком много, ничего не сохранено.\nThere is too much data; nothing is kept.",
    500: "Что-то сломалось у нас. Ошибка записана в журнал.\nSomething is broken on our side; the error is in the log.",
    503: "Сервис сейчас перегружен. Попробуйте через минуту.\nThe service is busy. Try again in a minute.",
    507: "На сервере нет места для файлов, ничего не сохранено.\nThe server has no room for files; nothing is kept.",
}
logger = logging.getLogger("asmo_support.web")
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class DjangoDoor:
    """Everything that is not a file, a live notice or a health check."""

    def __init__(self, application: Application, spool: Spool, files: Path) -> None:
        # The queue of an answer has no limit: a reader that has stopped reading would hold a thread for ever.
        bridge: Any = WSGIMiddleware
        self._bridge = bridge(_with_body(application), workers=THREADS, send_queue_size=UNBOUNDED)
        self._spool, self._files = spool, files
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        outlet = Outlet(send)
        try:
            await self._pass_on(scope, receive, outlet)
        except CutOffError:
            await _refuse(400, scope, receive, outlet)  # read by those who have closed only their side of the line
        except RefusedError as error:
            await _refuse(error.status, scope, receive, outlet)
        except Exception:
            logger.exception("%s %s", scope["method"], scope["path"])
            await _refuse(500, scope, receive, outlet)
        if outlet.file:
            await Download(self._files, outlet.file)(scope, receive, send)

    async def _pass_on(self, scope: Scope, receive: Receive, outlet: "Outlet") -> None:
        if self._waiting >= LONGEST_QUEUE:
            raise RefusedError(503)
        body, length = await self._spool.take(scope, receive)
        self._waiting += 1
        try:
            # Shielded: when the reader leaves, the thread still reads the body we would be closing.
            await asyncio.shield(self._bridge({**_cleaned(scope, length), BODY: body}, receive, outlet))
        finally:
            self._waiting -= 1


class Outlet:
    """What Django sends, but for an answer that hands a file over: that one is kept back."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False
        self.file: Headers | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            self.started = True
            if FILE in headers:
                self.file = headers
        if self.file is None:
            await self._send(message)


def _with_body(application: Application) -> Application:
    def call(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"] = environ["asgi.scope"][BODY]
        try:
            answer = application(environ, start_response)
        except BaseException:
            body.close()
            raise
        return _Closing(answer, body)

    return call


class _Closing:
    """An answer that closes the body's file when it is done."""

    def __init__(self, answer: Iterable[bytes], body: Any) -> None:
        self._answer, self._body = answer, body

    def __iter__(self) -> Any:
        return iter(self._answer)

    def close(self) -> None:
        self._body.close()
        getattr(self._answer, "close", lambda: None)()


def _cleaned(scope: Scope, length: int) -> Scope:
    """The request as WSGI can say it: one length, one cookie header, no header that looks like another."""
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    left_out = {b"content-length", b"transfer-encoding", b"cookie", b"expect"}
    headers = [(name, value) for name, value in scope["headers"] if name not in left_out and b"_" not in name]
    if cookies:
        headers.append((b"cookie", cookies))
    if length or scope["method"] not in {"GET", "HEAD"}:
        headers.append((b"content-length", str(length).encode()))
    query = quote_from_bytes(scope["query_string"], safe="".join(map(chr, range(0x21, 0x7F)))).encode()
    return {**scope, "headers": headers, "query_string": query}


async def _refuse(status: int, scope: Scope, receive: Receive, outlet: Outlet) -> None:
    if outlet.started:
        return
    headers = {"connection": "close", "cache-control": "no-store", "x-content-type-options": "nosniff"}
    if status == 503:
        headers["retry-after"] = "60"
    await _words(status, scope["path"], headers)(scope, receive, outlet)
    await _drain(receive)


def _words(status: int, path: str, headers: dict[str, str]) -> Response:
    """Two lines for people; a problem document for programs, which ask under /api/."""
    if not path.startswith("/api/"):
        return PlainTextResponse(WORDS[status], status_code=status, headers=headers)
    title, detail = HTTPStatus(status).phrase, WORDS[status].partition("\n")[0]
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, headers=headers, media_type="application/problem+json")


async def _drain(receive: Receive) -> None:
    """Take a little more: a browser that is still sending reads no answer when the line is cut under it."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            while (await receive()).get("more_body"):
                pass
