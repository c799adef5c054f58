"""`asmo run`: starts everything in order, keeps it running, leaves nothing behind."""

import contextlib
import http.client
import os
import signal
import sys
import threading
import time

from asmo_support.config import embedded, environment, external, keeper, listening, locks
from asmo_support.config.home import home, notice
from asmo_support.config.process import Process, say
from asmo_support.config.running import RUN, remember_address
from asmo_support.lib.errors import Broken

TICK = 0.3
GRACE_SECONDS = 25
EARLY_DEATHS = 3
READY_SECONDS = 120
DATABASE_SECONDS = 5


class Stopped(Exception):
    """Somebody asked us to end."""


class Supervisor:
    """One run of the whole service."""

    def __init__(self, *, demo: bool, host: str, port: int) -> None:
        self.demo, self.host, self.port = demo, host, port
        self.stopping = threading.Event()
        self.parent = os.getppid()
        self.children: list[Process] = []
        self.people: list[str] = []
        self.look_again_at = 0.0

    def run(self) -> int:
        """Return 0 after being asked to end; raises Broken when the service cannot run."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        environment.read()
        place = home()
        mine = locks.opened(place, RUN)
        try:
            self._check(locks.take(mine))
            self._prepare()
            self._serve()
        except Stopped:
            say("Stopping …")
        finally:
            self._stop_children()
            embedded.stop(place)
        say("Stopped.")
        return 0

    def _check(self, alone: bool) -> None:  # noqa: FBT001 - the answer of a lock
        if not alone:
            raise Broken(f"The service of {home()} is already running.")
        listening.check([listening.Spot(self.host, self.port), *listening.for_letters(environment.read())])

    def _prepare(self) -> None:
        if notice():
            say(notice())
        os.environ["ASMO_DEMO"] = "1" if self.demo else os.environ.get("ASMO_DEMO", "0")
        if self.host in {"127.0.0.1", "localhost", "::1"}:
            os.environ.setdefault("ASMO_SITE_URL", self._address())
        remember_address(home(), os.environ.get("ASMO_SITE_URL") or self._address())
        say("Database: connecting to ASMO_DATABASE_URL …" if external.url() else f"Database: starting in {home()} …")
        embedded.ensure(home())
        say("Database: ready. Bringing it to this version …")
        self._finish(Process("migrate", "migrate", "--all"))
        if self.demo:
            loading = Process("demo", "demo", keep=True)
            self._finish(loading)
            self.people = loading.kept

    def _serve(self) -> None:
        web = Process("web", "web", "--host", self.host, "--port", str(self.port))
        self.children += [web, Process("worker", "worker")]
        said = environment.read()
        if said.lmtp or said.smtp_in:
            self.children.append(Process("lmtp", "lmtp"))
        for child in self.children:
            child.start()
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            self._tick()
            if web.deaths >= EARLY_DEATHS or time.monotonic() > deadline:
                raise Broken("The web server does not start: the lines above say why.")
        self._welcome()
        while True:
            self._tick()

    def _welcome(self) -> None:
        say(f"Ready: {self._address()}   (Ctrl+C stops)")
        for line in self.people:
            say(f"  {line}")

    def _tick(self) -> None:
        self.stopping.wait(TICK)
        if self.stopping.is_set() or os.getppid() != self.parent:
            raise Stopped
        for child in self.children:
            child.revive()
        if time.monotonic() > self.look_again_at:
            self.look_again_at = time.monotonic() + DATABASE_SECONDS
            self._mind_database()

    def _mind_database(self) -> None:
        """The keeper gives up when the disk is full; when there is room again, the database comes back by itself."""
        if external.url() or not locks.is_free(home(), keeper.KEEPER):
            return
        say("The database is down; starting it again …")
        try:
            embedded.ensure(home())
        except Broken as error:
            say(f"asmo: {error}")

    def _finish(self, child: Process) -> None:
        """Run a child to its end before anything else starts."""
        self.children.append(child)
        child.start()
        while child.code() is None:
            self.stopping.wait(TICK / 3)
            if self.stopping.is_set() or os.getppid() != self.parent:
                raise Stopped
        self.children.remove(child)
        child.end(0)
        if child.code():
            for line in child.kept:
                say(f"{child.name:>7} │ {line}")
            raise Broken(f"The step “{child.name}” has failed: the lines above say why.")

    def _answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - told by the administrator
        connection = http.client.HTTPConnection(host, self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status in {200, 503}
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _address(self) -> str:
        # Passkeys need a name: 127.0.0.1 answers too, but cannot have them.
        name = "localhost" if self.host in {"127.0.0.1", "::1", "0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{name}:{self.port}"

    def _asked_to_stop(self, *_: object) -> None:
        if self.stopping.is_set():
            for child in self.children:
                child.kill()
        self.stopping.set()

    def _stop_children(self) -> None:
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end(deadline - time.monotonic())
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
