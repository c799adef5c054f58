"""The worker: what happens without a person. Letters come in, notices go out, deadlines pass.

One process with a lane for each kind of work, so that a slow mail server holds up nothing else. All of them are woken
by the database the moment something is written, and look by themselves every few seconds in case a call was missed.
"""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator

import psycopg
from django.db import connection

from asmo_support.channels import again, alarms
from asmo_support.channels.email import receive, send
from asmo_support.channels.email.fetch import Mailboxes
from asmo_support.channels.email.idle import Watchers
from asmo_support.channels.phone import settling
from asmo_support.config import pulse
from asmo_support.config.home import home
from asmo_support.config.lanes import Lane
from asmo_support.contracts import jobs as endings
from asmo_support.journal import errands
from asmo_support.journal.recording import ERRANDS
from asmo_support.notifications import gathering
from asmo_support.people import jobs as people_jobs
from asmo_support.tickets import jobs
from asmo_support.tickets.actions import recounting

LOOK, POLL, MINUTE = 2.0, 2.0, 30.0
BEAT = 1.0
# One thread asks so often whether the database is back: nobody notices the questions, everybody the wait.
AGAIN = 0.5
GRACE_SECONDS = 20
logger = logging.getLogger("asmo_support.worker")


def main() -> None:
    """Work until SIGTERM or until the parent is gone; what has been begun is finished first."""
    # Asked before anything is begun: the parent may go while the first letters are read.
    place, parent, stopping = home(), os.getppid(), threading.Event()
    pulse.beat(place)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    lanes = _lanes()
    listener = threading.Thread(target=_listen, args=(lanes, stopping), name="listen", daemon=True)
    listener.start()
    for lane in lanes:
        lane.start()
    while not stopping.wait(BEAT) and os.getppid() == parent:
        # A lane that hangs stops the pulse: health tells, and whoever watches can act.
        if not any(lane.is_stuck for lane in lanes):
            pulse.beat(place)
    stopping.set()
    _end(lanes)


def _lanes() -> list[Lane]:
    watchers = Watchers()
    mailboxes = Mailboxes(watchers)
    looking = Lane("mailboxes", mailboxes.poll, every=POLL, end=mailboxes.close)
    watchers.heard = looking.wake
    return [
        Lane("errands", errands.drain, every=LOOK),
        Lane("letters in", receive.drain, every=LOOK),
        Lane("letters out", send.drain, every=LOOK),
        Lane("calendars", recounting.drain, every=LOOK),
        looking,
        Lane("deadlines", _minute, every=MINUTE),
        Lane("merges", people_jobs.merge, every=LOOK),
        Lane("hard letters", receive.drain_apart, every=LOOK),
        Lane("letters again", again.drain, every=LOOK),
    ]


def _minute() -> int:
    """Deadlines that have passed, contracts that end, calls without an end, mail that fails, letters that waited."""
    jobs.run_minute()
    settling.give_up()
    alarms.look()
    endings.remind()
    gathering.gather()
    gathering.sweep()
    return 0


def _listen(lanes: list[Lane], stopping: threading.Event) -> None:
    """Hear the database and wake the lanes that drain queues; after a lost connection wake them all the same."""
    while not stopping.is_set():
        with contextlib.suppress(psycopg.Error, OSError), _ear() as ear:
            # Those that wait for the database, each longer every time, need not wait any more.
            for lane in lanes:
                lane.wake()
            while not stopping.is_set():
                for _notice in ear.notifies(timeout=BEAT):
                    _wake(lanes)
        stopping.wait(AGAIN)


@contextlib.contextmanager
def _ear() -> Iterator[psycopg.Connection]:
    """A connection of its own that only listens; it needs no role."""
    parameters = {**connection.get_connection_params(), "autocommit": True, "connect_timeout": 10}
    for name in ("cursor_factory", "context"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters) as ear:
        ear.execute(f"LISTEN {ERRANDS}")
        yield ear


def _wake(lanes: list[Lane]) -> None:
    for lane in lanes[:4]:
        lane.wake()


def _end(lanes: list[Lane]) -> None:
    deadline = time.monotonic() + GRACE_SECONDS
    for lane in lanes:
        lane.stop()
    for lane in lanes:
        lane.join(deadline - time.monotonic())
