"""The door of exchanges: every shape of a good event, and no trouble from a bad one."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from asmo_support.channels.models import Call, Exchange
from asmo_support.channels.phone import exchanges, hearing
from asmo_support.channels.phone.reading import PbxEvent, read
from asmo_support.lib.errors import Unreadable
from asmo_support.wall.acting import DESK, acting_as

GOOD = {"event": "newCall", "from": "73422001041", "to": "74951234567", "direction": "in", "callId": "c1"}
FORM = b"event=newCall&from=73422001041&to=74951234567&direction=in&callId=c1"
FORMS = "application/x-www-form-urlencoded"
JSON = "application/json"
FILE = b'--edge\r\nContent-Disposition: form-data; name="event"; filename="a.txt"\r\n\r\nhangup\r\n'
PARTS = "multipart/form-data; boundary=edge"
AT = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)


def parts(pairs):
    """A form as `curl -F` sends it."""
    ends = [f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs]
    return "".join([*ends, "--edge--\r\n"]).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (parts([*GOOD.items(), ("user[]", "Anna"), ("user[]", "Timur")]), PARTS),
        (FILE + parts([*GOOD.items(), ("user[0]", "Anna"), ("user[1]", "Timur")]), PARTS),
        (FORM + b"&user%5B%5D=Anna&user%5B%5D=Timur", FORMS),
        (FORM + b"&user=Anna&user=Timur", FORMS + "; charset=utf-8"),
        (FORM + b"&user[0]=Anna&user[1]=Timur&queue=help", ""),
        (json.dumps(GOOD | {"user": ["Anna", "Timur"]}).encode(), JSON),
        (json.dumps(GOOD | {"user[]": ["Anna", "Timur"]}).encode(), "application/json; charset=utf-8"),
        (json.dumps(GOOD | {"user": ["Anna", "Timur"], "from": 73422001041, "cause": None}).encode(), JSON),
    ],
)
def test_forms_and_json_say_the_same(body, kind):
    wanted = PbxEvent(
        kind="new", key="c1", direction="in", source=GOOD["from"], target=GOOD["to"], people=("Anna", "Timur")
    )

    assert read(body, kind) == wanted


BAD = [
    (b"", FORMS), (b"\xff\xfe", FORMS), (b"&" * 9000, FORMS), (b"a=1" + b"&b=2" * 100, FORMS), (b"[" * 9000, JSON),
    (b"null", JSON), (b"[1]", JSON), (b"{", JSON), (b"\x00", JSON), (b'{"event": {"a": 1}}', JSON), (FORM, JSON),
    (FORM, PARTS), (FORM, "multipart/form-data"), (parts([("event", "explode")]), PARTS), (b"--edge", PARTS),
    (parts([("a", "1")] * 5000)[: 16 * 1024], PARTS), (parts([("event", "newCall")]).replace(b"edge", b"other"), PARTS),
    (FORM.replace(b"newCall", b"explode"), FORMS), (FORM.replace(b"=in", b"=sideways"), FORMS),
    (FORM.replace(b"=c1", b"="), FORMS), (FORM.replace(b"=c1", b"=" + b"x" * 251), FORMS),
    (FORM.replace(b"=c1", b"=%00"), FORMS), (FORM.replace(b"=c1", b"=%ff"), FORMS),
    (FORM.replace(b"from=7", b"from=" + b"7" * 200), FORMS), (FORM + b"&user=" + b"x" * 101, FORMS),
    (json.dumps(GOOD | {"callId": "\ud800"}).encode(), JSON), (json.dumps(GOOD | {"user": [{}]}).encode(), JSON),
    (json.dumps(GOOD | {"from": ["1", ["2"]], "to": [[]]}).encode(), JSON),
    (json.dumps(GOOD).replace('"c1"', "9" * 4000).encode(), JSON),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind"), BAD)
def test_rubbish_is_answered_with_a_sentence_and_changes_nothing(pbx, body, kind):
    answer = pbx.client.post(pbx.address, body, content_type=kind)

    assert (answer.status_code, bool(answer.json()["detail"]), Call.objects.count()) == (400, True, 0)


@given(some.binary(max_size=200), some.sampled_from([FORMS, JSON, "", "text/plain", "multipart/form-data", PARTS]))
def test_no_bytes_break_the_reading(body, kind):
    with suppress(Unreadable):
        assert read(body, kind).key.isprintable()


@pytest.mark.parametrize("tail", ["", "/"])
def test_an_event_is_taken_without_a_session_or_a_token_of_a_page(pbx, tail):
    answer = pbx.send(GOOD, pbx.address + tail)

    assert (answer.status_code, answer.json(), pbx.call().state) == (200, {}, "ringing")


def test_an_unknown_address_and_a_revoked_one_answer_the_same(pbx, cast):
    exchanges.revoke(pbx.exchange, by=cast.admin)
    asked = [pbx.address, "/api/v1/cti/never-made", "/api/v1/cti/" + "a" * 200, "/api/v1/cti/" + "я" * 50]
    answers = [pbx.send(body, one) for one in asked for body in (GOOD, {}, {"event": "x" * 20_000})]

    assert {(one.status_code, one.content) for one in answers} == {(404, answers[0].content)}
    assert Call.objects.count() == 0


def test_a_long_body_is_refused_unread(pbx):
    assert pbx.send(GOOD | {"x": "y" * 20_000}).status_code == 413


def test_a_wild_exchange_is_stopped_for_the_rest_of_its_minute(pbx, monkeypatch):
    monkeypatch.setattr(hearing, "MOST_IN_A_MINUTE", 2)
    seconds = (0, 10, 20, 60)

    assert [hearing.may_speak(pbx.exchange, at=AT + timedelta(seconds=one)) for one in seconds] == [
        True,
        True,
        False,
        True,
    ]


def test_a_wild_exchange_is_told_when_to_come_again(pbx, monkeypatch):
    monkeypatch.setattr(hearing, "MOST_IN_A_MINUTE", 0)
    answer = pbx.tell("newCall")

    assert (answer.status_code, answer["Retry-After"], Call.objects.count()) == (429, "60", 0)


def test_a_cookie_of_somebody_gives_an_exchange_nothing_more_or_less(pbx, cast):
    pbx.client.force_login(cast.customer, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert (pbx.send(GOOD).status_code, Call.objects.count()) == (200, 1)


def test_only_the_hash_of_an_address_is_kept(pbx):
    token = pbx.address.rsplit("/", 1)[1]
    with acting_as(DESK):
        row = Exchange.objects.values().get()

    assert token not in str(row)
    assert row["digest"] == exchanges.digest(token)
