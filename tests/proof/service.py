"""`asmo run` in a home of its own, as a stranger starts it, and `kill -9` of whatever belongs to it."""

import contextlib
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import psycopg

from asmo_support.config import embedded
from tests.parts.dovecot import PASSWORD
from tests.parts.letters import SUPPORT

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240
STEP = 0.05
AUTHSERV = "mx.vendor.example"


class Failed(Exception):
    """What was to happen has not happened."""


@contextlib.contextmanager
def running(log: Path | None = None) -> "Iterator[Service]":
    """The service in a fresh home; everything of it is ended and removed afterwards."""
    # Not below pytest's own folders: the database may run as another user, who has to reach it.
    home = Path(tempfile.mkdtemp(prefix="asmo-p-"))
    home.chmod(0o711)
    service = Service(home)
    try:
        service.wait_for("Ready: ")
        yield service
    finally:
        service.end()
        if log:
            log.write_text("".join(service.said), encoding="utf-8")
        shutil.rmtree(home, ignore_errors=True)


class Service:
    """The running service; what it says is read all the time, so that it never waits for us."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.said = home, _free_port(), list[str]()
        self._lines: Queue[str] = Queue()
        self._line: psycopg.Connection[Any] | None = None
        self.process = self._process("run", "--port", str(self.port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        threading.Thread(target=self._read, daemon=True).start()

    def run(self, *arguments: str, given: str = "", module: str = "asmo_support") -> str:
        """A command of ours in this home, to its end; what it printed."""
        line = self._process(*arguments, module=module, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        said, _ = line.communicate(given, timeout=PATIENCE)
        if line.returncode:
            raise Failed(f"{module} {' '.join(arguments)}: {said}")
        return said

    def take_letters(self, host: str, port: int, user: str) -> None:
        """The administrator's command, the password by a pipe."""
        options = ["--host", host, "--port", str(port), "--security", "none", "--user", user]
        options += ["--authserv-id", AUTHSERV, "--password-stdin"]
        self.run("mail", "mailbox", "add", SUPPORT, *options, given=PASSWORD + "\n")

    def token(self) -> str:
        """What opens the API to somebody of the desk."""
        return self.run("token", "create", "operator@vendor.example").splitlines()[-1]

    def get(self, path: str, token: str = "") -> tuple[int, bytes]:
        """What the web server answers; 0 when it does not."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(line):
            try:
                line.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
                answer = line.getresponse()
                return answer.status, answer.read()
            except OSError:
                return 0, b""

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, read past all of our code; waits for a database that is down."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._connected().execute(query, values or None).fetchall()
            except psycopg.OperationalError as problem:
                self._line = None
                if time.monotonic() > deadline:
                    raise Failed(f"The database does not come back: {problem}") from problem
                time.sleep(STEP)

    def until(self, true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        deadline = time.monotonic() + patience
        while not true():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise Failed(f"It has not come to this: {what}.\n{''.join(self.said[-40:])}")
            time.sleep(STEP)

    def wait_for(self, words: str) -> None:
        """Read on until a line has these words."""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except Empty:
                raise Failed(f"“{words}” was not said:\n{''.join(self.said[-40:])}") from None
            if words in line:
                return
            if line == "":
                raise Failed(f"It has ended:\n{''.join(self.said[-40:])}")

    def end(self) -> int:
        """Ask it to end, then see that nothing of it is left."""
        if self._line:
            self._line.close()
        self.process.terminate()
        try:
            return self.process.wait(60)
        finally:
            for pid in self.everything():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()

    def everything(self) -> list[int]:
        """Living processes that were started in this home."""
        return [pid for pid in _pids() if self._is_ours(pid)]

    def named(self, name: str) -> list[int]:
        """The processes of one kind that live at this moment."""
        return KINDS[name](self)

    def _is_ours(self, pid: int) -> bool:
        mark = os.fsencode(self.home)
        try:
            folder = Path(f"/proc/{pid}")
            variables = (folder / "environ").read_bytes().split(b"\0")
            return b"ASMO_HOME=" + mark in variables or mark in (folder / "cmdline").read_bytes()
        except OSError:
            return False

    def _process(self, *arguments: str, module: str = "asmo_support", **more: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            env=self._environment(), cwd="/", text=True, start_new_session=True, **more,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ASMO_")}
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        return kept | {"ASMO_HOME": str(self.home), "PYTHONPATH": paths, "ASMO_SECOND_FACTOR": "optional"}

    def _connected(self) -> "psycopg.Connection[Any]":
        if self._line is None or self._line.closed:
            found = embedded.server_settings(self.home, "asmo_owner")
            self._line = psycopg.connect(
                host=found["HOST"], port=found["PORT"], user=found["USER"], password=found["PASSWORD"],
                dbname=found["NAME"], autocommit=True,
            )  # fmt: skip
        return self._line

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.said.append(line)
            self._lines.put(line)
        self._lines.put("")


def kill(service: Service, kind: str, luck: random.Random) -> None:
    """kill -9 of one process of this kind as soon as there is one; its place is taken by another before we go on."""
    deadline = time.monotonic() + PATIENCE
    while True:
        alive = service.named(kind)
        victim = luck.choice(sorted(alive)) if alive else 0
        with contextlib.suppress(ProcessLookupError):
            if victim:
                os.kill(victim, signal.SIGKILL)
                return
        if time.monotonic() > deadline:
            raise Failed(f"There is no {kind} to kill.\n{''.join(service.said[-40:])}")
        time.sleep(STEP)


def _pids() -> list[int]:
    return [int(one.name) for one in Path("/proc").glob("[0-9]*") if int(one.name) != os.getpid()]


def _command(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")
    except OSError:
        return []


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return []


def _asmo(service: Service, name: str) -> list[int]:
    below = _children(service.process.pid)
    return [pid for pid in below if _command(pid)[2:5] == ["-m", "asmo_support", name]]


def _readers(service: Service) -> list[int]:
    """The processes that read letters for the worker."""
    below = [pid for worker in _asmo(service, "worker") for pid in _children(worker)]
    return [pid for pid in below if "asmo_support.channels.email.child" in _command(pid)]


def _postmaster(service: Service) -> list[int]:
    try:
        pid = int((service.home / "pg/data/postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return []
    return [pid] if any(str(service.home) in word for word in _command(pid)) else []


def _backends(service: Service) -> list[int]:
    """Sessions and the database's own helpers, but not the process that writes its log."""
    below = [pid for server in _postmaster(service) for pid in _children(server)]
    return [pid for pid in below if "logger" not in " ".join(_command(pid))]


KINDS: dict[str, Callable[[Service], list[int]]] = {
    "worker": lambda service: _asmo(service, "worker"),
    "web": lambda service: _asmo(service, "web"),
    "reader of letters": _readers,
    "PostgreSQL": _postmaster,
    "a process of PostgreSQL": _backends,
}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
