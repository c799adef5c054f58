"""One port for everything: static files, live notices, health, and Django for the rest."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import psycopg
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from asmo_support.config import children, embedded
from asmo_support.config.django_door import Application, DjangoDoor
from asmo_support.config.files import Assets
from asmo_support.config.health import Health
from asmo_support.config.home import folder, home
from asmo_support.config.live import Live, LookUp
from asmo_support.config.server import end_streams_first
from asmo_support.config.spool import Spool


def application() -> ASGIApp:
    """The whole web side of the service, for the server to call."""
    children.die_with_parent(9)  # nobody would end us when Granian's main process is killed
    place = home()
    embedded.ensure(place)
    from asmo_support.config.watching import allowed
    from asmo_support.config.wsgi import application as django

    return router(place, django, allowed)


def router(place: Path, django: Application, look_up: LookUp) -> ASGIApp:
    """The routes of this port over the given Django application."""
    ending = asyncio.Event()
    live = Live(look_up, _connection(place), ending, _session_cookie())
    health = Health(place, _connection(place))

    @contextlib.asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        end_streams_first(ending)
        listening = asyncio.create_task(live.listen())
        yield
        listening.cancel()

    door = DjangoDoor(django, Spool(folder("spool", place)), folder("files", place))
    routes = [
        Route("/health", health.answer),
        Route("/live/", live.answer),
        Mount("/static", Assets(directory=folder("static", place))),
    ]
    return _awaitable(ExceptionMiddleware(Router(routes, default=door, redirect_slashes=False, lifespan=lifespan)))


def _awaitable(app: ASGIApp) -> ASGIApp:
    """Granian's `receive` can be awaited but is no coroutine function, which others need."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        async def received() -> Any:
            return await receive()

        await app(scope, received, send)

    return call


def _connection(place: Path) -> Callable[[], Any]:
    settings = embedded.server_settings(place, embedded.LOGIN)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    address = {name: settings[key] for key, name in names.items() if settings[key]} | settings["OPTIONS"]

    def connect() -> Any:
        return psycopg.AsyncConnection.connect(**address, autocommit=True)

    return connect


def _session_cookie() -> str:
    from django.conf import settings

    return str(settings.SESSION_COOKIE_NAME)
