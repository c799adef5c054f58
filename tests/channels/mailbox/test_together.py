"""Letters that share a transaction: in order, each for itself, and no longer together than is good for others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asmo_support.channels.email import receive
from asmo_support.channels.inbox import Incoming, keep
from asmo_support.channels.models import Arrival
from asmo_support.tickets.models import Ticket
from tests.parts.letters import letter

POISON = b"From: a@b.example\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(40_000)) + b"\r\ntext"


def keep_all(*letters):
    for raw in letters:
        keep(Incoming(raw=raw, received_at=timezone.now()))


def became():
    return list(Arrival.objects.order_by("id").values_list("state", "decision", "reason"))


def second():
    return Arrival.objects.order_by("id").values_list("pk", flat=True)[1]


@pytest.mark.case("EI-05")
def test_one_that_cannot_be_read_spoils_neither_the_one_before_nor_the_one_after(cast):
    keep_all(letter(cast.customer.email), POISON, letter(cast.colleague.email))

    assert receive.drain() == 3

    assert became() == [("done", "new", ""), ("quarantined", "", "headers-too-long"), ("done", "new", "")]
    assert list(Ticket.objects.order_by("id").values_list("requester", flat=True)) == [
        cast.customer.pk,
        cast.colleague.pk,
    ]


@pytest.mark.case("EI-05")
def test_one_whose_files_cannot_be_kept_waits_and_the_others_are_in(cast, monkeypatch, tmp_path):
    (tmp_path / "a file").write_text("")
    monkeypatch.setattr("django.conf.settings.FILES_ROOT", tmp_path / "a file")
    files = {"a.txt": b"a", "b.txt": b"b"}
    keep_all(letter(cast.customer.email), letter(cast.customer.email, files=files), letter(cast.colleague.email))

    receive.drain()

    assert became() == [("done", "new", ""), ("stored", "", "again"), ("done", "new", "")]
    assert Ticket.objects.count() == 2


@pytest.mark.case("EI-05")
def test_one_that_has_failed_before_is_treated_for_itself_and_the_others_need_not_be_treated_twice(
    cast, monkeypatch, tmp_path, caplog
):
    (tmp_path / "a file").write_text("")
    monkeypatch.setattr("django.conf.settings.FILES_ROOT", tmp_path / "a file")
    bad = letter(cast.customer.email, files={"a.txt": b"a"})
    keep_all(letter(cast.customer.email), bad, letter(cast.colleague.email))
    receive.drain()
    assert [one.getMessage() for one in caplog.records] == ["Letters failed together", f"Letter {second()} failed"]
    Arrival.objects.update(due_at=timezone.now())
    keep_all(letter(cast.colleague.email))
    caplog.clear()

    receive.drain()

    assert [one.getMessage() for one in caplog.records] == [f"Letter {second()} failed"]
    assert became() == [("done", "new", ""), ("stored", "", "again"), *[("done", "new", "")] * 2]
    assert Ticket.objects.count() == 3


@pytest.mark.case("EI-04")
def test_a_second_copy_right_behind_the_first_is_seen(cast):
    raw = letter(cast.customer.email)
    keep_all(b"Received: by one.example; Tue, 17 Nov 2026 10:00:00 +0300\r\n" + raw, raw)

    receive.drain()

    assert became() == [("done", "new", ""), ("done", "duplicate", "copy")]


def test_all_come_in_when_time_together_is_over_at_once(cast, monkeypatch):
    monkeypatch.setattr(receive, "LONG_ENOUGH", 0.0)
    keep_all(*(letter(cast.customer.email, subject=f"Письмо {number}") for number in range(5)))

    assert receive.drain() == 5

    assert list(Ticket.objects.order_by("id").values_list("subject", flat=True)) == [f"Письмо {n}" for n in range(5)]
    assert receive._begun == {}


def test_a_letter_costs_no_more_statements_than_it_needs(cast, monkeypatch):
    # Ten letters are one transaction however busy the machine is.
    monkeypatch.setattr(receive, "LONG_ENOUGH", 60)
    monkeypatch.setattr(receive, "SLOW", 60)
    files = {"a.txt": b"a", "b.txt": b"b"}
    keep_all(letter(cast.customer.email, files=files))
    receive.drain()
    keep_all(*(letter(cast.customer.email, subject=f"Письмо {n}", files=files) for n in range(10)))

    with CaptureQueriesContext(connection) as said:
        receive.drain()

    assert Ticket.objects.count() == 11
    assert len(said) <= 10 * 13 + 6
