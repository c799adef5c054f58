"""Callbacks at the desk: planned from a missed call or by themselves, listed with the overdue first, settled once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asmo_support.channels.models import Callback
from asmo_support.channels.phone.keeping import Spoken, add_call
from asmo_support.people.actions.people import change_person

KAMA = "+7 (342) 200-10-41"


@pytest.fixture
def caller(cast):
    change_person(cast.customer, {"phone": f"8 912 555-01-02, {KAMA} доб. 5"}, by=cast.admin)
    return cast.customer


def missed(cast, **more):
    return add_call(Spoken(**({"direction": "in", "typed": KAMA, "talked": False} | more)), by=cast.operator)


def test_callbacks_stand_with_the_overdue_first_until_they_are_off_the_list(cast, sign_in, caller):
    call, client = missed(cast, person=caller), sign_in(cast.operator)
    for due in ("2030-01-01T10:00", "2020-01-01T10:00"):
        client.post(f"/desk/calls/{call.pk}/callback/", {"typed": KAMA, "due_at": due, "about": f"К {due}"})

    rows = client.get("/desk/calls/callbacks/").context["rows"]
    assert [(one.due_at.year, one.is_overdue, one.organization) for one in rows] == [
        (2020, True, cast.home), (2030, False, cast.home),
    ]  # fmt: skip
    done = [
        client.post(f"/desk/calls/callbacks/{one.pk}/closing/", {"done": n}).status_code for n, one in enumerate(rows)
    ]
    assert (done, client.get("/desk/calls/callbacks/").context["rows"]) == ([302, 302], [])
    assert sorted(Callback.objects.values_list("state", flat=True)) == ["cancelled", "done"]
    assert client.post(f"/desk/calls/callbacks/{rows[0].pk}/closing/", {"done": 1}).status_code == 409


def test_no_promised_callback_is_cut_off_the_list_and_none_costs_a_question(cast, sign_in):
    client = sign_in(cast.operator)
    facts = {"typed": KAMA, "number": "+73422001041", "about": "?", "by": cast.operator, "agent": cast.operator}

    def planned(how_many):
        Callback.objects.bulk_create(Callback(due_at=timezone.now(), **facts) for _ in range(how_many))
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/desk/calls/callbacks/")
        return page, len(asked)

    planned(1)
    one, many = planned(1)[1], planned(49)
    rest = client.get("/desk/calls/callbacks/?page=2")

    assert (one, 'rel="next" href="?page=2"' in many[0].content.decode()) == (many[1], True)
    assert [len(page.context["rows"]) for page in (many[0], rest)] == [50, 1]
    assert 'rel="prev" href="?page=1"' in rest.content.decode()


def test_a_callback_knows_whom_the_number_is_of(cast, sign_in, caller):
    body = {"typed": "73422001041", "due_at": "2030-01-01T10:00", "about": "Форма 2-ТП"}
    sign_in(cast.operator).post("/desk/calls/callbacks/new/", body)

    made = Callback.objects.get()
    assert (made.person, made.organization, made.shown) == (caller, cast.home, "+7 342 200-10-41")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"typed": ""}, "typed"),
        ({"about": " "}, "about"),
        ({"typed": "абв"}, "typed"),
        ({"due_at": "завтра"}, "due_at"),
        ({"due_at": "0001-01-01T10:00"}, "due_at"),
    ],
)
def test_a_callback_says_when_whom_and_what_about(cast, sign_in, more, field):
    body = {"typed": KAMA, "due_at": "2030-01-01T10:00", "about": "Форма 2-ТП"} | more
    answer = sign_in(cast.operator).post("/desk/calls/callbacks/new/", body)

    assert (answer.status_code, list(answer.context["form"].errors), Callback.objects.count()) == (422, [field], 0)


@pytest.mark.parametrize(("typed", "asked"), [(KAMA, True), ("anonymous", False)])
def test_nobody_is_asked_to_call_a_hidden_number_back(cast, sign_in, typed, asked):
    call = missed(cast, typed=typed)
    page = sign_in(cast.operator).get(f"/desk/calls/{call.pk}/").content.decode()

    assert ("somebody should call back" in page, f"/desk/calls/{call.pk}/callback/" in page) == (asked, asked)
