"""Real homes, a real database and the real server for the tests of `config`."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from asmo_support.config import embedded

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


def eventually(question, patience=PATIENCE):
    """Ask until the answer is true; the test fails when it never is."""
    deadline = time.monotonic() + patience
    while not (answer := question()):
        if time.monotonic() > deadline:
            pytest.fail(f"never came true: {question}")
        time.sleep(0.02)
    return answer


def environment(home, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASMO_")}
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    settings = "asmo_support.config.settings"
    return kept | {"ASMO_HOME": str(home), "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": settings} | more


def python(home, *arguments, **more):
    """A process of ours, in a folder that is not the checkout."""
    return subprocess.Popen(
        [sys.executable, "-P", *arguments],
        env=environment(home, **more),
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def asmo(home, *arguments, **more):
    """Run `asmo` to its end: exit code and everything it said."""
    process = python(home, "-m", "asmo_support", *arguments, **more)
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def running_in(home):
    """Processes whose command names this home, without those already dead."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            variables = (folder / "environ").read_bytes()
        except OSError:
            continue
        mark = os.fsencode(home)
        if int(folder.name) != os.getpid() and (mark in command or b"ASMO_HOME=" + mark + b"\0" in variables):
            found.append(int(folder.name))
    return found


def server_pid(home):
    return int((home / "pg" / "data" / "postmaster.pid").read_text().split()[0])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def empty_home():
    """A folder that other users can reach; pytest's own cannot be."""
    place = Path(tempfile.mkdtemp(prefix="asmo-"))
    yield place
    for pid in running_in(place):
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not running_in(place))
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def web():
    """The router over a small application, through Granian."""
    place = Path(tempfile.mkdtemp(prefix="asmo-"))
    (place / "files" / "ab").mkdir(parents=True)
    from tests.config.served import CONTENT

    (place / "files" / "ab" / "content").write_bytes(CONTENT)
    server = Web(place)
    yield server
    server.stop()
    eventually(lambda: not running_in(place))
    shutil.rmtree(place)


class Web:
    def __init__(self, home):
        self.home, self.port = home, free_port()
        self.process = python(home, "-m", "tests.config.served", str(self.port))
        eventually(self.answers)

    def answers(self):
        assert self.process.poll() is None, self.process.stdout.read()
        try:
            return self.get("/health")[0] == 200
        except OSError:
            return False

    def get(self, path, method="GET", body=None, **headers):
        """Status, headers and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def open(self, head, buffer=None):
        """A connection on which this head has been sent."""
        line = socket.socket()
        if buffer:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        line.settimeout(PATIENCE)
        line.connect(("127.0.0.1", self.port))
        line.sendall(head.replace("\n", "\r\n").encode())
        return line

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        self.process.stdout.close()


@pytest.fixture
def small_disk(request, empty_home):
    """A home on a disk of its own; its size in MB is the parameter."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={request.param}m,mode=711", "tmpfs", str(empty_home)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield empty_home
    embedded.stop(empty_home)
    eventually(lambda: not running_in(empty_home))
    subprocess.run(["umount", str(empty_home)], check=True)
