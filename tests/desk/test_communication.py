"""«Связь»: tabs with ages, letters once more, the fate of a letter step by step, addresses that do not work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.channels import again, links
from asmo_support.channels.email.bounces import mark_failed
from asmo_support.channels.email.send import drain as send_all
from asmo_support.channels.models import Arrival, BadAddress, Delivery, Passage, Rework
from asmo_support.channels.outbox import Draft, post
from asmo_support.journal.models import Event
from tests.cast import ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, server_at
from tests.parts.smtp import smtp_sink

__all__ = ["smtp_sink"]
FAILED = "/desk/letters/outgoing/?state=failed"


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.operator)


@pytest.fixture
def server(smtp_sink):
    return server_at(smtp_sink)


def undelivered(cast, number, answer="451 Later"):
    made = [
        post(Draft(address=f"p{one}@zavod.example", kind="test", subject=f"№ {one}", text="Ответ."))
        for one in range(number)
    ]
    Delivery.objects.update(state="failed", answer=answer)
    return made


def states(model=Delivery):
    return list(model.objects.order_by("id").values_list("state", flat=True))


def test_each_tab_tells_how_many_wait_and_how_long(client, cast):
    held = arrive(letter("ivan@home.example"))
    Arrival.objects.filter(pk=held.pk).update(received_at=timezone.now() - timedelta(hours=5))
    page = client.get("/desk/letters/?state=all")
    tabs = {one.key: one for one in page.context["tabs"]}

    assert (tabs["held"].count, tabs["held"].late, tabs["failed"].count) == ("1", True, "")
    assert "5&nbsp;h" in page.content.decode().replace("\u00a0", "&nbsp;")


@pytest.mark.parametrize("query", ["?state=waiting", "?state=done", "?state=all&before=5", "?since=yesterday&box=x"])
def test_old_addresses_and_nonsense_are_answered(client, query):
    assert client.get(f"/desk/letters/{query}").status_code == 200


def test_a_search_that_finds_nothing_says_what_to_do(client):
    page = client.get("/desk/letters/?state=all&words=nobody@nowhere").content.decode()

    assert ("Nothing was found here." in page, "?state=all&amp;words=nobody%40nowhere" in page) == (True, True)


def test_chosen_letters_are_sent_once_more_and_the_journal_says_by_whom(client, cast, server):
    first, second, _third = undelivered(cast, 3)
    client.post("/desk/letters/outgoing/repeats/", {"letter": [first.pk, second.pk]})

    told = Event.objects.filter(kind="delivery.sent-again").values_list("thing_id", "by")
    assert states() == ["queued", "queued", "failed"]
    assert set(told) == {(first.pk, cast.operator.pk), (second.pk, cast.operator.pk)}


def test_all_letters_with_one_answer_are_sent_step_by_step_with_progress(client, cast, server, monkeypatch):
    monkeypatch.setattr(again, "STEP", 2)
    undelivered(cast, 3)
    client.post("/desk/letters/outgoing/repeats/", {"answer": "451 Later"})
    again.drain()
    page = client.get(FAILED).content.decode()
    assert (states(), "Being treated once more: 2 of 3." in page) == (["queued", "queued", "failed"], True)

    again.drain()
    rework = Rework.objects.get()
    assert (states(), rework.done, rework.ended_at is not None) == (["queued"] * 3, 3, True)


ONE_CAUSE = [
    ("550 5.1.1 <a@kama.example>: Recipient address rejected: User unknown in virtual mailbox table",
     "550 5.1.1 <b@kama.example>: Recipient address rejected: User unknown in virtual mailbox table"),
    ("451 4.7.1 Try again later 1kXyZ9-0004Ab-3C", "451 4.7.1 Try again later 1mQrT2-0001Cd-9Z"),
    ("554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.example.org",
     "554 5.7.1 Service unavailable; Client host [198.51.100.20] blocked using zen.example.org"),
    ("550 5.1.1 No such user a@x.example https://help.example/?p=1 d9443c01a7336-2a1 - gsmtp",
     "550 5.1.1 No such user c@y.example https://help.example/?p=2 41be03b00d2f7-bd7 - gsmtp"),
]  # fmt: skip


@pytest.mark.parametrize("answers", ONE_CAUSE, ids=["address", "queue", "network", "gmail"])
def test_letters_stopped_for_one_reason_are_one_pile_whatever_else_the_server_said(client, cast, server, answers):
    for number, said in enumerate((*answers, "552 5.2.2 Mailbox is full")):
        draft = Draft(address=f"p{number}@zavod.example", kind="test", subject="Ответ", text="Ответ.")
        Delivery.objects.filter(pk=post(draft).pk).update(state="failed", answer=said)
    first, second, other = Delivery.objects.order_by("id").values_list("cause", flat=True)
    assert first == second != other
    assert first.startswith(answers[0][:9])

    page = client.get(FAILED, {"answer": first})
    assert len(page.context["page"].rows) == 2
    client.post("/desk/letters/outgoing/repeats/", {"answer": first})
    again.drain()
    assert states() == ["queued", "queued", "failed"]


def test_what_is_being_treated_is_not_asked_for_twice(client, cast, server):
    undelivered(cast, 1)
    for _ in range(2):
        client.post("/desk/letters/outgoing/repeats/", {"answer": "451 Later"})

    assert Rework.objects.count() == 1


def test_nothing_is_sent_without_a_server(client, cast):
    [one] = undelivered(cast, 1)
    page = client.post("/desk/letters/outgoing/repeats/", {"letter": [one.pk]}, follow=True)

    assert ("letters cannot be sent" in page.content.decode(), states()) == (True, ["failed"])


def test_letters_nothing_more_is_wanted_of_leave_the_pile(client, cast):
    first, second = undelivered(cast, 2)
    client.post("/desk/letters/outgoing/settlements/", {"letter": [first.pk]})

    assert client.get(FAILED).context["page"].rows == [second]


def test_quarantined_letters_of_one_reason_are_read_once_more(client, cast):
    made = [arrive(letter(f"{one}@home.example")) for one in range(3)]
    Arrival.objects.update(state="quarantined", reason="crashed")
    Arrival.objects.filter(pk=made[2].pk).update(reason="too-deep")
    client.post("/desk/letters/repeats/", {"reason": "crashed"})
    again.drain()

    assert (states(Arrival), Event.objects.filter(kind="arrival.retried").count()) == (
        ["stored", "stored", "quarantined"], 2,
    )  # fmt: skip


def test_the_page_of_a_letter_tells_every_try_and_the_report(client, cast, server, smtp_sink):
    ticket = ticket_of(cast.customer)
    sent = post(Draft(address=cast.customer.email, kind="test", subject="Ответ", text="Готово."), ticket=ticket)
    send_all()
    report = letter(
        "mailer-daemon@mail.example", subject="Undelivered Mail Returned to Sender",
        text=f"<{cast.customer.email}>: 550 5.1.1 user unknown\n\nMessage-ID: <{sent.message_id}>\n",
        References=f"<{sent.message_id}>", Return_Path="<>",
    )  # fmt: skip
    arrival = arrive(report)
    page = client.get(f"/desk/letters/outgoing/{sent.pk}/")

    assert [(one.kind, one.arrival) for one in page.context["passages"]] == [("sent", None), ("returned", arrival)]
    assert f"/desk/letters/{arrival.pk}/" in page.content.decode()


def test_an_address_that_does_not_work_is_told_until_somebody_clears_it(client, cast):
    ticket = ticket_of(cast.customer)
    sent = post(Draft(address=cast.customer.email, kind="test", subject="Ответ", text="Готово."), ticket=ticket)
    sent.answer = "550 5.1.1 user unknown"
    mark_failed(sent, Delivery.State.BOUNCED)
    pages = [FAILED, f"/desk/people/{cast.customer.pk}/", f"/desk/tickets/{ticket.number}/"]
    assert ["The address works again" in client.get(one).content.decode() for one in pages] == [True] * 3
    assert f"the letter to {cast.customer.email} could not be delivered" in client.get(pages[2]).content.decode()

    client.post(f"/desk/letters/addresses/{BadAddress.objects.get().pk}/removal/", {"next": pages[2]})
    assert ["The address works again" in client.get(one).content.decode() for one in pages] == [False] * 3


def test_a_full_server_is_no_fault_of_the_address(cast):
    [one] = undelivered(cast, 1)
    one.answer = "452 4.2.2 mailbox full"
    mark_failed(one, Delivery.State.FAILED)

    assert BadAddress.objects.count() == 0


@pytest.mark.case("EO-03")
def test_the_file_of_a_letter_has_its_words_and_no_link(client, cast, server):
    ticket = ticket_of(cast.customer)
    link = links.make(ticket, links.RESOLUTION, 1, cast.customer)
    draft = Draft(
        address=cast.customer.email, kind="test", subject="Ответ", text=f"Done: {links.blank(links.ACCEPT)}", link=link
    )
    sent = post(draft, ticket=ticket)
    raw = client.get(f"/desk/letters/outgoing/{sent.pk}/raw/")

    assert (b"Subject: =?utf-8?" in raw.content, b"Done:" in raw.content) == (True, True)
    assert links.address(link, links.ACCEPT).encode() not in raw.content.replace(b"=\r\n", b"")
    assert Delivery.objects.get().link_id == link.pk


def test_a_letter_in_tells_what_our_server_found_out_and_its_whole_header(client, cast):
    raw = letter("ivan@home.example", Authentication_Results="mx.desk.example; dmarc=fail header.from=home.example")
    held = arrive(raw, authserv_id="mx.desk.example")
    page = client.get(f"/desk/letters/{held.pk}/")

    assert (page.context["says"].auth.dmarc, "DMARC fail" in page.content.decode()) == ("fail", True)
    assert "Authentication-Results: mx.desk.example" in page.content.decode()


def test_a_forwarded_letter_asks_whether_its_writer_is_who_asks(client, cast):
    text = (
        f"FYI\n\n-------- Forwarded message --------\nFrom: Кто-то <{cast.customer.email}>\nSubject: Печать\n\nПусто."
    )
    held = arrive(letter("ivan@home.example", subject="Fwd: Печать", text=text))
    page = client.get(f"/desk/letters/{held.pk}/")

    assert (page.context["says"].person, "The text proves nothing" in page.content.decode()) == (cast.customer, True)
    client.post(f"/desk/letters/{held.pk}/ticket/", {"requester": cast.customer.pk})
    held.refresh_from_db()
    assert (held.state, held.ticket.requester) == ("done", cast.customer)


@pytest.mark.parametrize("address", ["letters/repeats/", "letters/outgoing/repeats/", "letters/outgoing/settlements/"])
def test_the_address_of_a_deed_leads_to_its_pile(client, address):
    assert client.get(f"/desk/{address}").status_code == 302


def test_a_try_that_is_put_off_is_written_down(cast, smtp_sink, server):
    smtp_sink.answers["full@zavod.example"] = "451 4.7.1 Later"
    post(Draft(address="full@zavod.example", kind="test", subject="Ответ", text="Готово."))
    send_all()

    assert list(Passage.objects.values_list("kind", "answer")) == [("later", "451 4.7.1 Later")]
