"""Who sees which ticket, and what a customer never sees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from asmo_support.channels.models import Delivery
from asmo_support.journal import errands
from asmo_support.people.roles import Visibility
from asmo_support.tickets.actions import assignment, conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from tests.cast import ticket_of

CANARY = "zx-portal-note-8812"


def addresses(number):
    root = f"/tickets/{number}/"
    return [root, f"{root}history/", f"{root}deadline/reaction/", f"{root}deadline/resolution/"]


def lively(cast):
    """A ticket with everything that can be in it, notes between."""
    ticket = ticket_of(cast.customer, at=None)
    assignment.assign(ticket, [cast.agent], by=cast.lead)
    conversation.note(ticket, Words(text=f"{CANARY} для своих"), by=cast.lead)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent)
    conversation.reply(ticket, Words(text="С первого."), by=cast.customer)
    lifecycle.propose_resolution(ticket, Words(text="Исправили."), by=cast.agent)
    lifecycle.send_back(ticket, by=cast.customer, reason="Итог удваивается.")
    conversation.note(ticket, Words(text=CANARY), by=cast.agent)
    return ticket


@pytest.mark.case("TI-01")
def test_a_stranger_gets_the_same_answer_as_for_a_number_that_does_not_exist(cast, browser):
    ticket, client = lively(cast), browser(cast.stranger)

    for real, missing in zip(addresses(ticket.number), addresses(999_999), strict=True):
        answers = [client.get(path) for path in (real, missing)]
        assert [one.status_code for one in answers] == [404, 404]
        assert str(ticket.number) not in answers[0].content.decode()


def test_history_says_why_a_resolution_was_returned(cast, browser):
    ticket = lively(cast)

    assert "Итог удваивается." in browser(cast.customer).get(f"/tickets/{ticket.number}/history/").content.decode()


def test_a_note_is_never_in_any_byte_of_the_portal(cast, browser):
    ticket = lively(cast)
    paths = [
        *addresses(ticket.number),
        "/",
        "/tickets/",
        "/tickets/?words=zx-portal",
        "/tickets/new/?subject=zx-portal",
    ]

    for user in (cast.customer, cast.coordinator):
        for path in paths:
            answer = browser(user).get(path)
            assert answer.status_code == 200
            assert CANARY not in answer.content.decode()


@pytest.mark.parametrize(
    ("visibility", "department", "seen"),
    [(Visibility.OWN, "Экология", 404), (Visibility.DEPARTMENT, "Экология", 200), (Visibility.DEPARTMENT, "Склад", 404),
     (Visibility.ALL, "Склад", 200)],
)  # fmt: skip
def test_a_colleague_sees_what_the_organization_has_chosen(cast, browser, visibility, department, seen):
    ticket = ticket_of(cast.customer)
    cast.home.visibility = visibility
    cast.home.save(update_fields=["visibility"])
    for user, where in ((cast.customer, "Экология"), (cast.colleague, department)):
        user.department = where
        user.save(update_fields=["department"])

    client = browser(cast.colleague)

    assert client.get(f"/tickets/{ticket.number}/").status_code == seen
    assert (str(ticket.number) in client.get("/tickets/").content.decode()) == (seen == 200)


def test_the_coordinator_sees_all_of_the_organization_with_whose_they_are(cast, browser):
    ticket = ticket_of(cast.colleague)

    answer = browser(cast.coordinator).get("/tickets/")

    assert [row for row, _readings in answer.context["rows"]] == [ticket]
    assert "Олег Панин" in answer.content.decode()


@pytest.mark.parametrize("path", ["/tickets/", "/tickets/?state=done"])
def test_the_list_asks_the_database_the_same_with_one_and_three_rows(cast, browser, path):
    def finish(ticket):
        if "done" in path:
            lifecycle.cancel(ticket, by=cast.customer)

    counts = []
    for more in (1, 2):
        for _ in range(more):
            finish(ticket_of(cast.customer, at=None))
        client = browser(cast.customer)
        with CaptureQueriesContext(connection) as found:
            rows = client.get(path).context["rows"]
        counts.append((len(rows), len(found)))

    assert counts == [(1, counts[0][1]), (3, counts[0][1])]
    assert counts[0][1] <= 12


def test_the_list_is_paged_by_keys_and_never_repeats_a_row(cast, browser, monkeypatch):
    from asmo_support.insight import lists

    monkeypatch.setattr(lists.page, "__defaults__", ("", "", 2))
    numbers = sorted(ticket_of(cast.customer, at=None).number for _ in range(5))
    client, path, seen = browser(cast.customer), "/tickets/", []
    while path:
        context = client.get(path).context
        seen += [ticket.number for ticket, _readings in context["rows"]]
        path = f"/tickets/?after={context['page'].next}" if context["page"].next else ""

    assert sorted(seen) == numbers
    assert len(seen) == 5


def test_the_page_asks_the_database_the_same_with_one_and_three_words(cast, browser):
    ticket = lively(cast)
    counts = []
    for text in ("Ещё слово.", "И ещё."):
        conversation.reply(ticket, Words(text=text), by=cast.agent)
        client = browser(cast.customer)
        with CaptureQueriesContext(connection) as found:
            client.get(f"/tickets/{ticket.number}/")
        counts.append(len(found))

    assert counts == [counts[0]] * 2
    assert counts[0] <= 20


def test_typed_markup_stays_text(cast, browser):
    ticket = ticket_of(cast.customer, subject="<script>alert(1)</script>", at=None)
    conversation.reply(ticket, Words(text='<img src=x onerror="alert(2)">'), by=cast.customer)

    body = browser(cast.coordinator).get(f"/tickets/{ticket.number}/").content.decode()

    assert "<script>alert(1)" not in body
    assert "<img" not in body
    assert "&lt;img src=x" in body


def test_the_history_tells_every_public_event_and_the_page_says_how_many(cast, browser):
    ticket = lively(cast)
    client = browser(cast.customer)

    events = client.get(f"/tickets/{ticket.number}/history/").context["events"]

    assert client.get(f"/tickets/{ticket.number}/").context["events"] == len(events) == 7
    assert next(event.kind for event, _words in events) == "ticket.registered"


def test_letters_to_colleagues_are_shown_with_their_fate_and_letters_of_the_desk_are_not(cast, browser):
    from asmo_support.channels.models import Delivery

    ticket = ticket_of(cast.customer)
    facts = {"ticket": ticket, "organization": cast.home, "kind": "ticket.asked", "subject": "Вопрос", "text": "…"}
    Delivery.objects.create(**facts, address="a@test.example", name="Олег Панин", message_id="1", state="bounced",
                            answer="550 no such user")  # fmt: skip
    Delivery.objects.create(**facts, address="b@test.example", name="Для своих", message_id="2", internal=True)

    page = browser(cast.customer).get(f"/tickets/{ticket.number}/").content.decode()

    assert "550 no such user" in page
    assert "Для своих" not in page


def test_a_customer_reads_the_letters_to_its_own_people(cast, browser):
    ticket = lively(cast)
    while errands.drain():
        pass
    outside = Delivery.objects.filter(ticket=ticket, internal=False).latest("id")
    inside = Delivery.objects.filter(ticket=ticket, internal=True).latest("id")
    client, root = browser(cast.customer), f"/tickets/{ticket.number}/"

    page = client.get(f"{root}letters/{outside.pk}/").content.decode()

    assert escape(outside.subject) in client.get(root).content.decode()
    assert escape(outside.text.splitlines()[0]) in page
    assert client.get(f"{root}letters/{inside.pk}/").status_code == 404
    assert browser(cast.stranger).get(f"{root}letters/{outside.pk}/").status_code == 404
