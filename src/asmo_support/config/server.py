"""Granian, our HTTP server: one process with one event loop in front of ten Django threads."""

import asyncio
import os
import signal

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

KILL_AFTER_SECONDS = 20
HEADER_TIMEOUT_MS = 15_000
LONGEST_HEADERS = 64 * 1024


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM; requests under way are answered first."""
    Server(
        "asmo_support.config.web:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        runtime_threads=1,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MS, max_buffer_size=LONGEST_HEADERS),
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=KILL_AFTER_SECONDS,
    ).serve()


def end_streams_first(end_streams: "asyncio.Event") -> None:
    """On SIGTERM let the endless answers end; then Granian, which listens to SIGINT too, drains the others."""

    def ending() -> None:
        end_streams.set()
        os.kill(os.getpid(), signal.SIGINT)

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ending)
