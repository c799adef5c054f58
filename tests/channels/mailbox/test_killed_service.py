"""Letters come while the whole service, as a stranger starts it, is killed again and again: not one byte is other."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from queue import Empty, Queue

import psycopg
import pytest

from asmo_support.config import embedded
from tests.config.conftest import asmo, environment, eventually, free_port, python, running_in
from tests.config.test_run import child
from tests.parts.dovecot import PASSWORD
from tests.parts.letters import SUPPORT, letter
from tests.parts.world import chance

LETTERS, KILLS, SEED = 500, 10, 20261122
VICTIMS = ("web", "worker")
PATIENCE = 240
LARGE = 1_200_000
WRITERS = "SELECT email FROM people_user WHERE role = 'contact' AND is_active ORDER BY email"
PROGRESS = "SELECT count(*) + count(*) FILTER (WHERE state = 'done') FROM channels_arrival WHERE mailbox_id IS NOT NULL"
BECAME = "SELECT state, decision, count(*) FROM channels_arrival WHERE mailbox_id IS NOT NULL GROUP BY 1, 2"
TICKETS = """
    SELECT ticket.subject, person.email, ticket.description,
           (SELECT count(*) FROM tickets_message said WHERE said.ticket_id = ticket.id),
           (SELECT count(*) FROM journal_event event
             WHERE event.thing = 'ticket' AND event.thing_id = ticket.id AND event.kind = 'ticket.registered')
      FROM tickets_ticket ticket JOIN people_user person ON person.id = ticket.requester_id
     WHERE ticket.number > %s ORDER BY ticket.subject
"""
TOLD_TWICE = "SELECT ticket_id, address, kind FROM channels_delivery GROUP BY 1, 2, 3, event_id HAVING count(*) > 1"
FILES = """
    SELECT ticket.subject, ticket.number, file.id, file.name, file.sha256
      FROM tickets_attachment file JOIN tickets_ticket ticket ON ticket.id = file.ticket_id
     WHERE ticket.number > %s ORDER BY ticket.subject, file.name
"""


@dataclass(frozen=True)
class Written:
    """A letter as its writer remembers it."""

    subject: str
    sender: str
    text: str
    files: dict[str, bytes]

    def raw(self) -> bytes:
        name = f"<{sha256(self.subject.encode()).hexdigest()}@mail.example>"
        return letter(self.sender, subject=self.subject, text=self.text, files=self.files, message_id=name)


class Running:
    """`asmo run --demo`; what it says is read all the time, so that it never waits for us."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.said, self._lines = home, free_port(), [], Queue()
        self.process = python(home, "-m", "asmo_support", "run", "--demo", "--port", str(self.port))
        self._reader = threading.Thread(target=lambda: [self._lines.put(line) for line in self.process.stdout])
        self._reader.start()
        while not self.until("Ready: "):
            assert self.process.poll() is None, self.said

    def until(self, words: str) -> bool:
        """Read on until a line has these words."""
        try:
            self.said.append(self._lines.get(timeout=PATIENCE))
        except Empty:
            pytest.fail("".join(self.said))
        return words in self.said[-1]

    def kill(self, name: str) -> None:
        """kill -9 of the web server or the worker, alive at this moment."""
        os.kill(eventually(lambda: child(self.home, name), PATIENCE), signal.SIGKILL)
        while not self.until(f"{name} has ended unexpectedly (signal SIGKILL)"):
            pass

    def ask(self, query: str, *values: object) -> list[tuple]:
        """What the database holds, read past all of our code."""
        found = embedded.server_settings(self.home, "asmo_owner")
        with psycopg.connect(
            host=found["HOST"], port=found["PORT"], user=found["USER"], password=found["PASSWORD"], dbname=found["NAME"]
        ) as owner:
            return owner.execute(query, values or None).fetchall()

    def downloaded(self, token: str, number: int, file: int) -> str:
        """The SHA-256 of a file as its reader gets it."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {token}"}
        with contextlib.closing(line):
            line.request("GET", f"/api/v1/tickets/{number}/attachments/{file}", headers=headers)
            answer = line.getresponse()
            assert answer.status == 200
            return sha256(answer.read()).hexdigest()

    def end(self) -> int:
        self.process.terminate()
        try:
            return self.process.wait(60)
        finally:
            self.process.kill()
            self._reader.join(60)


@pytest.mark.mail
@pytest.mark.case("EI-01")
def test_five_hundred_letters_outlive_ten_kills_of_the_web_server_and_the_worker(empty_home, dovecot):
    service = Running(empty_home)
    try:
        before = service.ask("SELECT max(number) FROM tickets_ticket")[0][0]
        _take_letters(empty_home, dovecot)
        written = _written([row[0] for row in service.ask(WRITERS)])
        raw = [one.raw() for one in written]
        kills = _deliver_and_kill(service, dovecot, raw)
        eventually(lambda: service.ask(PROGRESS) == [(2 * LETTERS,)], PATIENCE)
        eventually(lambda: not service.ask("SELECT 1 FROM journal_errand WHERE state = 'waiting'"), PATIENCE)

        assert [kills.count(name) for name in VICTIMS] == [KILLS // 2, KILLS // 2]
        assert service.ask(BECAME) == [("done", "new", LETTERS)]
        assert service.ask(TICKETS, before) == [(one.subject, one.sender, one.text, 0, 1) for one in written]
        assert service.ask(TOLD_TWICE) == []
        _compare_files(service, before, written)
        assert len([marks for marks in dovecot.flags("killed").values() if b"\\Seen" in marks]) == LETTERS
    finally:
        code = service.end()
    assert (code, running_in(empty_home)) == (0, [])


def _take_letters(home, dovecot):
    """The administrator's command, the password by a pipe."""
    command = ["-P", "-m", "asmo_support", "mail", "mailbox", "add", SUPPORT, "--host", dovecot.host]
    command += ["--port", str(dovecot.port), "--security", "none", "--user", "killed", "--password-stdin"]
    done = subprocess.run(
        [sys.executable, *command], env=environment(home), cwd="/", input=PASSWORD + "\n", capture_output=True,
        text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.stdout, done.returncode) == (f"{SUPPORT}: saved, and it works.\n", 0), done.stderr


def _written(writers):
    """Every fifth letter has two files, every hundredth is too large to lie in its row."""
    luck = chance(SEED)
    return [
        Written(
            subject=f"Письмо {n:03} под огнём",
            sender=luck.choice(writers),
            text=f"Строка {luck.random()}: не печатается форма.",
            files={
                f"данные-{n}.bin": luck.randbytes(LARGE if n % 100 == 0 else luck.randrange(1, 60_000)),
                f"снимок {n}.png": luck.randbytes(luck.randrange(1, 60_000)),
            }
            if n % 5 == 0
            else {},
        )
        for n in range(LETTERS)
    ]


def _deliver_and_kill(service, dovecot, raw):
    """A part of the letters before each kill; it comes somewhere in the middle of the work they make."""
    luck, part = chance(SEED), LETTERS // KILLS
    victims = list(VICTIMS) * (KILLS // 2)
    luck.shuffle(victims)
    for n, victim in enumerate(victims):
        goal = service.ask(PROGRESS)[0][0] + luck.randrange(1, part)
        posting = threading.Thread(target=dovecot.put, args=("killed", *raw[n * part : (n + 1) * part]))
        posting.start()
        eventually(lambda goal=goal: service.ask(PROGRESS)[0][0] >= goal, PATIENCE)
        service.kill(victim)
        posting.join()
    return victims


def _compare_files(service, before, written):
    """In the rows, on the disk, and as a reader downloads them."""
    rows = service.ask(FILES, before)
    sent = [
        (one.subject, name, sha256(content).hexdigest())
        for one in written
        for name, content in sorted(one.files.items())
    ]
    assert [(subject, name, digest) for subject, _, _, name, digest in rows] == sent
    root = service.home / "files"
    on_disk = [sha256((root / one[:2] / one[2:4] / one).read_bytes()).hexdigest() for *_, one in rows]
    assert on_disk == [digest for *_, digest in sent]
    code, said = asmo(service.home, "token", "create", "engineer@demo.example", ASMO_SECOND_FACTOR="optional")
    assert code == 0
    token = said.splitlines()[-1]
    read = [service.downloaded(token, number, file) for _, number, file, *_ in rows]
    assert read == [digest for *_, digest in sent]
