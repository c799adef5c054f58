"""What a customer does, without a script: every deed has an address, every refusal keeps the words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.tickets.actions import conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Message, Resolution, Ticket
from tests.cast import ticket_of


@pytest.fixture
def ticket(cast):
    return ticket_of(cast.customer, at=None)


def at(ticket, deed):
    return f"/tickets/{ticket.number}/{deed}/"


def proposed(cast, ticket):
    return lifecycle.propose_resolution(ticket, Words(text="Исправили шаблон."), by=cast.agent)


def test_a_message_is_written_and_shown(cast, browser, ticket):
    client = browser(cast.customer)

    answer = client.post(at(ticket, "messages"), {"text": "Ещё заметила ошибку."}, follow=True)

    assert answer.redirect_chain == [(f"/tickets/{ticket.number}/", 302)]
    assert "Ещё заметила ошибку." in answer.content.decode()
    assert list(Message.objects.values_list("text", "internal")) == [("Ещё заметила ошибку.", False)]


def test_an_answer_closes_the_open_questions(cast, browser, ticket):
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent)

    page = browser(cast.customer).get(f"/tickets/{ticket.number}/").content.decode()
    browser(cast.customer).post(at(ticket, "messages"), {"text": "С первого."})

    assert page.count("<textarea") == 2  # the answer, and the reason of closing
    ticket.refresh_from_db()
    assert (ticket.state, ticket.requests.get().answer.text) == ("in_work", "С первого.")


def test_an_empty_message_is_refused_with_words(cast, browser, ticket):
    answer = browser(cast.customer).post(at(ticket, "messages"), {"text": "  "})

    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert answer.context["form"].errors.get_json_data()["text"][0]["message"] != ""


def test_a_resolution_is_accepted_and_the_ticket_is_closed(cast, browser, ticket):
    proposed(cast, ticket)

    answer = browser(cast.customer).post(at(ticket, "resolutions/1/acceptance"))

    assert answer.status_code == 302
    assert (Ticket.objects.get().state, Resolution.objects.get().decided_by) == ("closed", cast.customer)


def test_a_return_needs_a_reason_and_the_page_comes_back_with_words(cast, browser, ticket):
    proposed(cast, ticket)
    client = browser(cast.customer)

    refused = client.post(at(ticket, "resolutions/1/return"), {"reason": " "})
    returned = client.post(at(ticket, "resolutions/1/return"), {"reason": "Итог удваивается."})

    assert (refused.status_code, returned.status_code) == (422, 302)
    assert "aria-invalid" in refused.content.decode()
    assert Resolution.objects.values_list("verdict", "reason").get() == ("returned", "Итог удваивается.")


def test_who_comes_second_is_told_and_keeps_the_words(cast, browser, ticket):
    proposed(cast, ticket)
    lifecycle.send_back(ticket, by=cast.coordinator, reason="Нет.")
    proposed(cast, ticket)

    answer = browser(cast.customer).post(at(ticket, "resolutions/1/return"), {"reason": "Мои слова."})

    assert answer.status_code == 409
    assert "Мои слова." in answer.content.decode()
    assert Resolution.objects.filter(verdict="proposed").count() == 1


LATE = [
    ("resolutions/1/return", "reopen_form", "reason"),
    ("cancellation", "reopen_form", "reason"),
    ("resolutions/1/acceptance", "", ""),
]


@pytest.mark.parametrize(("deed", "form", "field"), LATE)
def test_a_deed_of_an_old_page_tells_who_was_first_and_keeps_the_words(cast, browser, ticket, deed, form, field):
    proposed(cast, ticket)
    lifecycle.accept(ticket, by=cast.coordinator)

    answer = browser(cast.customer).post(at(ticket, deed), {"reason": "Итог удваивается."})

    late = answer.context["late"]
    assert (answer.status_code, late.last.who, Ticket.objects.get().state) == (409, cast.coordinator, "closed")
    assert late.reason in answer.content.decode()
    assert not form or answer.context[form][field].value() == "Итог удваивается."


def test_a_reopening_of_an_old_page_waits_in_the_message(cast, browser, ticket):
    answer = browser(cast.customer).post(at(ticket, "reopening"), {"reason": "Снова пустой лист."})

    assert (answer.status_code, answer.context["form"]["text"].value()) == (409, "Снова пустой лист.")
    assert answer.content.decode().count("Снова пустой лист.") == 1


DEEDS = ["messages", "resolutions/1/acceptance", "resolutions/1/return", "cancellation", "reopening"]


@pytest.mark.parametrize("deed", DEEDS)
def test_the_address_of_a_deed_leads_to_its_ticket(cast, browser, ticket, deed):
    proposed(cast, ticket)

    answer = browser(cast.colleague).get(at(ticket, deed)), browser(cast.customer).get(at(ticket, deed))

    assert [one.status_code for one in answer] == [404, 302]
    assert answer[1]["Location"] == f"/tickets/{ticket.number}/"


def test_a_ticket_is_closed_by_its_customer_with_or_without_a_reason(cast, browser, ticket):
    other = ticket_of(cast.customer, at=None)
    client = browser(cast.customer)

    client.post(at(ticket, "cancellation"), {"reason": "Разобрались сами."})
    client.post(at(other, "cancellation"))

    assert sorted(Ticket.objects.values_list("state", "closing_reason")) == [
        ("cancelled", ""),
        ("cancelled", "Разобрались сами."),
    ]


def test_a_reason_given_while_closing_is_kept_with_the_acceptance(cast, browser, ticket):
    proposed(cast, ticket)
    client = browser(cast.customer)

    client.post(at(ticket, "cancellation"), {"reason": "Разобрались сами."})

    assert (Ticket.objects.get().state, Resolution.objects.get().reason) == ("closed", "Разобрались сами.")
    pages = [client.get(f"/tickets/{ticket.number}/{part}").content.decode() for part in ("", "history/")]
    assert ["Разобрались сами." in page for page in pages] == [True, True]


def test_a_closed_ticket_is_reopened_with_a_reason_within_14_days(cast, browser, ticket):
    proposed(cast, ticket)
    lifecycle.accept(ticket, by=cast.customer)
    client = browser(cast.customer)

    without = client.post(at(ticket, "reopening"), {"reason": ""})
    client.post(at(ticket, "reopening"), {"reason": "Снова пустой лист."})

    assert without.status_code == 422
    assert Ticket.objects.get().state == "in_work"
    assert "Снова пустой лист." in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_later_a_new_ticket_is_offered_that_continues_the_old_one(cast, browser):
    then = timezone.now() - timedelta(days=30)
    old = ticket_of(cast.customer, at=then)
    lifecycle.propose_resolution(old, Words(text="Готово."), by=cast.agent, at=then)
    lifecycle.accept(old, by=cast.customer, at=then)
    client = browser(cast.customer)

    page, refused = client.get(f"/tickets/{old.number}/"), client.post(at(old, "reopening"), {"reason": "Снова."})
    client.post(f"/tickets/new/?after={old.number}", {"kind": "bug", "subject": "Снова", "text": "Пусто.",
                                                      "impact": "person", "urgency": "normal"})  # fmt: skip

    assert f"/tickets/new/?after={old.number}" in page.content.decode()
    assert (refused.status_code, refused.context["form"]["text"].value()) == (409, "Снова.")
    assert Ticket.objects.latest("id").follows == old


@pytest.mark.case("TI-07")
def test_a_new_ticket_never_continues_a_strangers(cast, browser):
    foreign = ticket_of(cast.stranger)

    browser(cast.customer).post(f"/tickets/new/?after={foreign.number}", {
        "kind": "bug", "subject": "Своё", "text": "Пусто.", "impact": "person", "urgency": "normal"})  # fmt: skip

    assert Ticket.objects.get(subject="Своё").follows is None


@pytest.mark.parametrize(
    "deed", ["messages", "resolutions/1/acceptance", "resolutions/1/return", "cancellation", "reopening"]
)
def test_a_strangers_deed_meets_the_404_of_what_does_not_exist(cast, browser, ticket, deed):
    proposed(cast, ticket)
    conversation.reply(ticket, Words(text="Проверяю."), by=cast.customer)

    answer = browser(cast.stranger).post(at(ticket, deed), {"text": "Чужое.", "reason": "Чужое."})

    assert answer.status_code == 404
    assert (Ticket.objects.get().state, Message.objects.count()) == ("resolution_review", 1)
