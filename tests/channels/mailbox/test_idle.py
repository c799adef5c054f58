"""The server tells that a letter is there: nobody waits for the next look, and a break is got over."""

import threading

import pytest

from asmo_support.channels.email.fetch import Mailboxes
from asmo_support.channels.email.idle import Watchers
from asmo_support.channels.models import Arrival
from tests.parts.letters import letter
from tests.parts.mail import mailbox_at
from tests.parts.world import until

pytestmark = pytest.mark.mail
NEVER = 10**9


class Heard:
    """Says when a watcher has called, as the lane of the worker hears it."""

    def __init__(self):
        self.event = threading.Event()

    def wait(self):
        assert self.event.wait(60)
        self.event.clear()


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def listening(heard):
    """Mailboxes that look by themselves never again, once the server tells."""
    mailboxes = Mailboxes(Watchers(heard.event.set), rest=NEVER)
    yield mailboxes
    mailboxes.close()


def _settle(mailboxes, heard, pk):
    """The first look, the beginning of listening, and the look that the beginning asks for."""
    mailboxes.poll()
    heard.wait()
    until(lambda: mailboxes.watchers.is_listening(pk))
    return mailboxes.poll()


@pytest.mark.case("EI-13")
def test_a_letter_is_in_without_the_pause_being_due(cast, dovecot, listening, heard, files_root):
    mailbox = mailbox_at(dovecot, "idle-told")
    _settle(listening, heard, mailbox.pk)

    dovecot.put("idle-told", letter(cast.customer.email))
    heard.wait()

    assert listening.poll() == 1
    assert Arrival.objects.get().mailbox == mailbox


def test_a_folder_whose_server_tells_is_not_looked_into_meanwhile(cast, dovecot, listening, heard, files_root):
    mailbox = mailbox_at(dovecot, "idle-quiet")
    _settle(listening, heard, mailbox.pk)
    looked_at = dict(listening.looked_at)

    assert (listening.poll(), listening.looked_at) == (0, looked_at)


@pytest.mark.case("EI-13")
def test_when_the_connection_that_listens_breaks_the_folder_is_looked_into_and_listened_to_again(
    cast, dovecot, listening, heard, files_root
):
    mailbox = mailbox_at(dovecot, "idle-broken")
    _settle(listening, heard, mailbox.pk)
    first = listening.watchers.held[mailbox.pk].watcher

    dovecot.throw_out("idle-broken")
    until(lambda: not first.is_alive)
    dovecot.put("idle-broken", letter(cast.customer.email))
    until(lambda: listening.poll() >= 0 and Arrival.objects.count() == 1)
    until(lambda: listening.poll() >= 0 and listening.watchers.is_listening(mailbox.pk))

    assert listening.watchers.held[mailbox.pk].watcher is not first


def test_watchers_end_with_the_worker_and_with_their_mailbox(cast, dovecot, listening, heard):
    mailbox = mailbox_at(dovecot, "idle-ends")
    _settle(listening, heard, mailbox.pk)
    watcher = listening.watchers.held[mailbox.pk].watcher

    listening.close()

    assert (watcher.is_alive, listening.watchers.held) == (False, {})
