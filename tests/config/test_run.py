"""`asmo run` as a person meets it: one command, clear sentences, nothing left behind."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.conftest import asmo, environment, eventually, free_port, python, running_in

PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-P', '-m', 'asmo_support', *sys.argv[1:]])"


class Service:
    """`asmo run`, read until it says that it is ready."""

    def __init__(self, home, *command):
        self.home, self.port = home, free_port()
        self.said = []
        self.process = python(home, *(command or ("-m", "asmo_support")), "run", "--port", str(self.port))
        self.until("Ready")

    def until(self, words):
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError("".join(self.said))

    def health(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", "/health")
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.said.append(self.process.communicate(timeout=60)[0])
        return self.process.returncode


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_service_starts_ends_and_starts_again_leaving_nothing_running(empty_home, number):
    service = Service(empty_home)
    first = (service.health(), service.end(number), running_in(empty_home))
    again = Service(empty_home)

    assert first == (200, 0, [])
    assert (again.health(), again.end(number), running_in(empty_home)) == (200, 0, [])


def test_the_link_of_a_new_person_leads_to_the_service_that_runs(empty_home):
    service = Service(empty_home)

    _, said = asmo(empty_home, "person", "add", "boss@vendor.example", "--name", "Иван Главный")
    service.end()

    assert said.splitlines()[-1].startswith(f"http://localhost:{service.port}/accounts/")


@pytest.mark.case("PK-01")
def test_a_killed_supervisor_takes_everything_with_it(empty_home):
    service = Service(empty_home)

    service.end(signal.SIGKILL)

    eventually(lambda: not running_in(empty_home))


def test_the_loss_of_the_parent_stops_everything(empty_home):
    service = Service(empty_home, "-c", PARENT)

    os.kill(service.process.pid, signal.SIGKILL)

    eventually(lambda: not running_in(empty_home))
    service.process.communicate()


@pytest.mark.case("PK-01")
def test_a_killed_web_server_and_a_killed_worker_come_back(empty_home):
    service = Service(empty_home)
    for name in ("web", "worker"):
        os.kill(child(empty_home, name), signal.SIGKILL)
        line = service.until(f"{name} has ended unexpectedly")
        assert line == f"{name} has ended unexpectedly (signal SIGKILL); starting it again in 1 s.\n"

    eventually(lambda: service.health() == 200 and child(empty_home, "worker"))
    assert service.end() == 0


def child(home, name):
    """The process that runs `asmo web` or `asmo worker`."""
    for pid in running_in(home):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if command[2:5] == [b"-m", b"asmo_support", name.encode()]:
            return pid
    return None


@pytest.mark.case("DB-05")
def test_the_service_goes_on_after_its_database_was_killed(empty_home):
    service = Service(empty_home)
    server = int((empty_home / "pg" / "data" / "postmaster.pid").read_text().split()[0])

    os.kill(server, signal.SIGKILL)

    eventually(lambda: not Path(f"/proc/{server}").exists())
    eventually(lambda: service.health() == 200)
    assert service.end() == 0


def test_a_busy_port_is_one_sentence(empty_home):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = asmo(empty_home, "run", "--port", str(port))

    assert code == 1
    assert said == (
        f"asmo: Port {port} of 127.0.0.1 cannot be used (Address already in use): end the program that has it, "
        f"or choose another: asmo run --port {port + 1}\n"
    )


def test_a_second_run_in_the_same_home_is_refused(empty_home):
    service = Service(empty_home)

    code, said = asmo(empty_home, "run", "--port", str(free_port()))

    assert (code, said.splitlines()[-1]) == (1, f"asmo: The service of {empty_home} is already running.")
    assert (service.health(), service.end()) == (200, 0)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("ASMO_HOME", "var", "asmo: ASMO_HOME must be a full path, not “var”: for example .*"),
        ("ASMO_HOME", "/dev/null/var", r"asmo: No folder can be made in /dev/null/var \(Not a directory\): set .*"),
        ("ASMO_HOEM", "/srv/asmo", "asmo: Unknown variable ASMO_HOEM. Known: .*"),
    ],
)
def test_a_wrong_variable_is_one_sentence(empty_home, variable, value, sentence):
    code, said = asmo(empty_home, "migrate", **{variable: value})

    assert code == 1
    assert re.fullmatch(sentence + "\n", said)


@pytest.mark.case("DF-01")
@pytest.mark.parametrize("small_disk", [64], indirect=True)
def test_a_full_disk_is_one_sentence(small_disk):
    code, said = asmo(small_disk, "migrate")

    assert code == 1
    assert re.fullmatch(
        f"asmo: The disk of {small_disk} is full: a new database needs 200 MB and [0-9]+ MB are free.\n", said
    )


def test_the_list_of_commands_and_working_time_need_no_django(empty_home):
    program = "import sys; from asmo_support.config.cli import asmo; asmo(sys.argv[1:], standalone_mode=False);"
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            program + "print([name for name in sys.modules if name.startswith('django')])",
            "--help",
        ],
        env=environment(empty_home),
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.splitlines()[-1] == "[]"
    assert list(empty_home.iterdir()) == []


STUBBORN = """
import signal, time
from asmo_support.config import children
signal.signal(signal.SIGTERM, signal.SIG_IGN)
children.GRACE_SECONDS = 1
children.never_outlive_parent()
print("ready", flush=True)
time.sleep(600)
"""
CARELESS = """
import functools, os, subprocess, sys, time
from asmo_support.config import children
tie = functools.partial(children.leaves_with, os.getpid())
subprocess.Popen([sys.executable, "-c", sys.argv[1]], preexec_fn=tie, start_new_session=True)
time.sleep(600)
"""


def test_a_child_that_does_not_end_when_told_is_ended(empty_home):
    parent = python(empty_home, "-c", CARELESS, STUBBORN)
    assert parent.stdout.readline() == "ready\n"

    parent.kill()

    eventually(lambda: not running_in(empty_home))
    parent.communicate()
