"""A real browser and a small real server over the kit's own pages, under the content policy of life."""

import contextlib
import mimetypes
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, engines
from django.test import RequestFactory
from django.utils import translation

from asmo_support.config import messages
from asmo_support.ui.middleware import POLICY
from tests.ui.drawn import person

# Another process may start first: the texts are compiled before Django reads them.
messages.compile_all()


class Stage:
    """Pages by their path; what was posted is kept, and answered by a redirect when `answers` names one."""

    def __init__(self, context):
        self.context, self.pages, self.answers = context, {}, {}
        self.posted, self.refused = [], []
        self.events, self.ended = queue.Queue(), threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"stage": self}))
        self.site = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def show(self, body, path="/", base="ui/page.html", **known):
        """Put a page with this body (a template) on the stage."""
        source = (
            f'{{% extends "{base}" %}}{{% block title %}}Части{{% endblock %}}{{% block body %}}{body}{{% endblock %}}'
        )
        known = {"user": person("Анна Лебедева", staff=True), "LANGUAGE_CODE": "ru", "csrf_token": "t", **known}
        with translation.override("ru"):
            template = engines["django"].from_string(source).template
            self.pages[path] = template.render(Context({"request": RequestFactory().get(path), **known}))

    def tell(self, event, data="{}"):
        """Say something to the open page that listens at /live/."""
        self.events.put(f"event: {event}\ndata: {data}\n\n")

    def open(self, path="/"):
        page = self.context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda said: self.refused.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: self.refused.append(str(error)))
        page.goto(self.site + path)
        return page


class Handler(BaseHTTPRequestHandler):
    """Pages of the stage and the kit's static files."""

    protocol_version = "HTTP/1.1"
    stage: Stage

    def do_GET(self):
        path = urlsplit(self.path).path
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path == "/live/":
            self._stream()
        elif found:
            self._send(200, Path(found).read_bytes(), mimetypes.guess_type(found)[0])
        elif path in self.stage.pages:
            self._send(200, self.stage.pages[path].encode(), "text/html; charset=utf-8")
        else:
            self._send(404, b"", "text/plain")

    def _stream(self):
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        while not self.stage.ended.is_set():
            try:
                self.wfile.write(self.stage.events.get(timeout=0.1).encode())
            except queue.Empty:
                continue

    def do_POST(self):
        self.stage.posted.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        to = self.stage.answers.get(self.path)
        self._send(303 if to else 500, b"" if to else b"broken", "text/html", to)

    def _send(self, status, body, kind, location=None):
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Location": location}
        for name, value in {**headers, "Content-Security-Policy": POLICY.format(nonce="n")}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def handle(self):
        # A page that is closed hangs up in the middle of its files.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, *_):
        """Say nothing: the tests speak."""


@pytest.fixture
def stage(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="ru-RU", timezone_id="Europe/Moscow")
    made = Stage(context)
    yield made
    context.close()
    made.ended.set()
    made.server.shutdown()
    made.server.server_close()
    assert made.refused == []
