"""Events of an exchange: late, twice, in any order, about anybody."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from asmo_support.channels.models import Call
from asmo_support.channels.phone import hearing
from asmo_support.channels.phone.queries import ringing_for
from asmo_support.channels.phone.reading import PbxEvent
from asmo_support.channels.phone.settling import give_up
from asmo_support.people.actions.people import change_person
from tests.cast import person

AT = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)


def event(kind, **more):
    return PbxEvent(
        **{"kind": kind, "key": "c1", "direction": "in", "source": "73422001041", "target": "74951234567"} | more
    )


def states(pbx, kinds, **more):
    for number, kind in enumerate(kinds):
        hearing.hear(event(kind, **more), pbx.exchange, at=AT + timedelta(seconds=30 * number))
    return pbx.call()


def test_a_call_rings_is_answered_and_ends_with_its_length(pbx, caller):
    call = states(pbx, ["new", "answer", "hangup"], answering="engineer@test.example")

    assert (call.state, call.length, call.agent.role) == ("ended", timedelta(seconds=30), "engineer")
    assert (call.person, call.organization, call.shown) == (caller, caller.organization, "+7 342 200-10-41")


@pytest.mark.parametrize("source", ["73422001041@sip.host", '"Марина" <sip:+73422001041@host>'])
def test_a_caller_is_known_by_the_address_of_an_exchange(pbx, caller, source):
    call = states(pbx, ["new"], source=source)

    assert (call.person, call.shown) == (caller, "+7 342 200-10-41")


@pytest.mark.parametrize("order", list(permutations(["new", "answer", "hangup"])))
def test_in_any_order_and_twice_it_is_one_call_that_was_answered(pbx, caller, order):
    call = states(pbx, [*order, *order])

    assert (Call.objects.count(), call.state, call.settled_at) == (1, "ended", None)


@pytest.mark.parametrize(
    "order", [["new", "hangup"], ["hangup", "new"], ["hangup"], ["new", "hangup", "hangup", "new"]]
)
def test_a_hangup_before_an_answer_is_a_missed_call(pbx, caller, order):
    call = states(pbx, order, cause="noAnswer")

    assert (call.state, call.awaits_callback, call.length, ringing_for(caller)) == ("missed", True, None, [])


def test_a_call_that_is_over_rings_nowhere_when_its_beginning_comes_late(pbx, cast):
    states(pbx, ["hangup", "new"])

    assert (ringing_for(cast.operator), pbx.call().rings.count()) == ([], 0)


def test_it_rings_at_whom_the_exchange_names_and_else_at_the_operators(pbx, cast):
    change_person(cast.agent, {"extension": "101"}, by=cast.admin)
    hearing.hear(event("new", key="a", target="101"), pbx.exchange)
    hearing.hear(event("new", key="b", people=("Павел Орлов", "101")), pbx.exchange)
    hearing.hear(event("new", key="c"), pbx.exchange)

    shown = {one.role: [call.key for call in ringing_for(one)] for one in (cast.agent, cast.lead, cast.operator)}
    assert shown == {"engineer": ["a", "b"], "lead": ["b"], "operator": ["c"]}


def test_who_answers_keeps_the_card_and_the_others_lose_it(pbx, cast):
    both = person("operator", "Нина Фомина", email="second")
    hearing.hear(event("new"), pbx.exchange)
    assert [len(ringing_for(one)) for one in (cast.operator, both)] == [1, 1]

    hearing.hear(event("answer", answering="second@test.example"), pbx.exchange)

    assert [len(ringing_for(one)) for one in (cast.operator, both)] == [0, 1]


def test_who_takes_a_call_that_rang_at_others_gets_the_card(pbx, cast):
    hearing.hear(event("new"), pbx.exchange)

    hearing.hear(event("answer", answering="engineer@test.example"), pbx.exchange)

    assert [len(ringing_for(one)) for one in (cast.operator, cast.agent)] == [0, 1]


def test_a_talk_among_colleagues_is_not_kept(pbx, cast):
    change_person(cast.agent, {"extension": "101"}, by=cast.admin)

    for kind in ("new", "answer", "hangup"):
        assert hearing.hear(event(kind, source="101", target="102"), pbx.exchange) is None
    assert Call.objects.count() == 0


def test_a_hidden_number_is_nobodys(pbx, cast):
    call = hearing.hear(event("new", source="anonymous"), pbx.exchange)

    assert (call.number, call.shown, call.organization, len(ringing_for(cast.operator))) == ("", "", None, 1)


def test_a_number_of_two_people_names_the_customer_and_leaves_the_person_open(pbx, cast, caller):
    change_person(cast.colleague, {"phone": caller.phone}, by=cast.admin)

    call = hearing.hear(event("new"), pbx.exchange)

    assert (call.person, call.organization) == (None, cast.home)


@pytest.mark.parametrize(
    ("direction", "answered", "settled"), [("out", True, True), ("in", True, True), ("out", False, False)]
)
def test_a_missed_call_is_settled_by_a_talk_with_the_same_number(pbx, caller, cast, direction, answered, settled):
    states(pbx, ["new", "hangup"])
    ends = {"source": "74951234567", "target": "83422001041"} if direction == "out" else {}
    for kind in ["new", *(["answer"] if answered else []), "hangup"]:
        later = AT + timedelta(hours=1)
        hearing.hear(
            event(kind, key="c2", direction=direction, people=("Анна Лебедева",), **ends), pbx.exchange, at=later
        )

    missed = pbx.call()
    assert (bool(missed.settled_at), missed.settled_by) == (settled, cast.agent if settled else None)


def test_calls_whose_end_nobody_told_are_ended(pbx, caller, cast):
    hearing.hear(event("new", key="rings"), pbx.exchange, at=timezone.now() - timedelta(minutes=11))
    for kind in ("new", "answer"):
        hearing.hear(event(kind, key="talks"), pbx.exchange, at=timezone.now() - timedelta(hours=7))
    hearing.hear(event("new", key="young"), pbx.exchange)

    assert give_up() == 2
    found = {key: (call.state, call.length) for key in ("rings", "talks", "young") if (call := pbx.call(key))}
    assert found == {"rings": ("missed", None), "talks": ("ended", None), "young": ("ringing", None)}
