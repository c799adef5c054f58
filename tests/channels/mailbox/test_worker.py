"""The worker as a process: woken by the database, patient with it, and gone when asked."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from asmo_support.channels.inbox import Incoming, keep
from asmo_support.channels.models import Arrival, Delivery
from asmo_support.config import pulse
from asmo_support.config.home import home
from asmo_support.tickets.models import Ticket
from tests.cast import make_cast
from tests.parts.letters import letter
from tests.parts.world import ROOT, Worker, environment, throw_out, until


@pytest.fixture
def worker(open_world, tmp_path):
    running = Worker(tmp_path, tmp_path / "worker.log")
    yield running
    running.end()


def test_a_letter_is_a_ticket_with_its_acknowledgement_within_moments(worker):
    cast = make_cast()
    keep(Incoming(raw=letter(cast.customer.email), received_at=timezone.now()))

    until(lambda: Delivery.objects.filter(state="kept", ticket__isnull=False).count() == 1)
    assert Ticket.objects.get().requester == cast.customer


def test_the_worker_survives_that_the_database_throws_everybody_out(worker):
    cast = make_cast()
    keep(Incoming(raw=letter(cast.customer.email), received_at=timezone.now()))
    until(lambda: Arrival.objects.filter(state="done").count() == 1)
    throw_out()
    keep(Incoming(raw=letter(cast.customer.email, subject="Второе"), received_at=timezone.now()))

    until(lambda: Arrival.objects.filter(state="done").count() == 2)
    assert worker.process.poll() is None


def test_the_worker_ends_when_asked_and_shows_that_it_lives(open_world, tmp_path):
    worker = Worker(tmp_path, tmp_path / "worker.log")

    assert _works()
    assert pulse.age(home()) < 5
    assert worker.end() == 0


def test_the_worker_ends_with_its_parent(open_world, tmp_path):
    code = (
        "import subprocess, sys, os; child = subprocess.Popen([sys.executable, '-m', 'tests.parts.worker', *sys.argv[1:]]);"
        "print(child.pid, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, connection.settings_dict["NAME"], str(tmp_path)]
    parent = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), cwd=ROOT, text=True
    )
    child = int(parent.stdout.readline())
    assert _works()
    parent.send_signal(signal.SIGKILL)
    parent.wait()

    until(lambda: not _is_alive(child), 30)
    parent.stdout.close()


def _works() -> bool:
    """A letter given to it is treated."""
    keep(Incoming(raw=letter("stranger@test.example"), received_at=timezone.now()))
    until(lambda: not Arrival.objects.filter(state="stored").exists())
    return True


def _is_alive(pid: int) -> bool:
    """Running, and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
