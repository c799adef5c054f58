"""Doubtful letters: each with its reason and its words, decided with one key, then the next; blocked senders."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asmo_support.channels.email import route
from asmo_support.channels.models import Arrival, BlockedSender, Delivery
from asmo_support.tickets.models import Message, Resolution
from tests.cast import ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, work

SPAMMER = "offers@shop.example"


@pytest.fixture
def held(cast):
    return arrive(
        letter("ivan@home.example", subject="Пишу из дома", text="Печать снова пустая.", files={"a.txt": b"a"})
    )


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.operator)


def states():
    return list(Arrival.objects.order_by("id").values_list("state", "reason"))


def at(one, rest=""):
    return f"/desk/letters/{one.pk}/{rest}"


def test_the_page_shows_the_words_and_the_files_of_a_letter_that_waits(client, held):
    page = client.get(at(held))

    assert (page.context["says"].text, page.context["says"].files) == ("Печать снова пустая.", (("a.txt", 1),))
    for key in ("KeyE", "KeyT", "KeyS", "KeyX", "KeyB", "KeyR", "KeyD"):
        assert f'data-key="{key}"' in page.content.decode()


@pytest.mark.case("EI-05")
def test_what_cannot_be_read_is_shown_as_well_as_it_can_be(client, cast):
    poison = b"From: a@b.example\r\nSubject: Prices\r\n" + b"X-A: y\r\n" * 40_000 + b"\r\nSee the file."
    page = client.get(at(arrive(poison)))

    assert page.context["says"].text.splitlines()[:2] == ["From: a@b.example", "Subject: Prices"]


@pytest.mark.case("PW-01")
def test_markup_of_a_stranger_stays_text(client, cast):
    page = client.get(at(arrive(letter("x@home.example", text="<script>alert(1)</script>"))))

    assert "<script>alert" not in page.content.decode()


def test_the_list_begins_with_the_oldest_and_counts_the_ages(client, held):
    younger = arrive(letter(SPAMMER))
    Arrival.objects.filter(pk=held.pk).update(received_at=timezone.now() - timedelta(hours=30))
    page = client.get("/desk/letters/")

    ages = page.context["ages"]
    assert (page.context["page"].rows, ages.all, ages.hour, ages.day) == ([held, younger], 2, 1, 1)
    assert "Nobody with this address is known." in page.content.decode()


def test_the_list_asks_as_much_for_three_letters_as_for_one(client, held):
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/letters/")
    for number in range(2):
        arrive(letter(f"{number}@home.example"))
    with CaptureQueriesContext(connection) as three:
        client.get("/desk/letters/")

    assert (len(one), len(three) <= 12) == (len(three), True)


def test_spam_is_set_aside_and_the_next_letter_comes(client, held):
    following = arrive(letter(SPAMMER))
    answer = client.post(at(held, "spam/"))

    assert states() == [("ignored", "spam"), ("held", "unknown-sender")]
    assert answer["Location"] == at(following)
    assert client.post(at(following, "dismissal/"))["Location"] == "/desk/letters/"


def test_a_blocked_sender_waits_for_nobody_until_the_block_is_undone(client, cast):
    first, second = arrive(letter(SPAMMER)), arrive(letter(SPAMMER, text="Ещё."))
    client.post(at(first, "block/"))
    arrive(letter(SPAMMER, text="И ещё."))
    assert states() == [("ignored", "blocked")] * 3
    blocked = BlockedSender.objects.get()
    client.post(f"/desk/letters/blocked/{blocked.pk}/removal/")
    arrive(letter(SPAMMER, text="Снова."))

    assert (states()[3], BlockedSender.objects.count(), second.pk) == (("held", "unknown-sender"), 0, second.pk)


def test_the_list_of_blocked_senders_names_who_blocked_them(client, cast):
    client.post(at(arrive(letter(SPAMMER)), "block/"))
    page = client.get("/desk/letters/blocked/").content.decode()

    assert [words in page for words in (SPAMMER, cast.operator.name, "Unblock")] == [True, True, True]


def test_many_blocked_senders_have_pages(client, cast):
    BlockedSender.objects.bulk_create(
        BlockedSender(address=f"robot{n}@spam.example", by=cast.operator) for n in range(51)
    )
    pages = [client.get(f"/desk/letters/blocked/?page={one}") for one in ("1", "2", "x")]

    assert [len(page.context["rows"]) for page in pages] == [50, 1, 50]
    assert ['rel="next"' in page.content.decode() for page in pages] == [True, False, True]


def test_a_person_we_know_is_not_blocked(client, cast):
    held = arrive(letter(cast.agent.email))
    assert ["/block/" in client.get(url).content.decode() for url in (at(held), "/desk/letters/")] == [False, False]
    page = client.post(at(held, "block/"), follow=True)

    assert "This is the address of a person we know" in page.content.decode()
    assert (states(), BlockedSender.objects.count()) == ([("held", "staff-unproven")], 0)


@pytest.mark.case("EI-19")
def test_nobody_is_blocked_by_an_address_that_can_be_read_in_two_ways(client, cast):
    two = letter(SPAMMER).replace(b"From: ", b"From: a@one.example\r\nFrom: ", 1)
    held = arrive(two)
    assert ["/block/" in client.get(url).content.decode() for url in (at(held), "/desk/letters/")] == [False, False]
    client.post(at(held, "block/"))

    assert (states(), BlockedSender.objects.count()) == ([("held", "ambiguous-sender")], 0)


def test_a_known_participant_is_heard_whatever_is_blocked(client, cast):
    BlockedSender.objects.create(address=cast.customer.email, by=cast.operator)

    assert arrive(letter(cast.customer.email)).state == "done"


def test_a_letter_of_an_unknown_sender_is_joined_in_a_name_somebody_chooses(client, cast, held):
    ticket = ticket_of(cast.customer)
    asked = client.post(at(held, "entry/"), {"number": f"№ {ticket.number}"})
    assert (asked.status_code, list(asked.context["joining"].errors)) == (422, ["person"])
    client.post(at(held, "entry/"), {"number": ticket.number, "person": cast.customer.pk})

    said, note = Message.objects.order_by("id")
    assert (said.author, said.text, said.internal, states()) == (
        cast.customer, "Печать снова пустая.", False, [("done", "")],
    )  # fmt: skip
    assert (note.author, "ivan@home.example" in note.text, note.internal) == (cast.operator, True, True)


@pytest.mark.parametrize("number", ["", "999999", "x"])
def test_a_number_that_does_not_exist_joins_nothing(client, held, number):
    answer = client.post(at(held, "entry/"), {"number": number})

    assert (answer.status_code, list(answer.context["joining"].errors), states()[0][0]) == (422, ["number"], "held")


def test_nobody_of_another_customer_speaks_in_a_ticket(client, cast, held):
    answer = client.post(at(held, "entry/"), {"number": ticket_of(cast.customer).number, "person": cast.stranger.pk})

    assert (answer.status_code, states()[0][0]) == (422, "held")


def test_words_that_a_person_joins_decide_nothing(client, cast):
    from asmo_support.tickets.actions import lifecycle
    from asmo_support.tickets.actions.conversation import Words

    ticket = ticket_of(cast.customer)
    lifecycle.propose_resolution(ticket, Words(text="Исправили."), by=cast.agent)
    held = arrive(letter("ivan@home.example", text="Принимаю."))
    client.post(at(held, "entry/"), {"number": ticket.number, "person": cast.customer.pk})

    assert (states()[0][0], Resolution.objects.get().verdict) == ("done", "proposed")


def test_a_letter_that_names_a_ticket_brings_its_number_along(client, cast):
    ticket = ticket_of(cast.customer)
    held = arrive(letter("ivan@home.example", subject=f"Re: [№ {ticket.number}] Печать"))

    assert client.get(at(held)).context["joining"]["number"].value() == ticket.number


@pytest.mark.parametrize("deed", ["spam", "block", "entry"])
def test_who_only_reads_decides_nothing(cast, held, sign_in, deed):
    answer = sign_in(cast.release).post(at(held, f"{deed}/"), {"number": 1})

    assert (answer.status_code, states()[0][0]) == (403, "held")


def test_the_page_of_a_ticket_leads_to_letters_that_were_stopped_on_their_way_there(client, cast, monkeypatch):
    ticket = ticket_of(cast.customer)
    work()
    monkeypatch.setattr(route, "TICKET_PER_HOUR", 0)
    mark = Delivery.objects.get(ticket=ticket, address=cast.customer.email).reply_to
    stopped = [arrive(letter(cast.customer.email, to=mark, text=f"Слово {n}.")) for n in range(3)]

    page = client.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert page.count("3 letters about this ticket wait for a decision") == 1
    pile = client.get(f"/desk/letters/?state=held&words={ticket.number}").context["page"].rows
    assert [one.pk for one in pile] == [one.pk for one in stopped]
    assert client.get(at(stopped[0])).context["joining"]["number"].value() == ticket.number
    client.post(at(stopped[0], "entry/"), {"number": ticket.number})
    assert Message.objects.get(ticket=ticket).author == cast.customer
    assert "2 letters about this ticket" in client.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_what_was_put_aside_says_why_and_can_still_be_decided(client, cast):
    aside = arrive(letter(cast.customer.email, Auto_Submitted="auto-replied"))

    why = "A program answered, or confirmed that our letter was read."
    listed = client.get("/desk/letters/?state=ignored").content.decode()
    page = client.get(at(aside)).content.decode()
    assert why in listed
    assert why in page
    assert 'data-key="KeyE"' in page
