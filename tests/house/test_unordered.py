"""In tests, what nobody has put in an order comes newest first, so that no list is right by chance."""

import pytest

from asmo_support.journal.models import Event
from asmo_support.journal.recording import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cast):
    for kind in ("user.a", "user.b", "user.c"):
        record(cast.agent, kind, by=None, internal=True)
    return Event.objects.filter(kind__startswith="user.")


def test_a_list_without_an_order_is_turned_round(three):
    assert [event.kind[-1] for event in three] == ["c", "b", "a"]
    assert next(iter(three.values_list("kind", flat=True))) == "user.c"


def test_an_order_somebody_asked_for_stays(three):
    assert [event.kind[-1] for event in three.order_by("id")] == ["a", "b", "c"]
    assert (three.last().kind, three.count(), three.filter(kind="user.a").get().kind) == ("user.c", 3, "user.a")
