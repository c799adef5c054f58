"""A hundred hostile letters, then a normal one: when it is in, and what the worst of them took from the child.

    python -m bench.hostile      (ASMO_HOME names a database that bench.generate has filled)

All of them wait before anything is read. Then the two lanes that read letters in the worker start: `letters in` and
`hard letters`. The clock runs until the normal letter, the last to come, is a committed ticket. Afterwards each kind
is read in a child of its own, whose processor time and memory the kernel counts.
"""

import random
import resource
import sys
import threading
import time

from asmo_support.config import boot
from bench import bombs

COUNT = 100
DEMANDED, CPU, MEMORY = 10.0, 5.0, 512.0


def main() -> None:
    boot.boot()
    from asmo_support.channels.email import receive
    from asmo_support.channels.models import Arrival
    from asmo_support.config.lanes import Lane
    from asmo_support.people.models import User
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        people = User.objects.filter(role="contact", is_active=True).order_by("pk")
        senders = list(people.values_list("email", flat=True)[: COUNT + 1])
        if len(senders) <= COUNT:
            sys.exit("There are too few people to write: fill this ASMO_HOME with bench.generate first.")
        while receive.drain() or receive.drain_apart():
            pass
        hostile = list(bombs.letters(lambda number: senders[number], COUNT))
        normal = _kept([raw for _, raw in hostile], senders[COUNT])
        lanes = [Lane("letters in", receive.drain, every=2.0), Lane("hard letters", receive.drain_apart, every=2.0)]
        took = _seconds_until(normal, lanes)
        ahead = Arrival.objects.filter(pk__lt=normal, pk__gte=normal - COUNT).exclude(state="stored").count()
    sizes = sorted(len(raw) for _, raw in hostile)
    print(f"{COUNT} hostile letters of {len(bombs.BOMBS)} kinds, {sizes[0] // 1024} KB to {sizes[-1] // 1024} KB")
    print(f"the normal letter behind them is in after {took:.1f} s; {ahead} of them were treated before it")
    worst = _alone(hostile)
    if took > DEMANDED or worst[0] > CPU or worst[1] > MEMORY:
        sys.exit(f"Demanded are {DEMANDED:.0f} s, and {CPU:.0f} s and {MEMORY:.0f} MB of a child.")


def _kept(hostile: list[bytes], sender: str) -> int:
    """Keep them all; the number of the normal one."""
    from django.utils import timezone

    from asmo_support.channels.inbox import Incoming, keep
    from bench.letters import letter

    for raw in hostile:
        keep(Incoming(raw=raw, received_at=timezone.now()))
    return int(keep(Incoming(raw=letter(random.Random(), sender), received_at=timezone.now())).pk)


def _seconds_until(normal: int, lanes: list) -> float:  # type: ignore[type-arg]
    """Until it is in, then the lanes end."""
    from asmo_support.channels.models import Arrival

    start = time.monotonic()
    for lane in lanes:
        lane.start()
    while not Arrival.objects.filter(pk=normal, state="done", ticket__isnull=False).exists():
        threading.Event().wait(0.05)
    took = time.monotonic() - start
    for lane in lanes:
        lane.stop()
    for lane in lanes:
        lane.join(60)
    return took


def _alone(hostile: list[tuple[str, bytes]]) -> tuple[float, float]:
    """The most processor seconds and megabytes of memory that the largest letter of a kind took from a fresh child."""
    from asmo_support.channels.email.child import Reader
    from asmo_support.lib.errors import Unreadable

    largest = dict(sorted(hostile, key=lambda one: len(one[1])))
    found: list[tuple[float, str, str]] = []
    for kind, raw in largest.items():
        with Reader() as reader:
            before, became = _used(), "read"
            try:
                reader.read(raw)
            except Unreadable as problem:
                became = str(problem)
        found.append((_used() - before, kind, became))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    found.sort(reverse=True)
    for spent, kind, became in found[:5]:
        print(f"  {spent:4.1f} s of a child, its start counted: {kind} ({became})")
    print(f"the most memory of a child: {memory:.0f} MB")
    return found[0][0], memory


def _used() -> float:
    """Processor seconds of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
