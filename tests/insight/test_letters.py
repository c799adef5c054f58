"""Lists of letters: what is found, pages both ways, counters with ages, and all of it by an index."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asmo_support.channels.models import Arrival, Delivery, Mailbox
from asmo_support.insight.letters import Asked, Place, incoming, outgoing, waiting
from tests.cast import ticket_of

MANY = 100_000
SHOWN = 50


def arrived(**more):
    facts = {"source": "pipe", "sha256": uuid4().hex, "size": 1, "received_at": timezone.now(), "state": "held"}
    return Arrival(**(facts | more))


def written(**more):
    facts = {"kind": "account", "address": "a@b.example", "subject": "Вопрос", "text": "", "message_id": uuid4().hex}
    return Delivery(**(facts | more))


def kept(*rows):
    for one in rows:
        one.save()
    return list(rows)


@pytest.mark.parametrize("words", ["IVAN@zavod", "zavod печать", "петров", "<A.1@mail.zavod>", "Пустая печать"])
def test_a_letter_is_found_by_address_name_subject_and_message_id(cast, words):
    wanted, _other = kept(
        arrived(sender="ivan@zavod.example", sender_name="Иван Петров", subject="Печать пустая", letter_id="a.1@mail.zavod"),
        arrived(sender="olga@other.example", subject="Печать"),
    )  # fmt: skip

    assert incoming(Asked(words=words), Place()).rows == [wanted]


def test_a_number_finds_the_letters_of_a_ticket_both_ways(cast):
    ticket = ticket_of(cast.customer)
    came, _stranger = kept(arrived(ticket=ticket), arrived())
    went, _alien = kept(written(ticket=ticket, organization=ticket.organization), written())
    asked = Asked(words=f"№ {ticket.number}")

    assert (incoming(asked, Place()).rows, outgoing(cast.operator, asked, Place()).rows) == ([came], [went])


def test_days_and_the_mailbox_narrow_the_list(cast):
    box = Mailbox.objects.create(host="h", port=1, address="support@desk.example")
    noon = timezone.make_aware(timezone.datetime(2026, 11, 2, 12))
    wanted, *_others = kept(
        arrived(received_at=noon, mailbox=box), arrived(received_at=noon),
        arrived(received_at=noon - timedelta(days=1), mailbox=box), arrived(received_at=noon + timedelta(days=1), mailbox=box),
    )  # fmt: skip
    day = date(2026, 11, 2)

    assert incoming(Asked(since=day, until=day, mailbox=box.pk), Place()).rows == [wanted]


@pytest.mark.parametrize("oldest", [False, True])
def test_pages_lead_there_and_back(cast, oldest):
    rows = kept(*(arrived() for _ in range(5)))
    asked = Asked(oldest=oldest)
    ordered = rows if oldest else rows[::-1]
    first = incoming(asked, Place(), size=2)
    second = incoming(asked, Place(below=first.below), size=2)
    last = incoming(asked, Place(below=second.below), size=2)
    back = incoming(asked, Place(above=last.above), size=2)

    assert [first.rows, second.rows, last.rows, back.rows] == [ordered[:2], ordered[2:4], ordered[4:], ordered[2:4]]
    assert (first.above, last.below, back.above is not None) == (None, None, True)


def test_letters_with_secrets_are_found_by_the_administrator_alone(cast):
    [secret] = kept(written(secret=True, subject="Новый пароль"))
    asked = Asked(words="пароль")

    found = [outgoing(user, asked, Place()).rows for user in (cast.operator, cast.admin)]
    assert found == [[], [secret]]


def test_what_is_too_short_to_look_for_finds_nothing_and_says_so(cast):
    kept(arrived(subject="Ы"))

    assert (Asked(words="ы").too_short, incoming(Asked(words="ы"), Place()).rows) == (True, [])


def test_each_pile_tells_its_size_and_since_when_it_waits_in_one_statement(cast):
    now = timezone.now()
    long_ago = now - timedelta(days=2)
    kept(arrived(received_at=long_ago), arrived(), arrived(state="quarantined"), arrived(state="stored"),
         written(state="failed", created_at=long_ago), written(state="bounced", settled_at=now),
         written(state="queued", due_at=now + timedelta(hours=1)))  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        found = waiting(cast.operator)

    assert {name: one.count for name, one in found.items()} == {
        "in": 1, "held": 2, "quarantined": 1, "out": 0, "failed": 1,
    }  # fmt: skip
    assert (found["held"].since, found["failed"].since, found["out"].since) == (long_ago, long_ago, None)
    assert len(asked) == 1


@pytest.fixture
def plenty(cast):
    """As many letters as years bring, made by the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO channels_arrival (source, sha256, size, received_at, stored_at, state, decision, sender,"
            " sender_name, subject, letter_id, authserv_id, words, reason, detail, attempts, due_at, authenticated, may_answer)"
            " SELECT 'pipe', md5(n::text), 1, now() - n * interval '1 minute', now(), 'done', 'auto-reply',"
            " 'user' || n || '@customer' || n %% 500 || '.example', '', 'Отчёт за день ' || md5(n::text), n || '@mail',"
            " '', '', '', '', 0, now(), false, false FROM generate_series(1, %s) AS n", [MANY],
        )  # fmt: skip
        cursor.execute(
            "INSERT INTO channels_delivery (kind, address, name, subject, text, html, message_id, state, internal, secret,"
            ' automatic, reply_to, "references", attempts, due_at, answer, created_at, sent_at)'
            " SELECT 'account', 'user' || n || '@customer.example', '', 'Ответ ' || md5(n::text), '', '', n || '@desk',"
            " 'sent', false, false, true, '', '', 1, now(), '250', now(), now() FROM generate_series(1, %s) AS n", [MANY],
        )  # fmt: skip
        cursor.execute("ANALYZE channels_arrival; ANALYZE channels_delivery")


def plan_of(captured):
    [one] = [each["sql"] for each in captured if "SELECT" in each["sql"]][-1:]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, TIMING off) " + one.replace("%", "%%"), [])
        return "\n".join(line for (line,) in cursor.fetchall())


def test_a_rare_letter_among_a_hundred_thousand_is_found_by_an_index(plenty):
    plans = []
    for words in ("user31337@customer337.example", "31337@mail"):
        with CaptureQueriesContext(connection) as captured:
            incoming(Asked(words=words), Place())
        plans.append((plan_of(captured), len(captured)))

    said = [("Seq Scan on channels_arrival" in plan, "arrival_by_words" in plan, asked) for plan, asked in plans]
    assert said == [(False, True, 1)] * 2


def test_a_letter_of_ours_among_a_hundred_thousand_is_found_by_an_index(plenty, cast):
    with CaptureQueriesContext(connection) as captured:
        found = outgoing(cast.operator, Asked(words="user777@customer.example"), Place()).rows
    plan = plan_of(captured)

    assert ("Seq Scan on channels_delivery" in plan, "delivery_by_words" in plan, len(found)) == (False, True, 1)


def test_a_word_of_every_letter_and_the_last_page_are_as_near_as_the_first(plenty):
    common = incoming(Asked(words="отчёт"), Place())
    last = Arrival.objects.order_by("id")[SHOWN].pk
    with CaptureQueriesContext(connection) as captured:
        end = incoming(Asked(), Place(below=last))

    assert (len(common.rows), len(end.rows), "Seq Scan on channels_arrival" in plan_of(captured)) == (
        SHOWN,
        SHOWN,
        False,
    )
