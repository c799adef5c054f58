"""The list of tickets: filters, groups, pages, and how dear it is."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asmo_support.insight import lists
from asmo_support.tickets.actions import assignment, lifecycle
from asmo_support.tickets.actions.conversation import Words
from tests.cast import ticket_of


def numbers(response):
    return [int(number) for number in re.findall(r'class="row-no">(\d+)<', response.content.decode())]


def get(client, query=""):
    return client.get(f"/desk/{query}")


def test_my_move_is_what_is_mine_or_nobodys_and_then_what_waits(cast, sign_in):
    nobodys = ticket_of(cast.customer)
    mine, asked, others = (ticket_of(cast.customer) for _ in range(3))
    assignment.assign(mine, [cast.agent], by=cast.lead)
    assignment.assign(others, [cast.lead], by=cast.lead)
    assignment.assign(asked, [cast.agent], by=cast.lead)
    lifecycle.ask(asked, Words(text="С какого числа?"), by=cast.agent)

    assert numbers(get(sign_in(cast.agent))) == [nobodys.number, mine.number, asked.number]


def test_filters_combine_and_live_in_the_address(cast, sign_in):
    wanted = ticket_of(cast.customer, subject="Двоятся строки")
    assignment.assign(wanted, [cast.lead], by=cast.lead)
    ticket_of(cast.customer, subject="Двоятся итоги")
    ticket_of(cast.stranger, subject="Двоятся строки")

    query = f"?state=in_work&assignee={cast.lead.pk}&customer={cast.home.pk}&words=двоятся"
    assert numbers(get(sign_in(cast.agent), query)) == [wanted.number]


def test_a_chosen_specialist_takes_the_place_of_me(cast, sign_in):
    mine, colleagues, asked = (ticket_of(cast.customer) for _ in range(3))
    assignment.assign(mine, [cast.agent], by=cast.lead)
    for ticket in (colleagues, asked):
        assignment.assign(ticket, [cast.lead], by=cast.lead)
    lifecycle.ask(asked, Words(text="С какого числа?"), by=cast.lead)
    client = sign_in(cast.agent)
    leads, own = get(client, f"?assignee={cast.lead.pk}&choose=1"), get(client, "?assignee=me")

    assert (numbers(leads), numbers(own)) == ([colleagues.number], [mine.number])
    assert said(own) == [("State", "Our move"), ("Specialist", "me")]
    form = leads.context["choosing"]
    assert (form["state"].value(), form["assignee"].value()) == ("provider", str(cast.lead.pk))


def said(page):
    return [(str(chip.name), str(chip.value)) for chip in page.context["chips"]]


@pytest.mark.parametrize("query", ["", "?words=№{}", "?state=all&words={}", "?state=registered&assignee=nobody"])
def test_a_ticket_is_found_by(cast, sign_in, query):
    ticket = ticket_of(cast.customer)

    assert numbers(get(sign_in(cast.agent), query.format(ticket.number))) == [ticket.number]


def test_what_makes_no_sense_is_as_good_as_nothing_said(cast, sign_in):
    ticket = ticket_of(cast.customer)

    query = "?state=%27&assignee=x%00&customer=999999999999999999999&after=tampered&before=%00"
    assert numbers(get(sign_in(cast.agent), query)) == [ticket.number]


@pytest.mark.parametrize(
    "query", ["?words=²", "?words=№" + "9" * 40, "?state=open&assignee=²", "?assignee=" + "9" * 20, "?words=%25"]
)
def test_strange_numbers_break_nothing(cast, sign_in, query):
    ticket_of(cast.customer)

    assert get(sign_in(cast.agent), query).status_code == 200


def test_rows_stand_under_the_headings_of_their_deadlines(cast, sign_in):
    ticket_of(cast.customer, at=datetime.now(UTC) - timedelta(days=30))
    ticket_of(cast.customer, at=datetime.now(UTC) + timedelta(days=60))

    page = get(sign_in(cast.agent)).content.decode()
    assert re.findall(r'<div class="group" role="row"><span role="cell"><b( class="late")?>', page) == [
        ' class="late"',
        "",
    ]


def test_one_page_leads_to_the_next_and_back(cast, sign_in, monkeypatch):
    monkeypatch.setattr(lists.page, "__defaults__", ("", "", 2))
    made = [ticket_of(cast.customer).number for _ in range(5)]
    client = sign_in(cast.agent)

    seen, query = [], ""
    for _ in range(3):
        page = get(client, query)
        seen.append(numbers(page))
        query = link(page, "next")
    assert (seen, query) == ([made[:2], made[2:4], made[4:]], "")

    back = get(client, link(page, "prev"))
    assert numbers(back) == made[2:4]
    first = get(client, link(back, "prev"))
    assert (numbers(first), link(first, "prev"), link(first, "next") != "") == (made[:2], "", True)


def link(page, rel):
    found = re.search(rf'rel="{rel}" href="([^"]*)"', page.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


def test_finished_tickets_are_paged_by_their_end(cast, sign_in, monkeypatch):
    monkeypatch.setattr(lists.page, "__defaults__", ("", "", 2))
    made = []
    for hour in range(3):
        ticket = ticket_of(cast.customer)
        lifecycle.cancel(ticket, by=cast.customer, at=ticket.registered_at + timedelta(hours=hour))
        made.insert(0, ticket.number)
    client = sign_in(cast.agent)
    page = get(client, "?state=done")
    later = get(client, link(page, "next"))

    assert (numbers(page), numbers(later), numbers(get(client, link(later, "prev")))) == (made[:2], made[2:], made[:2])


def test_the_list_costs_the_same_for_one_row_and_for_three(cast, sign_in):
    def cost(query):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get(client, query)
        return len(queries)

    client = sign_in(cast.agent)
    full = f"?state=open&assignee={cast.agent.pk}&customer={cast.home.pk}"
    assignment.assign(ticket_of(cast.customer), [cast.agent], by=cast.lead)
    one = (cost(""), cost(full), cost(f"{full}&choose=1"))
    for _ in range(2):
        assignment.assign(ticket_of(cast.customer), [cast.agent, cast.lead], by=cast.lead)

    assert (cost(""), cost(full), cost(f"{full}&choose=1")) == one
    assert one[0] <= 12


def test_an_empty_list_says_what_to_do(cast, sign_in):
    client = sign_in(cast.agent)

    assert get(client).content.decode().count('class="empty"') == 1
    assert "?state=all&amp;words=%D0%BD%D0%B5%D1%82" in get(client, "?words=нет").content.decode()


def test_a_subject_of_ten_thousand_characters_is_one_row(cast, sign_in):
    ticket = ticket_of(cast.customer, subject="Ж" * 10_000)

    assert numbers(get(sign_in(cast.agent))) == [ticket.number]


@pytest.mark.case("PW-01")
def test_what_a_customer_writes_is_shown_and_never_run(cast, sign_in):
    cast.customer.name = "<img src=x onerror=alert(1)>"
    cast.customer.save()
    ticket_of(cast.customer, subject="<script>alert(1)</script>")

    page = get(sign_in(cast.agent)).content.decode()
    assert (page.count("<script>alert"), page.count("&lt;script&gt;alert"), page.count("<img src=x")) == (0, 1, 0)


def test_the_desk_does_not_exist_for_customers(cast, sign_in):
    assert get(sign_in(cast.coordinator)).status_code == 404
