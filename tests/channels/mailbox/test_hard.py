"""Letters that take long to read are set apart: they hold up nobody, and an answer still finds what it answers."""

import pytest

from asmo_support.channels.email import receive
from asmo_support.channels.models import Arrival
from asmo_support.tickets.models import Message, Ticket
from tests.channels.mailbox.test_together import keep_all
from tests.parts.letters import letter

# Read to the end it takes more than a second of processor time: nothing but open brackets.
HEAVY = b"Subject: x\r\nMessage-ID: <heavy-%d@mail.example>\r\nContent-Type: text/html\r\n\r\n" + b"<" * 900_000
BOMBS = 100


def bomb(sender, number):
    return f"From: {sender}\r\n".encode() + HEAVY % number


def became():
    return list(Arrival.objects.order_by("id").values_list("state", "reason"))


@pytest.mark.case("EI-05")
def test_a_letter_behind_a_hundred_hard_ones_is_in_when_one_of_them_has_been_tried(cast):
    keep_all(*(bomb(f"u{number}@mail.example", number) for number in range(BOMBS)), letter(cast.customer.email))

    tried = 0
    while not Ticket.objects.exists():
        tried += receive.drain(1)

    assert tried == 2
    assert became()[0] == ("stored", receive.APART)
    assert became()[-1] == ("done", "")


@pytest.fixture
def slow(monkeypatch):
    """Whatever is read counts as slow, and each transaction has time for one letter."""
    monkeypatch.setattr(receive, "_pace", receive._Pace())
    monkeypatch.setattr(receive, "SLOW", -1.0)
    monkeypatch.setattr(receive, "LONG_ENOUGH", 0.0)


@pytest.mark.case("EI-05")
def test_a_letter_behind_a_hundred_slow_small_ones_has_its_turn_after_two_of_them(cast, slow):
    small = (f"From: u{number}@mail.example\r\n\r\nx".encode() for number in range(BOMBS))
    keep_all(*small, letter(cast.customer.email))

    tried = 0
    while not Ticket.objects.exists():
        tried += receive.drain(1)

    assert tried == 3


@pytest.mark.case("EI-05")
def test_while_letters_are_slow_the_smallest_the_newest_and_the_oldest_have_turns(cast, slow):
    sizes = (4, 5, 6, 7, 3, 2, 1, 8)
    keep_all(*(letter(cast.customer.email, subject=f"{n}", text=f"{n}" * 100 * n) for n in sizes))

    receive.drain()

    done = Arrival.objects.order_by("done_at").values_list("subject", flat=True)
    assert list(done) == ["4", "1", "8", "5", "2", "3", "6", "7"]


@pytest.mark.case("EI-05")
def test_a_hard_letter_is_read_in_the_end_like_any_other(cast):
    keep_all(bomb(cast.customer.email, 1), letter(cast.colleague.email))
    receive.drain()
    assert became() == [("stored", receive.APART), ("done", "")]

    assert receive.drain_apart() == 1

    assert became() == [("done", ""), ("done", "")]
    assert set(Ticket.objects.values_list("requester", flat=True)) == {cast.customer.pk, cast.colleague.pk}
    assert receive.drain_apart() == 0


@pytest.mark.case("EI-02")
def test_an_answer_to_a_hard_letter_waits_for_it_and_finds_its_ticket(cast):
    proven = {"Authentication_Results": "mx.vendor.example; dmarc=pass header.from=test.example"}
    keep_all(bomb(cast.customer.email, 1), letter(cast.customer.email, text="И ещё.", In_Reply_To="<heavy-1@mail.example>",
                                                  **proven))  # fmt: skip
    Arrival.objects.update(authserv_id="mx.vendor.example")

    receive.drain()
    assert [reason for _, reason in became()] == [receive.APART, receive.APART]
    while receive.drain_apart():
        pass

    assert (Ticket.objects.count(), Message.objects.get().text) == (1, "И ещё.")


@pytest.mark.case("EI-05")
def test_patience_counts_the_time_of_the_letter_and_not_of_starting_a_reader(cast, monkeypatch):
    monkeypatch.setattr(receive, "PATIENCE", receive.WARY)
    receive.reading.close()
    keep_all(letter(cast.customer.email))

    receive.drain()

    assert became() == [("done", "")]
