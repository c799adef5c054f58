"""The mail servers of a test as rows, and one turn of the worker's letter work done by hand."""

import pytest
from django.utils import timezone

from asmo_support.channels.email import receive, send
from asmo_support.channels.email.fetch import Mailboxes
from asmo_support.channels.inbox import Incoming, keep
from asmo_support.channels.models import Arrival, Mailbox, SmtpServer
from asmo_support.channels.setup import Account, save_mailbox, save_smtp
from asmo_support.journal import errands
from tests.parts.dovecot import PASSWORD, Dovecot
from tests.parts.letters import SUPPORT
from tests.parts.smtp import Sink


def mailbox_at(dovecot: Dovecot, user: str, **more: str) -> Mailbox:
    account = Account(host=dovecot.host, port=dovecot.port, security="none", user=user, password=PASSWORD)
    return save_mailbox(account, by=None, address=SUPPORT, **more)


def server_at(sink: Sink) -> SmtpServer:
    save_smtp(Account(host="127.0.0.1", port=sink.port, security="none"), by=None, from_address=SUPPORT)
    return SmtpServer.objects.get()


def arrive(raw: bytes, **more) -> Arrival:
    """A letter comes by the pipe and is treated."""
    arrival = keep(Incoming(raw=raw, received_at=more.pop("at", timezone.now()), **more))
    receive.drain()
    receive.drain_apart()
    arrival.refresh_from_db()
    return arrival


def work(mailboxes: Mailboxes | None = None) -> None:
    """Everything the worker would do now, to the end."""
    if mailboxes:
        mailboxes.poll()
    while receive.drain() + receive.drain_apart() + errands.drain() + send.drain():
        pass


@pytest.fixture
def mailboxes():
    open_ones = Mailboxes()
    yield open_ones
    open_ones.close()
