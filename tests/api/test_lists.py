"""Lists by pages, filters, and a number of statements that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asmo_support.catalog.models import Module, Product, Service
from asmo_support.tickets.actions import assignment, conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.states import Kind
from tests.cast import NOW, ticket_of


def numbers(answer):
    return [one["number"] for one in answer.json()["items"]]


def test_pages_follow_each_other_without_gap_or_double(cast, customer):
    made = [ticket_of(cast.customer).number for _ in range(5)]
    first = customer.get("tickets", {"limit": 2})
    ticket_of(cast.customer)
    second = customer.get("tickets", {"limit": 2, "cursor": first.json()["next"]})
    third = customer.get("tickets", {"limit": 2, "cursor": second.json()["next"]})

    assert [numbers(first), numbers(second), numbers(third)] == [made[:2:-1], made[2:0:-1], made[:1]]
    assert third.json()["next"] is None


@pytest.fixture
def three(cast):
    """In work for the agent, closed, and a stranger's question."""
    ours, closed = ticket_of(cast.customer, critical=True), ticket_of(cast.colleague)
    assignment.assign(ours, [cast.agent, cast.lead], by=cast.agent)
    lifecycle.propose_resolution(closed, Words(text="Готово."), by=cast.agent)
    lifecycle.accept(closed, by=cast.colleague)
    return ours.number, closed.number, ticket_of(cast.stranger, kind=Kind.CONSULTATION).number


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ({}, [2, 1, 0]),
        ({"cursor": ""}, [2, 1, 0]),
        ({"state": "in_work,closed"}, [1, 0]),
        ({"state": ["registered", "closed"]}, [2, 1]),
        ({"awaits": "provider"}, [2, 0]),
        ({"awaits": "nobody", "state": "in_work"}, []),
        ({"kind": "consultation"}, [2]),
        ({"critical": "true"}, [0]),
        ({"assignee": "me"}, [0]),
        ({"assignee": "Lead@test.example"}, [0]),
        ({"requester": "colleague@test.example"}, [1]),
        ({"organization": "Кама-Металл"}, [1, 0]),
        ({"organization": "Кама"}, []),
    ],
)
def test_filters_narrow_the_list(three, agent, query, places):
    assert numbers(agent.get("tickets", query)) == [three[place] for place in places]


@pytest.mark.case("AP-02")
def test_a_filter_never_widens_what_one_may_see(three, customer):
    answers = [
        customer.get("tickets", query) for query in ({"organization": "Северная руда"}, {}, {"awaits": "nobody"})
    ]

    assert [numbers(answer) for answer in answers] == [[], [three[0]], []]


@pytest.mark.case("AP-04")
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"requester__password__startswith": "a"}, "requester__password__startswith"),
        ({"order": "password"}, "order"),
        ({"state": "open"}, "state"),
        ({"limit": "101"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "YWZ0ZXI6MSBPUiAx"}, "cursor"),
        ({"assignee": "\x00"}, "assignee"),
    ],
)
def test_a_parameter_that_is_not_offered_is_refused(agent, query, parameter):
    answer = agent.get("tickets", query)

    assert (answer.status_code, [one["parameter"] for one in answer.json()["errors"]]) == (422, [parameter])


def fill(cast, ticket, at):
    conversation.reply(ticket, Words(text="Посмотрим."), by=cast.agent, at=at)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent, at=at)
    conversation.reply(ticket, Words(text="С первого."), by=cast.customer, at=at)
    lifecycle.propose_resolution(ticket, Words(text="Исправили."), by=cast.agent, at=at)
    lifecycle.send_back(ticket, by=cast.customer, reason="Нет.", at=at)


def queries(program, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert program.get(path).status_code == 200
    return len(captured)


def test_the_list_takes_the_same_statements_for_one_row_and_for_three(cast, agent):
    fill(cast, ticket_of(cast.customer), NOW)
    agent.get("tickets")
    one = queries(agent, "tickets")
    for _ in range(2):
        fill(cast, ticket_of(cast.customer), NOW)

    assert (queries(agent, "tickets"), 0 < one <= 12) == (one, True)


@pytest.mark.parametrize("part", ["", "/messages", "/information-requests", "/resolutions", "/history", "/attachments"])
def test_a_ticket_takes_the_same_statements_however_long_it_is(cast, agent, part):
    ticket = ticket_of(cast.customer)
    address = f"tickets/{ticket.number}{part}"
    fill(cast, ticket, NOW)
    agent.get(address)
    one = queries(agent, address)
    for hour in (1, 2):
        fill(cast, ticket, NOW + timedelta(hours=hour))

    assert (queries(agent, address), 0 < one <= 12) == (one, True)


def test_the_catalogue_names_the_codes_a_ticket_may_name(customer):
    product = Product.objects.create(code="ecology", name="АСМО-экология")
    Module.objects.create(product=product, code="air", name="Воздух")
    Module.objects.create(product=product, code="old", name="Старый", retired=True)
    Service.objects.create(code="fixing", name="Исправление ошибок")

    assert customer.get("catalog").json() == {
        "services": [{"code": "fixing", "name": "Исправление ошибок"}],
        "products": [
            {"code": "ecology", "name": "АСМО-экология", "modules": [{"code": "air", "name": "Воздух"}]},
        ],
    }
