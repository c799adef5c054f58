"""The service as a stranger starts it, with its demo world, and a real Chromium before it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from asmo_support.config.demo import PASSWORD
from tests.parts.smtp import Sink, smtp_sink

__all__ = ["smtp_sink"]

PATIENCE = 60_000
# The code beside these tests, whatever is installed.
SOURCES = str(Path(__file__).resolve().parents[2] / "src")


class House:
    """One running service and its visitors."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.home = browser, Path(tempfile.mkdtemp(prefix="asmo-"))
        self.home.chmod(0o755)
        self.site = f"http://localhost:{_free_port()}"
        self.complaints: list[str] = []
        self.visitors: list[BrowserContext] = []
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ASMO_")}
        self.environment = environment | {
            "ASMO_HOME": str(self.home),
            "ASMO_SITE_URL": self.site,
            "PYTHONPATH": SOURCES,
        }
        command = [sys.executable, "-P", "-m", "asmo_support", "run", "--demo", "--port", self.site.rsplit(":", 1)[1]]
        self.process = subprocess.Popen(
            command, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.said: list[str] = []
        if not any(line.startswith("Ready") for line in self._lines()):
            raise AssertionError("".join(self.said))
        # What it says is read all the time: a full pipe would stop the service in the middle of a page.
        threading.Thread(target=lambda: list(self._lines()), daemon=True).start()

    def visit(self, **options) -> BrowserContext:
        """A browser of somebody's own, before signing in."""
        context = self.browser.new_context(
            **{"locale": "ru-RU", "timezone_id": "Europe/Moscow", "base_url": self.site} | options
        )
        self.visitors.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda said: self._hear(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: self._hear(str(error.error)))
        return context

    def enter(self, person: str, **options) -> Page:
        """Somebody of the demo signs in; the page is the first one they see."""
        page = self.visit(**options).new_page()
        page.goto("/accounts/login/")
        page.fill("#id_login", person if "@" in person else f"{person}@demo.example")
        page.fill("#id_password", PASSWORD)
        page.click("#login-form button.btn--act")
        page.wait_for_selector("#main")
        assert "/accounts/login" not in page.url
        return page

    def asmo(self, *arguments: str, said: bytes = b"") -> str:
        command = [sys.executable, "-P", "-m", "asmo_support", *arguments]
        done = subprocess.run(command, env=self.environment, input=said, capture_output=True, check=True, timeout=120)
        return done.stdout.decode()

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)
        shutil.rmtree(self.home, ignore_errors=True)

    def _lines(self) -> Iterator[str]:
        for line in self.process.stdout:
            self.said.append(line)
            yield line

    def _hear(self, words: str) -> None:
        # A page that does not exist is what some stories ask for.
        if "status of 404" not in words and "status of 422" not in words and "status of 409" not in words:
            self.complaints.append(words)


@pytest.fixture(scope="session")
def house(chromium: Browser) -> Iterator[House]:
    here = House(chromium)
    yield here
    here.end()


@pytest.fixture
def post_office(house: House, smtp_sink: Sink) -> Iterator[Sink]:
    """A mail server that takes our letters while the story lasts."""
    house.asmo("mail", "server", "set", "support@localhost", "--host", "127.0.0.1", "--port", str(smtp_sink.port),
               "--security", "none")  # fmt: skip
    yield smtp_sink
    house.asmo("mail", "server", "off")


@pytest.fixture(autouse=True)
def _no_complaints(house: House) -> Iterator[None]:
    """No story leaves an error in the console, of the content policy or of a script."""
    house.complaints.clear()
    yield
    heard = list(house.complaints)
    while house.visitors:
        house.visitors.pop().close()
    assert heard == []


def register(page: Page, subject: str, text: str = "Печать даёт пустой лист.") -> str:
    """A customer registers a ticket by web; its number."""
    page.goto("/tickets/new/")
    page.fill("[name=subject]", subject)
    page.fill("[name=text]", text)
    page.click("main form[method=post] button.btn--act")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    return page.url.rstrip("/").rsplit("/", 1)[1]


def say(page: Page, number: str, mode: str, text: str) -> None:
    """An agent writes in one of the modes of the composer."""
    page.goto(f"/desk/tickets/{number}/")
    page.click(f"[data-mode-tab={mode}]")
    page.fill(f"form[data-mode={mode}] textarea", text)
    page.click(f"form[data-mode={mode}] button[class*='btn--act'], form[data-mode={mode}] button.btn--inner")
    expect(page.locator(".talk .timeline")).to_contain_text(text)


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])
