"""What follows from an event: in its transaction, once, and one failing listener spoils no other."""

import pytest
from django.db import transaction

from asmo_support.journal import errands
from asmo_support.journal.models import Errand, Event
from asmo_support.journal.recording import record

HEARD = []
LISTENERS = {"user.tested": (f"{__name__}.breaks", f"{__name__}.hears")}


def hears(event):
    HEARD.append(event.kind)


def breaks(event):
    raise RuntimeError("no")


@pytest.fixture
def listening(settings):
    HEARD.clear()
    settings.LISTENERS = f"{__name__}.LISTENERS"


def states():
    return dict(Errand.objects.order_by("id").values_list("listener", "state"))


def again():
    """What waits because it failed is due now."""
    Errand.objects.update(due_at=Event.objects.get().at)


@pytest.mark.case("JQ-03")
def test_an_event_that_is_rolled_back_leaves_no_errand(cast, listening):
    def change():
        with transaction.atomic():
            record(cast.lead, "user.tested", by=None)
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        change()

    assert (Event.objects.filter(kind="user.tested").count(), Errand.objects.count()) == (0, 0)


@pytest.mark.case("JQ-03", "JQ-04")
def test_each_listener_gets_an_errand_and_one_that_fails_spoils_no_other(cast, listening):
    record(cast.lead, "user.tested", by=None)

    errands.drain()

    assert HEARD == ["user.tested"]
    assert states() == {f"{__name__}.breaks": "waiting", f"{__name__}.hears": "done"}


@pytest.mark.case("JQ-01")
def test_what_is_done_is_not_done_again(cast, listening):
    record(cast.lead, "user.tested", by=None)
    errands.drain()
    again()

    errands.drain()

    assert HEARD == ["user.tested"]


@pytest.mark.case("JQ-04")
def test_after_the_last_attempt_an_errand_stays_and_says_why(cast, listening):
    record(cast.lead, "user.tested", by=None)
    for _time in range(errands.LIMIT):
        errands.drain()
        again()

    failed = Errand.objects.get(listener=f"{__name__}.breaks")

    assert (failed.state, failed.attempts, failed.error) == ("failed", errands.LIMIT, "RuntimeError: no")
    assert errands.drain() == 0


@pytest.mark.case("JQ-02")
def test_an_errand_that_was_begun_and_not_ended_is_still_there(cast, listening):
    def killed():
        with transaction.atomic():
            errands.drain()
            raise KeyboardInterrupt

    record(cast.lead, "user.tested", by=None)

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert set(states().values()) == {"waiting"}
