"""Taking letters out of a real mailbox: nothing is marked before it is kept, nothing is taken twice or left."""

import socket
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from asmo_support.channels.email import fetch, limits, receive
from asmo_support.channels.models import Arrival, Mailbox
from asmo_support.journal.models import Event
from asmo_support.tickets.models import Ticket
from tests.parts.letters import letter
from tests.parts.mail import mailbox_at, work

pytestmark = pytest.mark.mail
MARKED = {b"\\Seen", b"$AsmoStored"}


@pytest.mark.case("EI-01")
def test_a_letter_stored_but_not_marked_is_marked_at_the_next_look(cast, dovecot, mailboxes, files_root):
    mailbox_at(dovecot, "unmarked")
    dovecot.put("unmarked", letter(cast.customer.email))
    mailboxes.poll()
    client = dovecot.client("unmarked")
    client.select_folder("INBOX")
    client.remove_flags([1], [*MARKED])

    assert mailboxes.poll() == 0
    assert dovecot.flags("unmarked") == {1: MARKED}
    assert Arrival.objects.count() == 1


@pytest.mark.case("EI-01")
def test_a_letter_is_not_marked_when_it_could_not_be_kept(cast, dovecot, mailboxes, monkeypatch, tmp_path):
    mailbox = mailbox_at(dovecot, "fulldisk")
    dovecot.put("fulldisk", letter(cast.customer.email, files={"big.bin": bytes(2 << 20)}))
    (tmp_path / "a file").write_text("")
    monkeypatch.setattr("django.conf.settings.FILES_ROOT", tmp_path / "a file")

    assert mailboxes.poll() == 0
    mailbox.refresh_from_db()
    assert (mailbox.uid, "Not a directory" in mailbox.error) == (0, True)
    assert dovecot.flags("fulldisk") == {1: set()}
    assert Arrival.objects.count() == 0


@pytest.mark.case("EI-02")
def test_a_mailbox_somebody_else_looks_into_is_left_alone(cast, dovecot, mailboxes):
    mailbox = mailbox_at(dovecot, "shared")
    dovecot.put("shared", letter(cast.customer.email))
    taken, done = threading.Event(), threading.Event()
    other = threading.Thread(target=_hold_lock, args=(mailbox.pk, taken, done))
    other.start()
    assert taken.wait(10)

    assert mailboxes.poll() == 0
    done.set()
    other.join()
    assert mailboxes.poll() == 1


@pytest.mark.case("EI-02")
def test_the_database_has_the_last_word_on_one_letter(cast, dovecot, mailboxes):
    mailbox_at(dovecot, "unique")
    dovecot.put("unique", letter(cast.customer.email))
    mailboxes.poll()
    twin = Arrival.objects.get()
    twin.pk = None

    with pytest.raises(IntegrityError, match="one_arrival_per_uid"), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.case("EI-03")
def test_a_mailbox_that_counts_anew_brings_nothing_twice_and_hides_nothing(cast, dovecot, mailboxes, files_root):
    first, second, third = (letter(cast.customer.email, subject=f"Письмо {n}") for n in (1, 2, 3))
    mailbox = mailbox_at(dovecot, "anew", folder="Support")
    _folder(dovecot, [first, second])
    work(mailboxes)
    mailboxes.close()
    _folder(dovecot, [third, second, first])
    work(mailboxes)

    mailbox.refresh_from_db()
    assert sorted(Ticket.objects.values_list("subject", flat=True)) == ["Письмо 1", "Письмо 2", "Письмо 3"]
    assert set(Arrival.objects.values_list("uidvalidity", "uid")) == {(mailbox.uidvalidity, n) for n in (1, 2, 3)}
    assert Event.objects.filter(kind="mailbox.counted-anew").count() == 1


@pytest.mark.case("EI-06")
def test_forty_five_letters_come_oldest_first_over_several_groups(cast, dovecot, mailboxes):
    mailbox_at(dovecot, "many")
    dovecot.put("many", *(letter(cast.customer.email, subject=f"{n}") for n in range(45)))

    assert mailboxes.poll() == 45
    assert list(Arrival.objects.order_by("id").values_list("uid", flat=True)) == list(range(1, 46))


@pytest.mark.case("EI-11")
def test_the_servers_time_counts_not_the_date_a_letter_names(cast, dovecot, mailboxes, files_root):
    mailbox_at(dovecot, "dates")
    before = timezone.now().replace(microsecond=0)
    for date in ("Thu, 1 Jan 1970 00:00:00 +0000", "Fri, 1 Jan 2099 00:00:00 +0000", "вчера"):
        raw = letter(cast.customer.email).replace(b"Tue, 17 Nov 2026 10:00:00 +0300", date.encode())
        dovecot.put("dates", raw)
    work(mailboxes)

    times = list(Ticket.objects.values_list("registered_at", flat=True))
    assert len(times) == 3
    assert all(before <= time <= timezone.now() for time in times)


@pytest.mark.case("EI-12")
def test_a_giant_is_not_downloaded_but_seen(cast, dovecot, mailboxes, monkeypatch, files_root):
    monkeypatch.setattr(limits, "LETTER", 100_000)
    mailbox_at(dovecot, "giant")
    dovecot.put("giant", letter(cast.customer.email, files={"a.bin": bytes(200_000)}), letter(cast.customer.email))
    work(mailboxes)

    giant, usual = Arrival.objects.order_by("id")
    assert (giant.state, giant.reason, giant.size > 200_000) == ("quarantined", "letter-too-big", True)
    assert (giant.sender, giant.subject, giant.person) == (cast.customer.email, usual.subject, cast.customer)
    assert usual.state == "done"
    assert dovecot.flags("giant") == {1: MARKED, 2: MARKED}


@pytest.mark.case("EI-13")
def test_a_server_that_hangs_up_is_asked_again_later_and_says_so(cast, mailboxes):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_hang_up, args=(server,), daemon=True).start()
        mailbox = Mailbox.objects.create(
            name="x", address="x@vendor.example", host="127.0.0.1", port=server.getsockname()[1], security="none"
        )
        assert mailboxes.poll() == 0
        mailbox.refresh_from_db()

        assert (mailbox.failures, mailbox.good_at, mailbox.failing_since is not None) == (1, None, True)
        assert mailbox.retry_at > timezone.now()
        assert mailbox.error != ""
        assert mailboxes.poll() == 0


def test_only_new_letters_are_taken_when_asked_so(cast, dovecot, mailboxes):
    dovecot.put("later", letter(cast.customer.email, subject="Старое"))
    mailbox = mailbox_at(dovecot, "later")
    mailbox.uid = fetch.FROM_NOW
    mailbox.save()
    assert mailboxes.poll() == 0
    dovecot.put("later", letter(cast.customer.email, subject="Новое"))

    assert mailboxes.poll() == 1
    receive.drain()
    assert Arrival.objects.get().subject == "Новое"


def _folder(dovecot, letters):
    """The folder made anew with these letters: the server counts from one under another UIDVALIDITY."""
    client = dovecot.client("anew")
    if client.folder_exists("Support"):
        client.delete_folder("Support")
    client.create_folder("Support")
    client.logout()
    dovecot.put("anew", *letters, folder="Support")


def _hold_lock(pk, taken, done):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [fetch.LOCK, pk])
        taken.set()
        done.wait(20)
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [fetch.LOCK, pk])
    connection.close()


def _hang_up(server):
    while True:
        server.accept()[0].close()
