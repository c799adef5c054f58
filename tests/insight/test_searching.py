"""Words and specialists are found in the order of the list, by whichever of the two ways it goes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asmo_support.insight import lists, searching
from asmo_support.insight.lists import Filter, page
from asmo_support.tickets.actions.assignment import assign
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of

SUBJECTS = ["Табель пуст", "Метан за квартал", "Пустой отчёт", "Отчёт: метан", "Метан", "квартал метан отчёт"]


@pytest.mark.parametrize("words", ["метан", "отчёт метан", "табель", "ничего", "%", "Метан за"])
@pytest.mark.parametrize(("size", "through"), [(2, 1), (2, 4), (2, 50), (10, 3), (10, 50)])
def test_both_ways_give_what_filtering_the_whole_list_gives(cast, words, size, through):
    for subject in SUBJECTS:
        ticket_of(cast.customer, subject=subject)
    ordered, wanted = Ticket.objects.order_by("queue", "queue_at", "pk"), searching.wanted(words)

    found = searching.first(ordered, wanted, wanted, size, through)

    assert list(found) == list(ordered.filter(wanted)[:size])


def test_every_word_is_wanted_in_any_order(cast):
    made = {subject: ticket_of(cast.customer, subject=subject).pk for subject in SUBJECTS}

    found = page(cast.agent, Filter(state="all", words="  МЕТАН отчёт "))

    assert {one.ticket.pk for one in found.rows} == {made["Отчёт: метан"], made["квартал метан отчёт"]}


def test_pages_of_found_tickets_go_there_and_back(cast):
    made = [ticket_of(cast.customer, subject="Метан").pk for _ in range(5)]
    asked = Filter(state="all", words="метан")

    one = page(cast.agent, asked, size=2)
    two = page(cast.agent, asked, after=one.next, size=2)
    three = page(cast.agent, asked, after=two.next, size=2)
    back = page(cast.agent, asked, before=three.previous, size=2)

    assert [[row.ticket.pk for row in part.rows] for part in (one, two, three, back)] == [
        made[:2],
        made[2:4],
        made[4:],
        made[2:4],
    ]
    assert (one.previous, three.next) == ("", "")


@pytest.mark.parametrize("through", [1, 50])
def test_a_specialist_finds_his_own_by_either_way(cast, through):
    mine, theirs, nobodys = (ticket_of(cast.customer, subject="Метан") for _ in range(3))
    assign(theirs, [cast.lead], by=cast.lead)
    assign(mine, [cast.lead, cast.agent], by=cast.lead)
    ordered = Ticket.objects.order_by("queue", "queue_at", "pk")

    found = []
    for whose, words in (("me", ""), ("me", "метан"), ("nobody", ""), (str(cast.lead.pk), "метан"), ("me", "табель")):
        asked = Filter(state="all", assignee=whose, words=words)
        ways = lists._narrow(cast.agent, asked), lists._by_index(cast.agent, asked)
        found.append({one.pk for one in searching.first(ordered, *ways, 10, through)})

    assert found == [{mine.pk}, {mine.pk}, {nobodys.pk}, {mine.pk, theirs.pk}, set()]


def test_words_cost_no_statement_more(cast):
    ticket_of(cast.customer, subject="Метан")

    counted = []
    for asked in (Filter(state="all"), Filter(state="all", words="метан")):
        with CaptureQueriesContext(connection) as said:
            page(cast.agent, asked)
        counted.append(len(said))

    assert counted == [4, 4]


def test_a_single_finished_state_is_read_in_order_from_the_index_of_what_is_done(cast):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    rows = lists._done_order(lists.chosen(cast.agent, Filter(state="closed")), [], back=False)

    assert "ticket_done" in rows[:50].explain()
