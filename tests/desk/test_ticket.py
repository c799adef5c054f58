"""The page of a ticket: what it shows, what is said on it, and what happens to whoever comes second."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asmo_support.tickets.actions import assignment, conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Message, Resolution, Ticket
from tests.cast import ticket_of

AGO = timedelta(minutes=10)


@pytest.fixture
def ticket(cast):
    return ticket_of(cast.customer, at=datetime.now(UTC) - AGO)


def at(ticket, rest=""):
    return f"/desk/tickets/{ticket.number}/{rest}"


def test_an_answer_is_said_and_takes_the_ticket_to_work(cast, ticket, sign_in):
    answer = sign_in(cast.agent).post(at(ticket, "messages/"), {"text": "Смотрим."})

    assert (answer.status_code, answer["Location"]) == (302, at(ticket))
    said = list(Message.objects.values_list("text", "internal", "author"))
    assert (said, Ticket.objects.get().state) == ([("Смотрим.", False, cast.agent.pk)], "in_work")


def test_a_note_stays_inside(cast, ticket, sign_in):
    sign_in(cast.security).post(at(ticket, "notes/"), {"text": "Похоже на № 988."})

    assert (Message.objects.get().internal, Ticket.objects.get().state) == (True, "registered")


def test_a_question_and_a_resolution_are_objects(cast, ticket, sign_in):
    client = sign_in(cast.agent)
    client.post(at(ticket, "information-requests/"), {"text": "С какого числа?"})
    client.post(at(ticket, "resolutions/"), {"text": "Исправили шаблон."})

    assert [one.text for one in ticket.requests.all()] == ["С какого числа?"]
    assert [(one.n, one.text, one.verdict) for one in ticket.resolutions.all()] == [
        (1, "Исправили шаблон.", "proposed")
    ]


@pytest.mark.parametrize("mode", ["messages", "notes", "information-requests", "resolutions"])
def test_nothing_said_comes_back_with_the_reason(cast, ticket, sign_in, mode):
    answer = sign_in(cast.agent).post(at(ticket, f"{mode}/"), {"text": "  "})

    assert (answer.status_code, answer.content.decode().count('role="alert"'), Message.objects.count()) == (422, 1, 0)


def test_whoever_comes_second_sees_who_was_faster_and_keeps_the_text(cast, ticket, sign_in):
    lifecycle.propose_resolution(ticket, Words(text="Исправили шаблон."), by=cast.lead)

    answer = sign_in(cast.agent).post(at(ticket, "resolutions/"), {"text": "Исправили и запрос."})

    page = answer.content.decode()
    assert (answer.status_code, Resolution.objects.count()) == (409, 1)
    assert ("Исправили и запрос." in page, "Павел Орлов" in page.split('role="alert"')[1][:900]) == (True, True)


def test_files_go_with_the_words_and_are_not_lost_with_a_refusal(cast, ticket, sign_in, files_root):
    client, log = sign_in(cast.agent), SimpleUploadedFile("журнал.log", b"line", "text/plain")
    lifecycle.propose_resolution(ticket, Words(text="Исправили."), by=cast.lead)
    refused = client.post(at(ticket, "resolutions/"), {"text": "И мы.", "files": log})
    token = refused.context["form"].carried[0][0]
    client.post(at(ticket, "messages/"), {"text": "Вот журнал.", "kept": token})

    assert list(Message.objects.get().attachments.values_list("name", "size")) == [("журнал.log", 4)]


def test_somebody_elses_kept_file_is_not_taken(cast, ticket, sign_in, files_root):
    log = SimpleUploadedFile("log", b"line")
    refused = sign_in(cast.lead).post(at(ticket, "information-requests/"), {"text": "", "files": log})
    token = refused.context["form"].carried[0][0]
    sign_in(cast.agent).post(at(ticket, "messages/"), {"text": "Смотрим.", "kept": token})

    assert list(Message.objects.get().attachments.all()) == []


def test_the_page_shows_the_talk_with_reasons_and_pauses(cast, ticket, sign_in):
    start = ticket.registered_at
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=start + timedelta(minutes=1))
    conversation.reply(ticket, Words(text="С первого."), by=cast.customer, at=start + timedelta(minutes=2))
    lifecycle.propose_resolution(ticket, Words(text="Исправили."), by=cast.agent, at=start + timedelta(minutes=3))
    lifecycle.send_back(ticket, by=cast.customer, reason="Удваивается.", at=start + timedelta(minutes=4))
    conversation.note(ticket, Words(text="Проверяю."), by=cast.lead, at=start + timedelta(minutes=5))

    lines = sign_in(cast.agent).get(at(ticket)).context["lines"]
    kinds = [(line.kind, line.theirs) for line in lines if line.kind not in {"day", "event"}]
    assert kinds == [
        ("description", False),
        ("question", True),
        ("message", False),
        ("resolution", True),
        ("note", False),
    ]


def test_buttons_that_may_not_be_pressed_say_why(cast, ticket, sign_in):
    page = sign_in(cast.release).get(at(ticket)).content.decode()

    assert page.count('disabled title="This is for operators, engineers and leads."') == 6
    assert page.count('disabled title="Refusing is for the lead and the operator."') == 1


@pytest.mark.parametrize("role", ["release", "security", "admin"])
@pytest.mark.parametrize("deed", ["messages", "information-requests", "resolutions", "work", "assignment", "triage"])
def test_readers_write_nothing_but_notes(cast, ticket, sign_in, role, deed):
    answer = sign_in(getattr(cast, role)).post(at(ticket, f"{deed}/"), {"text": "x", "kind": "bug"})

    assert (answer.status_code, Ticket.objects.get().state) == (403, "registered")


@pytest.mark.case("TI-01")
def test_customers_find_no_ticket_at_the_desk(cast, ticket, sign_in):
    for person in (cast.customer, cast.coordinator, cast.stranger):
        assert sign_in(person).get(at(ticket)).status_code == 404
        assert sign_in(person).post(at(ticket, "notes/"), {"text": "x"}).status_code == 404
    assert Message.objects.count() == 0


def test_a_number_that_does_not_exist_is_not_found(cast, sign_in):
    assert sign_in(cast.agent).get("/desk/tickets/999999/").status_code == 404


@pytest.mark.case("PW-01")
def test_words_are_shown_and_never_run(cast, ticket, sign_in):
    bad = "<script>alert(1)</script> javascript:alert(1) <a href='data:text/html,x'>x</a>"
    conversation.reply(ticket, Words(text=bad), by=cast.customer)
    lifecycle.propose_resolution(ticket, Words(text=bad), by=cast.agent)
    lifecycle.send_back(ticket, by=cast.customer, reason=bad)

    page = sign_in(cast.agent).get(at(ticket)).content.decode()
    assert page.count("&lt;script&gt;alert(1)") >= 3
    assert ("<script>alert" in page, 'href="javascript:' in page, 'href="data:' in page) == (False, False, False)


def test_the_page_costs_the_same_however_long_the_talk(cast, ticket, sign_in):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(at(ticket))
        return len(queries)

    client = sign_in(cast.agent)
    client.get(at(ticket))
    assignment.assign(ticket, [cast.agent], by=cast.lead)
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent)
    short = cost()
    for _ in range(3):
        conversation.reply(ticket, Words(text="Ещё."), by=cast.customer)
        lifecycle.ask(ticket, Words(text="Что?"), by=cast.lead)
        lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.lead)
        lifecycle.send_back(ticket, by=cast.customer, reason="Нет.")

    assert (cost(), short <= 20) == (short, True)
