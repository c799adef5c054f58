"""Letters of 44 KB from bytes to a committed ticket, beside reading alone: each letter goes through all of it in turn.

    python -m bench.letters      (ASMO_HOME names a database that bench.generate has filled)

Prints a second's worth of letters, the median of one and the ratio to parsing. No more than twelve seconds of work.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

from asmo_support.config import boot

SECONDS, MOST, WARM = 12.0, 1_000, 5
PARAGRAPHS, FILE = 22, 14_600
SEED = 20261122
SENTENCE = "Не печатается форма 2-ТП за третий квартал: после обновления строка «выбросы» удваивается. "


def main() -> None:
    boot.boot()
    from asmo_support.channels.email import reading
    from asmo_support.channels.email.parse import parse
    from asmo_support.journal import errands
    from asmo_support.people.models import User
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        senders = list(
            User.objects.filter(role="contact", is_active=True).order_by("pk").values_list("email", flat=True)
        )
        if not senders:
            sys.exit("There is nobody to write: fill this ASMO_HOME with bench.generate first.")
        _finish(errands.drain)
        steps: list[tuple[str, Callable[[bytes], object]]] = [
            ("parse, in this process", parse),
            ("parse, in the child", reading.read),
            ("keep the bytes", _keep),
            ("read, decide, register", _register),
            ("its errands", lambda _: _finish(errands.drain)),
        ]
        _print(*_measured(steps, senders))


def _measured(
    steps: list[tuple[str, Callable[[bytes], object]]], senders: list[str]
) -> tuple[dict[str, list[float]], list[int]]:
    """Seconds of each step for each letter, and the letters' sizes."""
    luck, sizes = random.Random(SEED), []
    took: dict[str, list[float]] = {name: [] for name, _ in steps}
    end = time.monotonic() + SECONDS
    for number in range(MOST):
        raw = _letter(luck, luck.choice(senders))
        for name, step in steps:
            start = time.perf_counter()
            step(raw)
            if number >= WARM:
                took[name].append(time.perf_counter() - start)
        sizes.append(len(raw))
        if time.monotonic() > end:
            break
    return took, sizes


def _print(took: dict[str, list[float]], sizes: list[int]) -> None:
    alone, _, kept, registered, told = took.values()
    whole = [sum(one) for one in zip(kept, registered, strict=True)]
    rows = {
        **took,
        "bytes to committed ticket": whole,
        "… and its acknowledgement": [sum(one) for one in zip(whole, told, strict=True)],
    }
    print(f"{len(alone)} letters of {statistics.mean(sizes) / 1024:.0f} KB, each with HTML and two files")
    print(f"{'step':28}{'a second':>10}{'median ms':>11}{'ratio':>8}")
    for name, times in rows.items():
        print(
            f"{name:28}{len(times) / sum(times):10.0f}{statistics.median(times) * 1000:11.2f}{sum(times) / sum(alone):8.1f}"
        )


def _keep(raw: bytes) -> None:
    from django.utils import timezone

    from asmo_support.channels.inbox import Incoming, keep

    keep(Incoming(raw=raw, received_at=timezone.now()))


def _register(raw: bytes) -> None:
    from asmo_support.channels.email import receive
    from asmo_support.channels.models import Arrival

    receive.drain()
    became = Arrival.objects.order_by("-id").values_list("state", "decision").first()
    if became != ("done", "new"):
        sys.exit(f"A letter has become {became} instead of a ticket.")


def _finish(drain: Callable[[], int]) -> None:
    while drain():
        pass


def _letter(luck: random.Random, sender: str) -> bytes:
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
