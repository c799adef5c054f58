"""Letters through a real mail server that accepts, delays, refuses and breaks: none is left out, repeats are the same."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from asmo_support.channels import actions, addresses
from asmo_support.channels.email import bounces, send
from asmo_support.channels.models import BadAddress, Delivery, SmtpServer
from asmo_support.channels.outbox import Draft, post
from asmo_support.journal.models import Event
from asmo_support.tickets import events
from asmo_support.tickets.sentences import sentence
from tests.cast import make_cast, ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, server_at
from tests.parts.world import session

pytestmark = pytest.mark.mail


def draft(address="to@home.example", **more):
    facts = {"address": address, "kind": "test", "subject": "Тема", "text": "Текст", "name": "Пётр", **more}
    return Draft(**facts)


def again():
    """The time for another try has come."""
    Delivery.objects.filter(state="queued").update(due_at=timezone.now())
    SmtpServer.objects.update(retry_at=timezone.now())
    send.drain()


@pytest.mark.case("EO-01")
def test_breaks_at_every_moment_lose_nothing_and_repeat_under_one_message_id(db, smtp_sink):
    server_at(smtp_sink)
    sent = [post(draft(f"p{n}@home.example")) for n in range(6)]
    smtp_sink.breaks.extend(["rcpt", "data", "accepted", "accepted", "data"])
    for _ in range(8):
        again()

    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    ids = [str(one["Message-ID"]) for one in smtp_sink.kept]
    assert set(ids) == {f"<{one.message_id}>" for one in sent}
    assert len(ids) == len(sent) + 2


@pytest.mark.case("EO-01")
def test_a_letter_of_a_deed_that_was_undone_is_not_sent(cast, smtp_sink):
    server_at(smtp_sink)
    with transaction.atomic():
        post(draft())
        transaction.set_rollback(True)
    send.drain()

    assert smtp_sink.kept == []


def test_without_a_server_letters_are_kept_and_can_be_read(db):
    delivery = post(draft())
    send.drain()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.text) == ("kept", "Текст")


def test_a_kept_letter_goes_when_somebody_sends_it(cast, smtp_sink):
    delivery = post(draft())
    server_at(smtp_sink)
    actions.send_again(delivery, by=cast.operator)
    send.drain()

    assert [str(one["Message-ID"]) for one in smtp_sink.kept] == [f"<{delivery.message_id}>"]


@pytest.mark.case("EO-02")
def test_a_line_end_or_a_comma_makes_no_header_and_no_recipient(db, smtp_sink):
    server_at(smtp_sink)
    post(draft(subject="Тема\r\nBcc: x@evil.example", name='Пётр" <x@evil.example>,\r\nBcc: y@evil.example'))
    assert post(draft("a@home.example, x@evil.example")) is None
    assert post(draft("a@home.example\r\nRCPT TO:<x@evil.example>")) is None
    send.drain()

    (kept,) = smtp_sink.kept
    assert kept["Bcc"] is None
    assert [one.addr_spec for one in kept["To"].addresses] == ["to@home.example"]
    assert kept["Subject"] == "Тема Bcc: x@evil.example"


@pytest.mark.case("EO-06")
def test_later_is_tried_later_and_no_is_told_in_the_ticket(cast, smtp_sink):
    server_at(smtp_sink)
    ticket = ticket_of(cast.customer)
    smtp_sink.answers = {"later@home.example": "451 greylisted", "never@home.example": "550 no such user"}
    later, never = (post(draft(f"{name}@home.example"), ticket=ticket) for name in ("later", "never"))
    send.drain()
    for delivery in (later, never):
        delivery.refresh_from_db()

    assert (later.state, later.answer, later.due_at > timezone.now()) == ("queued", "451 greylisted", True)
    assert (never.state, never.answer) == ("failed", "550 no such user")
    told = Event.objects.get(kind=events.LETTER_FAILED)
    assert (told.thing_id, told.internal, told.data["address"]) == (ticket.pk, True, "never@home.example")
    for _ in send.PAUSES:
        again()
    later.refresh_from_db()
    assert (later.state, later.attempts) == ("failed", len(send.PAUSES) + 1)


@pytest.mark.case("EO-06")
def test_a_server_that_is_down_costs_no_letter_a_try(db, smtp_sink):
    server = server_at(smtp_sink)
    SmtpServer.objects.update(port=1)
    delivery = post(draft())
    send.drain()
    delivery.refresh_from_db()
    server.refresh_from_db()

    assert (delivery.state, delivery.attempts) == ("queued", 0)
    assert (server.failures, server.retry_at > timezone.now()) == (1, True)


@pytest.mark.case("EO-06")
def test_a_no_after_the_dot_is_a_no(cast, smtp_sink):
    server_at(smtp_sink)
    smtp_sink.answers = {"text": "554 looks like spam"}
    delivery = post(draft(), ticket=ticket_of(cast.customer))
    send.drain()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer, delivery.attempts) == ("failed", "554 looks like spam", 1)


@pytest.fixture
def unwritable(open_world, django_db_blocker):
    """A database that refuses to write down that a letter was sent, as a constraint or a full disk would."""
    with session("asmo_owner") as owner:
        owner.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;"
            "CREATE TRIGGER refuse BEFORE UPDATE ON channels_delivery FOR EACH ROW"
            " WHEN (NEW.state = 'sent' AND NEW.kind = 'unwritable') EXECUTE FUNCTION refuse()"
        )
        yield
        connection.close()
        owner.execute("DROP FUNCTION refuse CASCADE")


@pytest.mark.case("EO-06")
def test_a_fate_that_cannot_be_written_sends_a_letter_three_times_at_most(unwritable, smtp_sink):
    server_at(smtp_sink)
    ticket = ticket_of(make_cast().customer)
    poor = post(draft(kind="unwritable"), ticket=ticket)
    other = post(draft("other@home.example"))
    send.drain()
    other.refresh_from_db()
    assert (other.state, Delivery.objects.get(pk=poor.pk).due_at > timezone.now()) == ("sent", True)

    for _ in range(send.UNTOLD + 3):
        again()

    poor.refresh_from_db()
    assert (poor.state, len(smtp_sink.of("to@home.example"))) == ("unknown", send.UNTOLD)
    assert {str(one["Message-ID"]) for one in smtp_sink.of("to@home.example")} == {f"<{poor.message_id}>"}
    assert poor in Delivery.objects.undelivered()
    told = Event.objects.get(kind=events.LETTER_FAILED, thing_id=ticket.pk)
    assert sentence(told) == "неизвестно, дошло ли письмо на to@home.example"


@pytest.mark.case("EO-06")
def test_an_answer_no_database_takes_is_cleaned(db, smtp_sink):
    server_at(smtp_sink)
    smtp_sink.answers = {"to@home.example": "550 no\x00such\x01user " + "x" * 400}
    delivery = post(draft())
    send.drain()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer[:14]) == ("failed", "550 nosuchuser")
    assert len(bounces.storable("я\udc80\x00" * 5000)) == bounces.LONGEST_ANSWER


DEAD, FULL = "550 5.1.1 user unknown", "552 5.2.2 mailbox full"


@pytest.mark.case("EO-06")
@pytest.mark.parametrize(("answer", "state"), [(DEAD, "unsent"), (FULL, "sent")])
def test_nothing_more_goes_to_an_address_where_nobody_is(cast, smtp_sink, answer, state):
    server_at(smtp_sink)
    ticket = ticket_of(cast.customer)
    first = post(draft(), ticket=ticket)
    first.answer = answer
    bounces.mark_failed(first, Delivery.State.BOUNCED)
    second = post(draft("TO@home.example"), ticket=ticket)
    send.drain()

    second.refresh_from_db()
    assert (second.state, len(smtp_sink.kept)) == (state, 1 if state == "sent" else 0)
    assert (second in Delivery.objects.undelivered()) == (state == "unsent")


@pytest.mark.case("EO-06")
@pytest.mark.parametrize("how", ["by hand", "a key", "works again"])
def test_an_address_where_nobody_is_gets_what_somebody_sends_and_keys_to_come_in(cast, smtp_sink, how):
    server_at(smtp_sink)
    bad = BadAddress.objects.create(address="to@home.example", answer=DEAD, hard=True)
    delivery = post(draft(secret=how == "a key"), ticket=ticket_of(cast.customer))
    if how == "by hand":
        send.drain()
        assert smtp_sink.kept == []
        actions.send_again(delivery, by=cast.operator)
    if how == "works again":
        addresses.works_again(bad, by=cast.operator)
    send.drain()

    delivery.refresh_from_db()
    assert (delivery.state, len(smtp_sink.kept)) == ("sent", 1)


@pytest.mark.case("EO-01")
def test_a_server_that_does_not_take_our_address_ends_no_letter(db, smtp_sink):
    server_at(smtp_sink)
    smtp_sink.answers = {"sender": "550 not from you"}
    delivery = post(draft())
    send.drain()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == ("queued", "451 550 not from you")


@pytest.mark.case("EO-01")
def test_a_server_that_hangs_up_after_each_letter_gets_all_without_a_pause(db, smtp_sink):
    server = server_at(smtp_sink)
    for n in range(6):
        post(draft(f"p{n}@home.example"))
    smtp_sink.breaks.extend(["hung up"] * 6)
    while send.drain():
        pass

    server.refresh_from_db()
    assert server.failures == 0
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert len(smtp_sink.kept) == 6


@pytest.mark.case("EI-14")
def test_a_letter_that_comes_back_is_marked_and_told_once(cast, smtp_sink):
    server_at(smtp_sink)
    ticket = ticket_of(cast.customer)
    delivery = post(draft(cast.customer.email), ticket=ticket)
    send.drain()
    report = arrive(_bounce(delivery))
    arrive(_bounce(delivery).replace(b"<dsn@", b"<dsn2@"))

    delivery.refresh_from_db()
    assert (report.decision, report.ticket) == ("bounce", ticket)
    assert (delivery.state, "5.1.1" in delivery.answer) == ("bounced", True)
    assert Event.objects.filter(kind=events.LETTER_FAILED, thing_id=ticket.pk).count() == 1
    assert Delivery.objects.count() == 1


def test_we_never_write_to_ourselves(db, smtp_sink):
    server_at(smtp_sink)

    assert post(draft("Support+t1.aaaa@vendor.example")) is None


def test_a_letter_with_a_secret_is_emptied_once_it_is_sent(cast, smtp_sink):
    server_at(smtp_sink)
    delivery = post(draft(secret=True, text="https://localhost/reset/abc"))
    assert [user for user in cast.everybody().values() if Delivery.objects.visible_to(user).exists()] == [cast.admin]
    send.drain()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.text) == ("sent", "")
    assert "reset/abc" in smtp_sink.kept[0].get_content()


def _bounce(delivery):
    """What a mail server writes when it cannot deliver."""
    body = (
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {delivery.address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{delivery.message_id}>\r\n\r\n--b--\r\n"
    )
    head = letter(
        "mailer-daemon@mx.example", subject="Undelivered Mail Returned to Sender", message_id="<dsn@mx.example>"
    )
    kept = head.split(b"\r\nContent-Type", 1)[0].replace(b"\r\nMIME-Version: 1.0", b"")
    return kept + b"\r\nMIME-Version: 1.0\r\n" + body.encode()


@pytest.mark.case("EO-06")
@pytest.mark.parametrize(
    ("recipient", "marked"),
    [("{}", True), ("dead@elsewhere.example", False), ("to@mx.home.example", True), ("other@home.example", False)],
)
def test_a_report_about_another_address_does_not_silence_the_one_we_wrote_to(cast, recipient, marked):
    """A customer whose letters go on to a colleague who left must still hear of the own tickets."""
    delivery = post(draft(), ticket=ticket_of(cast.customer))
    raw = _bounce(delivery).replace(
        b"Final-Recipient: rfc822; " + delivery.address.encode(),
        b"Final-Recipient: rfc822; " + recipient.format(delivery.address).encode(),
    )
    arrive(raw)

    delivery.refresh_from_db()
    told = sentence(Event.objects.get(kind=events.LETTER_FAILED))
    assert (BadAddress.objects.exists(), delivery.state == Delivery.State.BOUNCED) == (marked, marked)
    assert ("переслано на" in told or "passed on to" in told) != marked
