"""A mail server hands letters over: «250» means that they are safe, «later» that nothing was lost."""

import os
import smtplib
import socket

import pytest

from asmo_support.channels.email import limits, receive
from asmo_support.channels.inbox import raw_of
from asmo_support.channels.models import Arrival, Mailbox
from asmo_support.channels.setup import Account, save_mailbox
from asmo_support.tickets.models import Ticket
from tests.cast import make_cast
from tests.parts.letters import SUPPORT, letter
from tests.parts.listener import Listener
from tests.parts.world import until

pytestmark = pytest.mark.mail
SALES, SENDER = "sales@vendor.example", "ivanov@home.example"


@pytest.fixture
def listener(open_world, files_root, tmp_path):
    save_mailbox(Account(host=""), by=None, address=SUPPORT, way="lmtp", aliases="help@vendor.example")
    save_mailbox(Account(host=""), by=None, address=SALES, way="lmtp", authserv_id="mx.vendor.example")
    running = Listener(files_root, tmp_path / "listener.log")
    yield running
    running.kill()


def _hand_over(listener, raw, *recipients, sender=SENDER):
    """The answer for each recipient, in order; smtplib reads one of them only."""
    with listener.by_lmtp() as client:
        client.ehlo_or_helo_if_needed()
        client.mail(sender)
        answers = [client.rcpt(one)[0] for one in recipients]
        client.docmd("DATA")
        client.send(smtplib._quote_periods(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")) + b".\r\n")
        return answers, [client.getreply()[0] for code in answers if code == 250]


def test_a_letter_is_stored_byte_for_byte_before_it_is_answered(listener):
    raw = letter(SENDER, files={"данные.bin": os.urandom(2 << 20)})

    assert _hand_over(listener, raw, "Support+t1042.x@vendor.example") == ([250], [250])
    arrival = Arrival.objects.get()
    head = f"Return-Path: <{SENDER}>\r\nDelivered-To: Support+t1042.x@vendor.example\r\n"
    assert raw_of(arrival) == head.encode() + raw
    assert (arrival.source, arrival.mailbox.address, arrival.uid) == ("lmtp", SUPPORT, None)


def test_each_recipient_is_answered_and_a_stranger_is_refused(listener):
    recipients = (SUPPORT, "nobody@vendor.example", SALES, "help@vendor.example")

    assert _hand_over(listener, letter(SENDER), *recipients) == ([250, 550, 250, 250], [250, 250, 250])
    kept = sorted((one.mailbox.address, one.authserv_id) for one in Arrival.objects.all())
    assert kept == [(SALES, "mx.vendor.example"), (SUPPORT, "")]


def test_a_letter_of_a_mail_server_itself_has_no_sender_and_is_taken(listener):
    assert _hand_over(listener, letter(SENDER), SUPPORT, sender="") == ([250], [250])
    assert raw_of(Arrival.objects.get()).startswith(b"Return-Path: <>\r\n")


def test_killed_after_storing_and_before_the_answer_the_repeat_is_a_second_copy(listener):
    raw = letter(make_cast().customer.email)
    client = listener.by_lmtp()
    client.ehlo_or_helo_if_needed()
    client.mail(SENDER)
    client.rcpt(SUPPORT)
    client.docmd("DATA")
    client.send(raw + b".\r\n")
    until(lambda: Arrival.objects.count() == 1)
    listener.kill()
    client.close()

    listener.start()
    assert _hand_over(listener, raw, SUPPORT) == ([250], [250])
    receive.drain()
    assert list(Arrival.objects.order_by("id").values_list("decision", flat=True)) == ["new", "duplicate"]
    assert Ticket.objects.count() == 1


def test_what_cannot_be_stored_is_to_come_again(listener, tmp_path):
    broken = Listener(tmp_path / "listener.log", tmp_path / "broken.log")
    lost = Listener(tmp_path, tmp_path / "lost.log", database="nowhere")
    try:
        large = letter(SENDER, files={"x": bytes(2 << 20)})
        assert _hand_over(broken, large, SUPPORT, SALES) == ([250, 250], [452, 452])
        with lost.by_lmtp() as client:
            client.ehlo_or_helo_if_needed()
            client.mail(SENDER)
            assert client.rcpt(SUPPORT)[0] == 451
    finally:
        broken.kill()
        lost.kill()
    assert Arrival.objects.count() == 0


def test_who_keeps_the_address_sees_that_nothing_could_be_stored_until_it_can(listener, tmp_path):
    (tmp_path / "a file").write_text("")
    broken = Listener(tmp_path / "a file", tmp_path / "broken.log")
    try:
        _hand_over(broken, letter(SENDER, files={"x": bytes(2 << 20)}), SUPPORT)
    finally:
        broken.kill()
    failing = Mailbox.objects.get(address=SUPPORT)
    assert (failing.trouble, failing.failing_since is not None) == ("disk", True)
    assert Mailbox.objects.get(address=SALES).failing_since is None

    _hand_over(listener, letter(SENDER), SUPPORT)
    failing.refresh_from_db()
    assert (failing.error, failing.failing_since, failing.good_at is not None) == ("", None, True)


def test_the_largest_size_is_announced_and_kept(listener):
    with listener.by_lmtp() as client:
        client.ehlo_or_helo_if_needed()
        assert client.esmtp_features["size"] == str(limits.LETTER)
        assert client.mail(SENDER, [f"SIZE={limits.LETTER + 1}"])[0] == 552


@pytest.mark.case("EI-18")
@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r"])
def test_a_letter_smuggled_behind_another_is_none(listener, end):
    hidden = b"MAIL FROM:<boss@vendor.example>\r\nRCPT TO:<" + SUPPORT.encode() + b">\r\nDATA\r\nFrom: boss\r\n\r\nPay!"
    raw = letter(SENDER) + b"Hello" + end + hidden
    with listener.by_smtp() as client:
        client.ehlo_or_helo_if_needed()
        client.mail(SENDER)
        client.rcpt(SUPPORT)
        client.docmd("DATA")
        client.send(raw + b"\r\n.\r\n")
        assert client.getreply()[0] == 554
        assert client.noop()[0] == 250
    assert Arrival.objects.count() == 0


def test_by_smtp_one_answer_speaks_for_all(listener):
    with listener.by_smtp() as client:
        assert client.sendmail(SENDER, [SUPPORT, SALES], letter(SENDER)) == {}
    assert Arrival.objects.count() == 2


def test_asked_to_end_it_ends(listener):
    assert listener.end() == 0
    with socket.socket() as one:
        assert one.connect_ex(("127.0.0.1", listener.lmtp)) != 0
