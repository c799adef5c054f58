"""Letters come while the worker is killed again and again: none is lost, none is doubled, no byte of a file is other."""

import threading
from hashlib import sha256
from pathlib import Path

import pytest

from asmo_support.channels.models import Arrival, Delivery
from asmo_support.journal.models import Errand
from asmo_support.lib.files import location
from asmo_support.tickets.models import Attachment, Ticket
from tests.cast import make_cast, person
from tests.parts.letters import letter
from tests.parts.mail import mailbox_at
from tests.parts.world import Worker, chance, until

LETTERS, KILLS, SENDERS_SHARE = 60, 3, 10


@pytest.mark.mail
@pytest.mark.case("EI-01")
def test_a_worker_killed_three_times_loses_and_doubles_nothing(open_world, dovecot, tmp_path):
    home = make_cast().home
    senders = [
        person("contact", f"Контакт {n}", home, email=f"contact{n}").email for n in range(LETTERS // SENDERS_SHARE)
    ]
    files = {f"Письмо {n}": chance(n).randbytes(200 + n * 17) for n in range(LETTERS)}
    mailbox_at(dovecot, "worker-killed")
    raw = [
        letter(senders[n % len(senders)], subject=subject, files={"данные.bin": content})
        for n, (subject, content) in enumerate(files.items())
    ]
    delivering = threading.Thread(target=dovecot.put, args=("worker-killed", *raw))
    worker = Worker(tmp_path, tmp_path / "worker.log")
    delivering.start()
    try:
        _kill(worker, KILLS, 2 * LETTERS)
        delivering.join()
        until(lambda: Arrival.objects.filter(state="done").count() == LETTERS, 120)
        until(lambda: not Errand.objects.filter(state="waiting").exists(), 120)
    finally:
        delivering.join()
        code = worker.end()

    assert code == 0
    assert sorted(Ticket.objects.values_list("subject", flat=True)) == sorted(files)
    assert _bytes_by_subject(tmp_path) == {subject: sha256(content).hexdigest() for subject, content in files.items()}
    assert set(Arrival.objects.values_list("state", "decision")) == {("done", "new")}
    assert Delivery.objects.values("ticket").distinct().count() == Delivery.objects.count() == LETTERS


def _kill(worker, kills, enough):
    """Each time somewhere in the middle of its work."""
    moments = chance(2026)
    for _ in range(kills):
        before = _progress()
        until(lambda before=before: _progress() > before or _progress() == enough)
        worker.lives_for(moments.uniform(0, 0.5))
        worker.kill()


def _progress() -> int:
    """Letters stored and letters treated."""
    return Arrival.objects.count() + Arrival.objects.filter(state="done").count()


def _bytes_by_subject(root: Path) -> dict[str, str]:
    """What really lies on the disk for each ticket."""
    rows = Attachment.objects.values_list("ticket__subject", "sha256")
    return {subject: sha256((root / location(digest)).read_bytes()).hexdigest() for subject, digest in rows}
