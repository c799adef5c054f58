"""Letters of 44 KB from bytes to a committed ticket, beside reading alone.

    python -m bench.letters      (ASMO_HOME names a database that bench.generate has filled)

Beside the clock, which others disturb, it prints the processor time of a letter in all processes of ours: the worker
(keeping in it), the child that reads, its session of the database and the other processes of the database. Two cores
have two seconds of it in each second.

As in the worker, one thread keeps the letters that come while another registers those that are kept; reading alone is
measured before and after it, so that the ratio tells something on a machine that others use too.
"""

import itertools
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from uuid import uuid4

from asmo_support.config import boot

ROUNDS, EACH, ALONE = 5, 64, 40
PARAGRAPHS, FILE = 22, 14_600
SEED = 20261122
# A lane of the worker keeps its connection.
_lane = ThreadPoolExecutor(1)
_processors: list[list[float]] = []
PROCESSES = ("worker", "child", "its session", "the database besides")
SENTENCE = "Не печатается форма 2-ТП за третий квартал: после обновления строка «выбросы» удваивается. "


def main() -> None:
    boot.boot()
    from asmo_support.channels.email import reading, receive
    from asmo_support.channels.email.parse import parse
    from asmo_support.journal import errands
    from asmo_support.people.models import User
    from asmo_support.wall.acting import SYSTEM, acting_as

    luck = random.Random(SEED)
    with acting_as(SYSTEM):
        people = User.objects.filter(role="contact", is_active=True).order_by("pk")
        senders = list(people.values_list("email", flat=True))
        if not senders:
            sys.exit("There is nobody to write: fill this ASMO_HOME with bench.generate first.")
        _finish(receive.drain, errands.drain)
        steps: dict[str, Callable[[list[bytes]], object]] = {
            "parse, in this process": lambda letters: [parse(one) for one in letters[:ALONE]],
            "parse, in the child": lambda letters: [reading.read(one) for one in letters[:ALONE]],
            "bytes to committed ticket": _come_in,
            "their acknowledgements": lambda _letters: _finish(errands.drain),
        }
        # People in turn: who has had an acknowledgement lately is looked at more closely.
        luck.shuffle(senders)
        writers = itertools.cycle(senders)
        took, size = _measured(steps, lambda: [letter(luck, next(writers)) for _ in range(EACH)])
    _print(took, size)


def _measured(
    steps: dict[str, Callable[[list[bytes]], object]], come: Callable[[], list[bytes]]
) -> tuple[dict[str, list[float]], float]:
    """Seconds a letter of each step in each round, the first round left out, and the letters' size."""
    took: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(ROUNDS + 1):
        letters = come()
        for name, step in steps.items():
            start = time.perf_counter()
            step(letters)
            if number:
                took[name].append((time.perf_counter() - start) / (ALONE if name.startswith("parse") else EACH))
    return took, statistics.mean(len(one) for one in letters)


def _print(took: dict[str, list[float]], size: float) -> None:
    alone = statistics.median(took["parse, in this process"])
    print(f"{ROUNDS} times {EACH} letters of {size / 1024:.0f} KB, each with HTML and two files")
    print(f"{'step':28}{'a second':>10}{'best':>8}{'ratio':>8}")
    for name, times in took.items():
        middle = statistics.median(times)
        print(f"{name:28}{1 / middle:10.0f}{1 / min(times):8.0f}{middle / alone:8.1f}")
    each = [statistics.median(column) * 1000 for column in zip(*_processors, strict=True)]
    named = ", ".join(f"{name} {used:.1f}" for name, used in zip(PROCESSES, each, strict=True))
    print(f"processor, ms a letter: {sum(each):.1f} ({named}): {2000 / sum(each):.0f} a second at most on two cores")


def _come_in(letters: list[bytes]) -> None:
    """Two lanes, as the worker has them: what comes is kept in one and registered in the other."""
    from asmo_support.channels.email import receive
    from asmo_support.channels.models import Arrival

    before = _used()
    last = Arrival.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    keeping = _lane.submit(_keep, letters)
    done = 0
    while done < len(letters):
        done += receive.drain()
    keeping.result()
    _processors.append([(now - then) / len(letters) for now, then in zip(_used(), before, strict=True)])
    became = set(Arrival.objects.filter(pk__gt=last).values_list("state", "decision"))
    if became != {("done", "new")}:
        sys.exit(f"Letters have become {became} instead of tickets.")


def _used() -> tuple[float, ...]:
    """Processor seconds so far of PROCESSES."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        session = cursor.fetchone()[0]
    server = cpu_of(session)[0]
    processes = {int(one.name): cpu_of(int(one.name)) for one in Path("/proc").iterdir() if one.name.isdigit()}
    child = sum(own for pid, (parent, own, _) in processes.items() if parent == os.getpid() and pid != server)
    # Sessions that have ended are counted in their parent.
    whole = sum(own for parent, own, _ in processes.values() if parent == server) + sum(cpu_of(server)[1:])
    own = cpu_of(session)[1]
    return time.process_time(), child, own, whole - own


def cpu_of(pid: int) -> tuple[int, float, float]:
    """Its parent, and processor seconds of a process and of its children that have ended (proc(5))."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0, 0.0, 0.0
    own, ended = (sum(map(int, fields[at : at + 2])) / os.sysconf("SC_CLK_TCK") for at in (11, 13))
    return int(fields[1]), own, ended


def _keep(letters: list[bytes]) -> None:
    from django.utils import timezone

    from asmo_support.channels.inbox import Incoming, keep
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        for raw in letters:
            keep(Incoming(raw=raw, received_at=timezone.now()))


def _finish(*drains: Callable[[], int]) -> None:
    for drain in drains:
        while drain():
            pass


def letter(luck: random.Random, sender: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"Иван Петров <{sender}>", "support@vendor.example"
    message["Subject"] = f"Не печатается форма {luck.random()}"
    message["Message-ID"], message["Date"] = f"<{uuid4().hex}@mail.example>", "Tue, 17 Nov 2026 10:00:00 +0300"
    paragraphs = [f"{number}. {SENTENCE}" for number in range(PARAGRAPHS)]
    message.set_content("\n".join(paragraphs[:4]))
    message.add_alternative("".join(f"<p>{one}</p>" for one in paragraphs[:12]), subtype="html")
    for name in ("снимок.png", "журнал.bin"):
        message.add_attachment(luck.randbytes(FILE), maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


if __name__ == "__main__":
    main()
