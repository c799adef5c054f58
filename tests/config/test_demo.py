"""The demo world: true to the last event, loaded once, taken out whole."""

import pytest
from django.conf import settings
from django.utils import timezone

from asmo_support.channels.models import Arrival
from asmo_support.config import demo
from asmo_support.config.demo.loading import MARKED
from asmo_support.journal.models import Errand, Event
from asmo_support.lib.errors import Broken
from asmo_support.people.models import Organization, User
from asmo_support.tickets.models import Attachment, Clock, Ticket
from asmo_support.tickets.states import State


@pytest.fixture
def world(db, files_root):
    assert demo.load() is True


def test_every_state_and_both_sides_of_a_deadline_are_there(world):
    states = dict.fromkeys(State, 0)
    for state in Ticket.objects.values_list("state", flat=True):
        states[State(state)] += 1

    assert sum(states.values()) == 63
    assert min(states.values()) >= 2
    now = timezone.now()
    running = Clock.objects.filter(state="running")
    assert running.filter(due_at__lt=now).count() >= 3
    assert running.filter(due_at__gt=now).count() >= 10


def test_history_is_in_the_past_and_in_order(world):
    now = timezone.now()

    for ticket in Ticket.objects.all():
        times = list(
            Event.objects.filter(thing="ticket", thing_id=ticket.pk).order_by("id").values_list("at", flat=True)
        )
        assert times == sorted(times)
        assert times[-1] <= now


def test_loading_again_changes_nothing(world):
    before = (Ticket.objects.count(), Event.objects.count())

    assert demo.load() is False
    assert (Ticket.objects.count(), Event.objects.count()) == before


def test_only_the_last_working_day_becomes_letters_and_three_wait_for_a_person(world):
    waiting, done = (Errand.objects.filter(state=state).count() for state in ("waiting", "done"))

    assert 5 <= waiting <= 120
    assert done > waiting
    assert Arrival.objects.count() == 3


def test_everybody_of_the_sign_in_page_can_sign_in(world, client):
    for group in demo.sign_in_context()["demo_people"]:
        for person in group["people"]:
            user = User.objects.get(email=person["email"])
            assert (user.check_password(demo.PASSWORD), user.is_active) == (True, True)
            assert user.emailaddress_set.get().verified
    assert User.objects.get(email="stranger@other.example").organization.short_name == "Северная руда"


def test_an_installation_with_people_of_its_own_is_not_filled(cast, files_root):
    with pytest.raises(Broken, match="data of its own"):
        demo.load()

    assert Ticket.objects.count() == 0


def test_clearing_takes_everything_out_with_its_files(world, files_root):
    assert Attachment.objects.count() >= 5

    demo.clear()

    left = [model._default_manager.count() for model in (*MARKED.values(), Ticket, Event, Errand, Attachment, Arrival)]
    assert left == [0] * 9
    assert [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()] == []


def test_clearing_refuses_when_somebody_of_ones_own_is_there(world):
    Organization.objects.create(name="ООО «Свои»", short_name="Свои")

    with pytest.raises(Broken, match="of your own"):
        demo.clear()

    assert Ticket.objects.count() == 63
