"""Letters and the lists of customers: a known domain, an address of an entry that was merged."""

import pytest

from asmo_support.channels.models import Delivery
from asmo_support.people import jobs
from asmo_support.people.actions.domains import add_domain
from asmo_support.people.actions.merging import merge_organizations, merge_people
from asmo_support.people.models import User
from asmo_support.tickets.actions import conversation
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Message, Ticket
from tests.cast import person, ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive, work


@pytest.mark.case("EI-19", "EI-22")
def test_a_stranger_of_a_known_domain_waits_with_the_customer_named_and_nobody_is_let_in(cast, client):
    add_domain(cast.home, "kama.example", by=cast.lead)
    people = User.objects.count()
    arrival = arrive(letter("losev@mail.kama.example"))

    assert (arrival.state, arrival.reason, arrival.person) == ("held", "known-domain", None)
    assert (Ticket.objects.count(), User.objects.count(), Delivery.objects.count()) == (0, people, 0)
    client.force_login(cast.operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/desk/letters/{arrival.pk}/").content.decode()
    assert f"/desk/customers/{cast.home.pk}/people/new/?name=" in page
    assert f"email=losev%40mail.kama.example&amp;letter={arrival.pk}" in page


def test_a_stranger_of_no_domain_waits_as_before(cast):
    arrival = arrive(letter("losev@elsewhere.example"))

    assert (arrival.state, arrival.reason) == ("held", "unknown-sender")


def test_the_sender_is_added_from_the_letter_and_registered(cast, client):
    add_domain(cast.home, "kama.example", by=cast.lead)
    arrival = arrive(letter("losev@kama.example"))
    client.force_login(cast.operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    new = f"/desk/customers/{cast.home.pk}/people/new/?letter={arrival.pk}"
    answer = client.post(new, {"name": "Игорь Лосев", "email": "losev@kama.example", "role": "contact"})
    made = User.objects.get(email="losev@kama.example")
    client.post(f"{answer['Location']}ticket/", {"requester": made.pk})

    assert answer["Location"] == f"/desk/letters/{arrival.pk}/"
    assert Ticket.objects.get().requester == made


def test_a_letter_from_the_address_of_a_merged_entry_is_the_persons(cast):
    double = person("contact", "Ковалева М.", cast.home, email="kovaleva")
    merge_people(double, cast.customer, by=cast.lead)
    jobs.merge()
    arrive(letter("kovaleva@test.example"))

    assert Ticket.objects.get().requester == cast.customer


@pytest.mark.case("EI-16")
def test_an_answer_to_a_letter_of_before_the_merge_joins_its_ticket(cast):
    ticket = ticket_of(cast.stranger)
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent)
    work()
    sent = Delivery.objects.filter(ticket=ticket, address=cast.stranger.email).last()
    merge_organizations(cast.abroad, cast.home, by=cast.lead)
    jobs.merge()
    arrive(letter(cast.stranger.email, to=sent.reply_to, text="Спасибо, ждём."))

    assert Ticket.objects.count() == 1
    assert list(Message.objects.order_by("id").values_list("text", flat=True)) == ["Смотрим.", "Спасибо, ждём."]
