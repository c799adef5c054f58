"""Letters at the desk: what waits for a person, what was sent, and the servers."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from django.utils import timezone

from asmo_support.channels import links
from asmo_support.channels.inbox import Incoming, keep
from asmo_support.channels.models import Arrival, Delivery, Mailbox, SmtpServer
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of


@pytest.fixture
def held(cast):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Кто-то <who@nowhere.example>", "support@desk.example", "Ошибка"
    letter["Message-ID"] = "<one@nowhere.example>"
    letter.set_content("Не печатается.")
    arrival = keep(Incoming(raw=letter.as_bytes(), received_at=datetime.now(UTC)))
    Arrival.objects.filter(pk=arrival.pk).update(state="held", reason="unknown-sender", sender="who@nowhere.example")
    return arrival


def state(arrival):
    return Arrival.objects.get(pk=arrival.pk).state


def test_a_held_letter_is_listed_with_its_reason_and_can_be_downloaded(cast, held, sign_in):
    client = sign_in(cast.operator)
    page, raw = client.get(f"/desk/letters/{held.pk}/"), client.get(f"/desk/letters/{held.pk}/raw/")

    assert client.get("/desk/letters/").context["page"].rows == [held]
    assert page.context["reason"] == "Nobody with this address is known."
    assert (raw.content, raw["Content-Type"], raw["Content-Security-Policy"]) == (
        bytes(held.raw), "application/octet-stream", "sandbox; default-src 'none'",
    )  # fmt: skip


def test_a_held_letter_becomes_a_ticket_of_whom_we_choose(cast, held, sign_in):
    sign_in(cast.operator).post(f"/desk/letters/{held.pk}/ticket/", {"requester": cast.customer.pk})

    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.channel, ticket.subject, state(held)) == (cast.customer, "email", "Ошибка", "done")


def test_a_letter_is_not_registered_for_somebody_of_the_desk(cast, held, sign_in):
    answer = sign_in(cast.operator).post(f"/desk/letters/{held.pk}/ticket/", {"requester": cast.lead.pk})

    assert (answer.status_code, state(held)) == (422, "held")


def test_a_letter_is_looked_at_again_or_set_aside(cast, held, sign_in):
    client = sign_in(cast.admin)
    client.post(f"/desk/letters/{held.pk}/dismissal/")
    assert state(held) == "ignored"

    client.post(f"/desk/letters/{held.pk}/attempts/")
    assert state(held) == "stored"


@pytest.mark.parametrize("deed", ["attempts", "dismissal", "ticket"])
def test_readers_do_nothing_with_letters(cast, held, sign_in, deed):
    answer = sign_in(cast.release).post(f"/desk/letters/{held.pk}/{deed}/", {"requester": cast.customer.pk})

    assert (answer.status_code, state(held)) == (403, "held")


def delivery(ticket, **more):
    facts = {"state": "kept", "subject": "Re: Не печатается", "text": "Смотрим.", "message_id": f"<{len(more)}@x>"}
    return Delivery.objects.create(
        organization=ticket.organization, ticket=ticket, kind="ticket.message-added", address="customer@test.example",
        **(facts | more),
    )  # fmt: skip


def test_kept_letters_can_be_read_and_the_page_says_that_nothing_is_sent(cast, sign_in):
    letter = delivery(ticket_of(cast.customer))
    client = sign_in(cast.security)
    page = client.get("/desk/letters/outgoing/")

    assert (page.context["page"].rows, page.context["way_out"]) == ([letter], None)
    assert "No outgoing server is set" in page.content.decode()
    assert "Смотрим." in client.get(f"/desk/letters/outgoing/{letter.pk}/").content.decode()


@pytest.mark.parametrize(("who", "words"), [("operator", "The administrators see this"), ("admin", "/desk/mail/")])
def test_whoever_looks_for_a_letter_reads_that_the_server_takes_none(cast, sign_in, who, words):
    SmtpServer.objects.create(
        pk=1, host="127.0.0.1", port=25, from_address="s@desk.example", trouble="refused", error="Connection refused",
        failing_since=timezone.now(),
    )  # fmt: skip
    letter = delivery(ticket_of(cast.customer), state="queued")
    client = sign_in(getattr(cast, who))

    for path in ("/desk/letters/outgoing/", f"/desk/letters/outgoing/{letter.pk}/"):
        page = client.get(path).content.decode()
        assert ("Nothing answers at this port" in page, "Nothing is lost" in page, words in page) == (True, True, True)


def test_a_letter_that_failed_is_sent_once_more(cast, sign_in):
    letter = delivery(ticket_of(cast.customer), state="failed", answer="550 no such user")
    sign_in(cast.operator).post(f"/desk/letters/outgoing/{letter.pk}/attempts/")

    letter.refresh_from_db()
    assert (letter.state, letter.message_id) == ("queued", "<2@x>")


def test_the_ticket_shows_whether_its_letters_arrived(cast, sign_in):
    ticket = ticket_of(cast.customer)
    letter = delivery(ticket, state="bounced", answer="550 no such user")

    page = sign_in(cast.agent).get(f"/desk/tickets/{ticket.number}/")
    assert (page.context["letters"], "550 no such user" in page.content.decode()) == ([letter], True)


SERVER = {"host": "127.0.0.1", "security": "none", "port": "1", "user": "desk", "password": "secret-word"}


def test_servers_are_named_changed_and_never_show_their_password(cast, sign_in):
    client = sign_in(cast.admin)
    client.post("/desk/mail/mailboxes/new/", SERVER | {"address": "support@desk.example", "folder": "INBOX"})
    client.post("/desk/mail/smtp/", SERVER | {"from_address": "support@desk.example"})
    box = Mailbox.objects.get()
    kept = box.password
    client.post(
        f"/desk/mail/mailboxes/{box.pk}/", SERVER | {"address": box.address, "folder": "Archive", "password": ""}
    )

    box.refresh_from_db()
    assert (box.folder, box.password, SmtpServer.objects.get().active) == ("Archive", kept, True)
    pages = [client.get(f"/desk/mail/{rest}").content.decode() for rest in ("", "smtp/", f"mailboxes/{box.pk}/")]
    assert ["secret-word" in page for page in pages] == [False, False, False]


def test_trying_a_server_says_what_is_wrong(cast, sign_in):
    client = sign_in(cast.admin)
    client.post("/desk/mail/smtp/", SERVER | {"from_address": "support@desk.example"})
    page = client.post("/desk/mail/smtp/check/")

    assert [step.is_well for step in page.context["steps"]] == [True, False, None]


def test_servers_can_be_switched_off(cast, sign_in):
    client = sign_in(cast.admin)
    client.post("/desk/mail/mailboxes/new/", SERVER | {"address": "support@desk.example", "folder": "INBOX"})
    client.post("/desk/mail/smtp/", SERVER | {"from_address": "support@desk.example"})
    client.post(f"/desk/mail/mailboxes/{Mailbox.objects.get().pk}/closing/")
    client.post("/desk/mail/smtp/closing/")

    assert (Mailbox.objects.get().active, SmtpServer.objects.get().active) == (False, False)


def test_mail_servers_do_not_exist_for_others(cast, sign_in):
    assert sign_in(cast.lead).get("/desk/mail/").status_code == 404


def test_nobody_is_missed_before_somebody_was_looked_for(cast, held, sign_in):
    client = sign_in(cast.operator)
    opened, searched = (client.get(f"/desk/letters/{held.pk}/{query}") for query in ("", "?words=никто"))

    said = ["Nobody was found" in page.content.decode() for page in (opened, searched)]
    assert said == [False, True]


@pytest.mark.parametrize("demo", [True, False])
def test_the_links_of_a_letter_are_its_readers_alone_but_in_the_demo(cast, sign_in, settings, demo):
    settings.DEMO = demo
    ticket = ticket_of(cast.customer)
    link = links.make(ticket, links.RESOLUTION, 1, cast.customer)
    letter = delivery(ticket, link=link, text=links.blank(links.ACCEPT))
    page = sign_in(cast.admin).get(f"/desk/letters/outgoing/{letter.pk}/").content.decode()

    assert [one in page for one in (links.blank(links.ACCEPT), links.address(link, links.ACCEPT))] == [True, demo]
