"""A large believable database, written with COPY: 200 organizations, Russian text, three messages a ticket.

python -m bench.generate 20000        (into the database of ASMO_HOME; refuses one that has tickets)
"""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from asmo_support.config import boot

SEED = 20261122
ORGANIZATIONS, PEOPLE_EACH, AGENTS = 200, 5, 20
WORDS = [
    "не",
    "печатается",
    "форма",
    "отчёт",
    "склад",
    "остатки",
    "расчёт",
    "себестоимость",
    "табель",
    "сотрудник",
    "ошибка",
    "запрос",
    "конструктор",
    "таблица",
    "выгрузка",
    "обновление",
    "версия",
    "модуль",
    "планирование",
    "цех",
    "документ",
    "накладная",
    "пароль",
    "сервер",
    "терминал",
    "письмо",
    "расписание",
    "справочник",
    "подразделение",
    "показатель",
    "метан",
    "выбросы",
    "квартал",
    "год",
    "итог",
    "строка",
    "удваивается",
    "округление",
    "кнопка",
    "окно",
]
STATES = (
    ["registered"] * 5 + ["in_work"] * 10 + ["waiting_information"] * 4 + ["resolution_review"] * 4 + ["closed"] * 77
)
QUEUE = {"registered": 0, "in_work": 0, "waiting_information": 1, "resolution_review": 1, "closed": 2}


def main(tickets: int) -> None:
    boot.boot(as_owner=True)
    from django.db import connection, transaction

    _force("NO FORCE")
    with transaction.atomic():
        _people()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM tickets_ticket")
            if cursor.fetchone()[0]:
                sys.exit("There are tickets already: take an empty ASMO_HOME.")
            for table, columns, rows in _tables(tickets):
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            cursor.execute("SELECT setval('ticket_number', 1000 + %s)", [tickets])
            for table in ("ticket", "message", "clock", "assignment", "pause"):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('tickets_{table}', 'id'), max(id)) FROM tickets_{table}"
                )
    _force("FORCE")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{tickets} tickets, {tickets * 3} messages, {ORGANIZATIONS} organizations")


def _force(force: str) -> None:
    """COPY refuses a table whose owner is bound by its row policies: unbound while the generator writes."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("ticket", "message", "clock", "assignment", "pause"):
            cursor.execute(f"ALTER TABLE tickets_{table} {force} ROW LEVEL SECURITY")


def _people() -> None:
    from asmo_support.people.models import Organization, User

    organizations = [
        Organization(name=f"ООО «Завод {n:03}»", short_name=f"Завод {n:03}", sort_name=f"завод {n:03}")
        for n in range(ORGANIZATIONS)
    ]
    Organization.objects.bulk_create(organizations)
    people = [
        User(
            email=f"p{n}-{k}@z{n}.example",
            name=f"Иван Петров {n}-{k}",
            sort_name=f"иван {n}-{k}",
            role="contact",
            organization=one,
            password="!",
        )
        for n, one in enumerate(organizations)
        for k in range(PEOPLE_EACH)
    ]
    people += [
        User(
            email=f"agent{n}@bench.example",
            name=f"Анна Лебедева {n}",
            sort_name=f"анна {n}",
            role="engineer",
            password="!",
        )
        for n in range(AGENTS)
    ]
    User.objects.bulk_create(people)


def _tables(tickets: int) -> Iterator[tuple[str, str, Iterator[tuple[Any, ...]]]]:
    from asmo_support.people.models import User
    from asmo_support.sla.models import RegulationVersion

    people = list(User.objects.filter(role="contact", email__endswith=".example").values_list("pk", "organization_id"))
    agents = list(User.objects.filter(role="engineer", email__startswith="agent").values_list("pk", flat=True))
    rules = RegulationVersion.objects.get(regulation__slug="default", n=1).pk
    made = list(_tickets(tickets, people, agents))
    yield (
        "tickets_ticket",
        "id, number, organization_id, requester_id, author_id, channel, subject, description, kind, critical, standard, impact,"
        " urgency, priority, state, state_since, closing_reason, registered_at, closed_at, queue, queue_at, last_word, last_word_at,"
        " last_word_by_id, agents, regulation_id, planned_owed, coverage",
        (
            (*row[:24], [] if row[14] == "registered" else [_agent(row[0], agents)], rules, False, "covered")
            for row in made
        ),
    )
    yield (
        "tickets_message",
        "id, ticket_id, organization_id, author_id, internal, channel, text, at",
        (message for row in made for message in _messages(row, agents)),
    )
    yield (
        "tickets_clock",
        "id, ticket_id, organization_id, target, state, norm_minutes, started_at, due_at, met_at, breach_told, calendar,"
        " warned, source",
        (clock for row in made for clock in _clocks(row)),
    )
    yield (
        "tickets_assignment",
        "id, ticket_id, organization_id, agent_id, at",
        ((row[0], row[0], row[2], _agent(row[0], agents), row[17]) for row in made if row[14] != "registered"),
    )
    yield (
        "tickets_pause",
        "id, ticket_id, organization_id, why, started_at, ended_at",
        ((row[0], row[0], row[2], "question", row[15], None) for row in made if QUEUE[row[14]] == 1),
    )


def _tickets(count: int, people: list[tuple[int, int]], agents: list[int]) -> Iterator[tuple[Any, ...]]:
    luck, now = random.Random(SEED), datetime.now(UTC)
    for pk in range(1, count + 1):
        person, organization = luck.choice(people)
        at = now - timedelta(minutes=(count - pk) * 3 + luck.randrange(600))
        state = luck.choice(STATES) if pk < count * 0.98 else luck.choice(STATES[:23])
        closed = at + timedelta(hours=luck.randrange(1, 200)) if state == "closed" else None
        queue_at = closed or at + timedelta(hours=luck.randrange(2, 60))
        yield (
            pk, 1000 + pk, organization, person, person, "web", _subject(luck, pk), _text(luck, 60), "bug", False, True, "person",
            "normal", 2, state, at, "", at, closed, QUEUE[state], queue_at, _text(luck, 12)[:160], at, luck.choice(agents),
        )  # fmt: skip


def _messages(row: tuple[Any, ...], agents: list[int]) -> Iterator[tuple[Any, ...]]:
    luck = random.Random(row[0])
    for n in range(3):
        author = row[3] if n == 1 else luck.choice(agents)
        yield (
            row[0] * 3 + n,
            row[0],
            row[2],
            author,
            n == 2,
            "web",
            _text(luck, 40),
            row[17] + timedelta(minutes=30 * n + 5),
        )


def _clocks(row: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    done, waits = row[14] == "closed", QUEUE[row[14]] == 1
    reacted = row[14] != "registered"
    yield (
        row[0] * 2,
        row[0],
        row[2],
        "reaction",
        "met" if reacted else "running",
        120,
        row[17],
        None if reacted else row[20],
        row[17] if reacted else None,
        True,
        "default@1",
        90,
        "regulation",
    )
    state = "met" if done else "paused" if waits else "running"
    yield (
        row[0] * 2 + 1,
        row[0],
        row[2],
        "resolution",
        state,
        480,
        row[17],
        row[20] if state == "running" else None,
        row[18],
        True,
        "default@1",
        90,
        "regulation",
    )


def _agent(pk: int, agents: list[int]) -> int:
    return agents[pk % len(agents)]


def _subject(luck: random.Random, pk: int) -> str:
    """Six words, each in one subject of seven; «муфта» is in one of four hundred."""
    return _text(luck, 6) + (" муфта" if pk % 400 == 0 else "")


def _text(luck: random.Random, words: int) -> str:
    return " ".join(luck.choices(WORDS, k=words)).capitalize()


if __name__ == "__main__":
    main(int(sys.argv[1]))
