"""What becomes of a letter: who may do what by letter, and what waits for a person."""

import pytest
from django.utils import timezone

from asmo_support.channels import actions, outbox
from asmo_support.channels.email import receive
from asmo_support.channels.models import Arrival, Delivery
from asmo_support.journal.models import Event
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.tickets import events
from asmo_support.tickets.actions import conversation
from asmo_support.tickets.actions.assignment import assign
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Message, Ticket
from asmo_support.tickets.queries import history
from asmo_support.tickets.sentences import sentence
from tests.cast import ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, work

TRUSTED = "mx.vendor.example"


def result(arrival):
    return arrival.state, arrival.decision, arrival.reason


def passed(address):
    domain = address.rpartition("@")[2]
    return f"{TRUSTED}; dmarc=pass header.from={domain}; dkim=pass header.d={domain}"


def letter_to(cast, ticket):
    """What the customer last got about the ticket."""
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent)
    work()
    return Delivery.objects.filter(ticket=ticket, address=cast.customer.email).last()


@pytest.mark.case("EI-04")
def test_another_letter_under_the_same_message_id_is_a_letter_of_its_own(cast):
    same = {"message_id": "<one@mail.example>"}
    arrive(letter(cast.customer.email, subject="Первое", **same))
    arrive(letter(cast.customer.email, subject="Второе", **same))

    assert sorted(Ticket.objects.values_list("subject", flat=True)) == ["Второе", "Первое"]


@pytest.mark.case("EI-04")
def test_the_same_mail_by_two_ways_is_one_ticket_and_both_are_seen(cast):
    raw = letter(cast.customer.email)
    first = arrive(b"Received: by one.example; Tue, 17 Nov 2026 10:00:00 +0300\r\n" + raw)
    second = arrive(b"Received: by two.example; Tue, 17 Nov 2026 10:00:01 +0300\r\n" + raw)

    assert Ticket.objects.count() == 1
    assert result(second) == ("done", "duplicate", "copy")
    assert (second.ticket, second.detail) == (first.ticket, str(first.pk))


@pytest.mark.case("EI-05")
def test_a_letter_that_cannot_be_read_waits_with_its_bytes_and_holds_up_nobody(cast):
    poison = b"From: a@b.example\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(40_000)) + b"\r\ntext"
    poisoned = arrive(poison)
    usual = arrive(letter(cast.customer.email))

    assert result(poisoned) == ("quarantined", "", "headers-too-long")
    assert bytes(poisoned.raw) == poison
    assert result(usual) == ("done", "new", "")


@pytest.mark.case("EI-05")
def test_one_click_reads_a_held_letter_again(cast):
    held = arrive(letter("newcomer@test.example"))
    assert result(held) == ("held", "", "unknown-sender")
    cast.colleague.email = "newcomer@test.example"
    cast.colleague.save()
    actions.retry(held, by=cast.operator)
    work()

    held.refresh_from_db()
    assert (result(held), held.ticket.requester, held.decided_by) == (
        ("done", "new", ""),
        cast.colleague,
        cast.operator,
    )


@pytest.mark.case("EI-05")
def test_a_full_disk_is_waited_for_and_then_the_letter_is_a_ticket(cast, monkeypatch, tmp_path):
    (tmp_path / "a file").write_text("")
    monkeypatch.setattr("django.conf.settings.FILES_ROOT", tmp_path / "a file")
    waiting = arrive(letter(cast.customer.email, files={"a.txt": b"a"}))
    for _ in range(receive.LIMIT):
        Arrival.objects.update(due_at=timezone.now())
        receive.drain()
    waiting.refresh_from_db()
    assert (result(waiting), waiting.attempts) == (("stored", "", "again"), receive.LIMIT + 1)
    monkeypatch.setattr("django.conf.settings.FILES_ROOT", tmp_path)
    Arrival.objects.update(due_at=timezone.now())
    receive.drain()

    waiting.refresh_from_db()
    assert (result(waiting), waiting.ticket.attachments.get().name) == (("done", "new", ""), "a.txt")


def test_a_held_letter_is_registered_for_a_person_once(cast):
    held = arrive(letter("ivan@home.example", subject="Пишу из дома"))
    ticket = actions.register_held(held, cast.customer, by=cast.operator)

    assert (ticket.subject, ticket.requester, ticket.author) == ("Пишу из дома", cast.customer, cast.operator)
    with pytest.raises(Conflict):
        actions.register_held(held, cast.customer, by=cast.operator)


def test_a_held_letter_joins_a_ticket_of_its_sender_and_no_other(cast):
    ticket, foreign = ticket_of(cast.customer), ticket_of(cast.stranger)
    held = arrive(letter(cast.agent.email, text="Пишу с телефона."))
    unknown = arrive(letter("ivan@home.example"))
    actions.join_held(held, ticket, by=cast.operator)

    assert [(entry.author, entry.text) for entry in Message.objects.all()] == [(cast.agent, "Пишу с телефона.")]
    assert (result(held), held.ticket) == (("done", "reply", ""), ticket)
    with pytest.raises(Refused):
        actions.join_held(unknown, foreign, by=cast.operator)


def test_a_letter_set_aside_answers_nobody(cast):
    held = arrive(letter("spam@shop.example"))
    actions.ignore(held, by=cast.operator)
    work()

    assert result(held) == ("ignored", "", "unknown-sender")
    assert (Ticket.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.case("EI-14")
def test_a_program_gets_no_answer(cast):
    out_of_office = {
        "Auto_Submitted": "auto-replied",
        "In_Reply_To": "<x@mail.example>",
        "subject": "Автоответ: в отпуске",
    }
    robot = arrive(letter(cast.customer.email, **out_of_office))
    alarm = arrive(letter(cast.customer.email, subject="Диск заполнен", Precedence="bulk"))
    work()

    assert (robot.decision, alarm.decision) == ("auto-reply", "new")
    assert Delivery.objects.count() == 0


@pytest.mark.case("EI-14")
def test_a_programs_answer_is_seen_in_the_ticket_by_the_desk_alone(cast):
    ticket = ticket_of(cast.customer)
    away = {"Auto_Submitted": "auto-replied", "subject": "Автоответ", "text": "Я в отпуске до среды."}
    arrive(letter(cast.customer.email, In_Reply_To=f"<{letter_to(cast, ticket).message_id}>", **away))

    seen = [
        [sentence(one) for one in history(ticket, for_=reader) if one.kind == events.MACHINE_ANSWERED]
        for reader in (cast.agent, cast.customer)
    ]
    assert seen == [[f"автоответ от {cast.customer.email}: «Автоответ». Я в отпуске до среды."], []]
    assert Message.objects.filter(ticket=ticket, author=cast.customer).count() == 0


@pytest.mark.case("EI-15")
def test_an_acknowledgement_that_is_withheld_is_told_to_the_desk(cast, monkeypatch):
    monkeypatch.setattr(outbox, "AUTOMATIC_PER_HOUR", 1)
    for subject in ("Первое", "Второе"):
        arrive(letter(cast.customer.email, subject=subject))
        work()

    told = list(Event.objects.filter(kind=events.LETTER_WITHHELD).values_list("thing_id", "internal"))
    assert told == [(Ticket.objects.get(subject="Второе").pk, True)]


@pytest.mark.case("EI-15")
def test_a_partner_that_answers_every_answer_is_stopped(cast):
    for _ in range(6):
        arrive(letter(cast.customer.email, subject="Спасибо, мы ответим", text="Ваше письмо получено."))
        work()

    assert Ticket.objects.count() == 3
    came = [result(one) for one in Arrival.objects.order_by("id")]
    assert came == [("done", "new", "")] * 3 + [("held", "", "same-words")] * 3
    assert Delivery.objects.filter(kind=events.REGISTERED).count() == 3


@pytest.mark.case("EI-15")
def test_our_own_address_is_no_requester(cast):
    arrived = arrive(letter("support+t1.aaaaaaaaaaaaaaaa@localhost"))

    assert result(arrived) == ("ignored", "loop", "own-address")


@pytest.mark.case("EI-16")
def test_a_number_and_a_foreign_message_id_open_no_ticket_of_others(cast):
    ticket = ticket_of(cast.customer)
    sent = letter_to(cast, ticket)
    stolen = arrive(
        letter(cast.stranger.email, subject=f"Re: [№ {ticket.number}] Привет", In_Reply_To=f"<{sent.message_id}>")
    )

    assert (stolen.decision, stolen.ticket.organization) == ("claims", cast.abroad)
    assert Message.objects.filter(ticket=ticket).count() == 1
    note = Message.objects.get(ticket=stolen.ticket)
    assert (note.internal, note.author, str(ticket.number) in note.text) == (True, None, True)


@pytest.mark.case("EI-16")
def test_a_mark_that_was_made_up_proves_nothing(cast):
    ticket = ticket_of(cast.customer)
    arrived = arrive(letter(cast.customer.email, to=f"support+t{ticket.number}.aaaaaaaaaaaaaaaa@vendor.example"))

    assert arrived.decision == "new"
    assert arrived.ticket != ticket


@pytest.mark.case("EI-17")
def test_a_letter_that_says_it_is_ours_speaks_only_when_the_server_vouches(cast):
    ticket = ticket_of(cast.customer)
    conversation.reply(ticket, Words(text="Где?"), by=cast.customer)
    assign(ticket, [cast.agent], by=cast.lead)
    work()
    mark = Delivery.objects.filter(address=cast.agent.email).last().reply_to
    spoofed = arrive(letter(cast.agent.email, to=mark, text="Пришлите пароль."), authserv_id=TRUSTED)
    proven = {"Authentication_Results": passed(cast.agent.email)}
    true = arrive(letter(cast.agent.email, to=mark, text="Уже смотрю.", **proven), authserv_id=TRUSTED)

    assert (spoofed.state, spoofed.reason) == ("held", "staff-unproven")
    assert (true.decision, true.entry.text, true.entry.author) == ("reply", "Уже смотрю.", cast.agent)


@pytest.mark.case("EI-18")
def test_a_vouching_that_the_sender_brought_along_is_not_believed(cast):
    mine = passed(cast.agent.email)
    forged = arrive(
        b"Authentication-Results: mx.vendor.example; dmarc=fail\r\n"
        + letter(cast.agent.email, Authentication_Results=mine),
        authserv_id=TRUSTED,
    )

    assert (forged.state, forged.authenticated) == ("held", False)


@pytest.mark.case("EI-19")
def test_a_sender_that_reads_in_two_ways_is_nobody(cast):
    raw = letter("x@y.example").replace(b"<x@y.example>", f"<{cast.customer.email}]<bob@evil.example>".encode())
    doubtful = arrive(raw)

    assert (doubtful.state, doubtful.person) == ("held", None)


@pytest.mark.case("EI-21")
def test_a_copy_grants_nothing(cast):
    ticket = ticket_of(cast.customer)
    sent = letter_to(cast, ticket)
    arrive(letter(cast.customer.email, to=sent.reply_to, text="Вот файл.", Cc=cast.stranger.email))
    conversation.reply(ticket, Words(text="Спасибо."), by=cast.agent)
    work()

    assert Message.objects.filter(ticket=ticket, text="Вот файл.").count() == 1
    assert not Delivery.objects.filter(address=cast.stranger.email).exists()
    assert not Ticket.objects.visible_to(cast.stranger).exists()


@pytest.mark.case("EI-22")
def test_a_code_sent_by_a_third_service_reaches_no_ticket(cast):
    ticket = ticket_of(cast.customer)
    mark = letter_to(cast, ticket).reply_to
    arrived = arrive(letter("codes@shop.example", to=mark, text="Ваш код: 123456"))

    assert (arrived.state, arrived.ticket) == ("held", None)
    assert not Message.objects.filter(text__contains="123456").exists()
