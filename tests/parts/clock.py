"""Time that a test moves: everything of ours asks `timezone.now`, and so it finds out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone


class Clock:
    """Starts on a morning that the database has not seen yet, as it dates errands itself; moves only when told."""

    def __init__(self) -> None:
        self.now = (datetime.now(UTC) + timedelta(days=1)).replace(hour=7, minute=0, second=0, microsecond=0)

    def passes(self, minutes: float = 1) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    moved = Clock()

    class Kind(type):
        def __instancecheck__(cls, thing: object) -> bool:
            return isinstance(thing, datetime)

    class Moved(datetime, metaclass=Kind):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return moved.now.astimezone(tz)

    # The defaults of fields have taken `timezone.now` itself: what it calls is changed, not its name.
    monkeypatch.setattr(timezone, "datetime", Moved)
    return moved
