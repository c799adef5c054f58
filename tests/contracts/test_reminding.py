"""The end of a contract: both sides are reminded sixty, thirty and seven days before it, once, in working hours."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from asmo_support.channels.models import Delivery
from asmo_support.contracts.actions.keeping import add_contract
from asmo_support.contracts.jobs import due_for_reminding, remind
from asmo_support.contracts.models import Contract
from asmo_support.journal import errands
from asmo_support.journal.models import Event

# A Tuesday, 10:00 in Moscow.
TUESDAY = datetime(2026, 11, 17, 7, tzinfo=UTC)
DAY = timedelta(days=1)


def contract(cast, ends_on, **more):
    facts = {"number": "45-С/2026", "kind": "support", "starts_on": date(2025, 1, 1), "ends_on": ends_on} | more
    return add_contract(cast.home, facts, by=cast.operator)


def told():
    errands.drain()
    return list(Delivery.objects.order_by("id").values_list("address", "subject"))


def test_both_sides_get_one_letter_at_each_date(cast):
    contract(cast, date(2027, 1, 16))
    done = [remind(TUESDAY + days * DAY) for days in (-1, 0, 1, 30, 31, 56, 57, 59)]

    assert done == [0, 1, 0, 1, 0, 1, 0, 0]
    ending = Event.objects.filter(kind="contract.ending").order_by("id")
    assert list(ending.values_list("data__days", flat=True)) == [60, 30, 4]
    addresses = [address.partition("@")[0] for address, _subject in told()]
    assert addresses == ["lead", "operator", "coordinator"] * 3


def test_the_letter_says_what_ends_and_when_in_the_readers_words(cast):
    contract(cast, date(2026, 12, 8), budget_minutes=2400)
    remind(TUESDAY)

    assert told() == [
        ("lead@test.example", "Кама-Металл: Договор 45-С/2026 кончается через 21 день"),
        ("operator@test.example", "Кама-Металл: Договор 45-С/2026 кончается через 21 день"),
        ("coordinator@test.example", "Договор 45-С/2026 кончается через 21 день"),
    ]
    text = Delivery.objects.order_by("id").last().text
    assert text.startswith("Договор действует по 8 декабря 2026 включительно. Чтобы продлить его, напишите")
    assert ("Осталось часов: 40:00 из 40:00" in text, "/contracts/" in text, "/desk/" in text) == (True, True, False)


def test_outside_working_hours_nobody_is_reminded(cast):
    contract(cast, date(2026, 12, 8))
    night, sunday = datetime(2026, 11, 17, 1, tzinfo=UTC), datetime(2026, 11, 22, 9, tzinfo=UTC)

    assert [remind(night), remind(sunday), remind(TUESDAY + DAY)] == [0, 0, 1]


def test_what_has_ended_or_goes_on_by_a_new_contract_is_left_alone(cast):
    contract(cast, date(2026, 11, 16))
    contract(cast, date(2026, 12, 31), number="2")
    contract(cast, date(2027, 12, 31), number="3", starts_on=date(2027, 1, 1))

    assert (remind(TUESDAY), Contract.objects.filter(reminded_days__isnull=False).count()) == (0, 0)


def test_a_quiet_minute_costs_one_statement_by_the_index(cast):
    with CaptureQueriesContext(connection) as queries:
        remind(TUESDAY)
    # Enough rows that the planner has a reason to choose, and knows of them.
    Contract.objects.bulk_create(
        Contract(organization=cast.home, number=str(n), kind="support", starts_on=date(2000, 1, 1),
                 ends_on=date(2030, 1, 1) + timedelta(days=n)) for n in range(2000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE contracts_contract")
    plan = due_for_reminding(TUESDAY).explain()

    statements = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert (len(statements), "contract_by_end" in plan) == (1, True)
