"""Who comes in, who may do what, and what a stranger learns: nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.api.policy import POLICY
from asmo_support.lib.files import keep
from asmo_support.people.actions.tokens import create_token, revoke_token
from asmo_support.people.models import AccessToken
from asmo_support.tickets.actions import conversation, filing, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Attachment, Ticket
from tests.api.conftest import Program
from tests.cast import ticket_of

READ = ["", "/messages", "/attachments", "/assignment", "/information-requests", "/resolutions", "/history",
        "/notifications"]  # fmt: skip
DEEDS = [
    ("messages", {"text": "Слово."}), ("assignment", {"assignee": "lead@test.example"}),
    ("information-requests", {"text": "?"}), ("resolutions", {"text": "Готово."}), ("work", {}),
    ("resolutions/1/acceptance", {}), ("resolutions/1/return", {"reason": "Нет."}), ("cancellation", {}),
    ("refusal", {"reason": "Нет."}), ("reopening", {"reason": "Снова."}), ("attachments", {}),
]  # fmt: skip


@pytest.fixture
def reviewed(cast) -> Ticket:
    ticket = ticket_of(cast.customer, at=None)
    lifecycle.propose_resolution(ticket, Words(text="Исправили шаблон."), by=cast.agent)
    return ticket


def told(answer):
    return answer.status_code, answer.headers["Content-Type"], answer.content


@pytest.mark.case("TI-01")
@pytest.mark.parametrize("part", READ)
def test_a_stranger_reads_what_is_not_there(reviewed, stranger, part):
    foreign, missing = stranger.get(f"tickets/{reviewed.number}{part}"), stranger.get(f"tickets/999999999{part}")

    assert (told(foreign), foreign.status_code) == (told(missing), 404)


@pytest.mark.case("TI-01")
@pytest.mark.parametrize(("noun", "body"), DEEDS)
def test_a_stranger_changes_nothing(cast, reviewed, program, noun, body):
    before = Ticket.objects.values().get(pk=reviewed.pk)
    for person in (cast.stranger, cast.colleague):
        foreign = program(person).post(f"tickets/{reviewed.number}/{noun}", body)
        missing = program(person).post(f"tickets/999999999/{noun}", body)
        assert (told(foreign), foreign.status_code) == (told(missing), 404)

    assert Ticket.objects.values().get(pk=reviewed.pk) == before


@pytest.mark.case("TI-01")
def test_a_stranger_triages_nothing(reviewed, stranger):
    foreign = stranger.patch(f"tickets/{reviewed.number}", {"urgency": "high"})

    assert told(foreign) == told(stranger.patch("tickets/999999999", {"urgency": "high"}))


@pytest.fixture
def file(cast, files_root):
    def make(ticket, by):
        kept = keep([b"report"], files_root, name="отчёт.txt", kind="text/plain", limit=100)
        return filing.hand_in(ticket, kept, by=by)

    return make


@pytest.mark.case("TI-03")
def test_a_file_is_found_through_its_own_ticket_only(cast, customer, stranger, file):
    own, foreign = ticket_of(cast.customer), ticket_of(cast.stranger)
    mine, theirs = file(own, cast.customer), file(foreign, cast.stranger)
    asked = [(own, mine), (own, theirs), (foreign, mine), (foreign, theirs)]
    answers = [customer.get(f"tickets/{ticket.number}/attachments/{one.pk}").status_code for ticket, one in asked]

    assert answers == [200, 404, 404, 404]


@pytest.mark.case("TI-03")
def test_a_resolution_is_found_through_its_own_ticket_only(cast, reviewed, customer):
    other = ticket_of(cast.customer, at=None)
    lifecycle.propose_resolution(other, Words(text="Первое."), by=cast.agent)
    lifecycle.send_back(other, by=cast.customer, reason="Нет.")
    lifecycle.propose_resolution(other, Words(text="Второе."), by=cast.agent)

    assert customer.post(f"tickets/{reviewed.number}/resolutions/2/acceptance").status_code == 404
    assert Ticket.objects.get(pk=reviewed.pk).state == "resolution_review"


@pytest.mark.case("AP-03")
def test_a_note_and_its_file_stay_at_the_desk(cast, customer, files_root):
    ticket = ticket_of(cast.customer)
    kept = keep([b"secret"], files_root, name="для-своих.txt", kind="text/plain", limit=100)
    conversation.note(ticket, Words(text="Для своих.", files=[kept]), by=cast.agent)
    pages = b"".join(customer.get(f"tickets/{ticket.number}{part}").content for part in READ).decode()
    file = Attachment.objects.get(internal=True)

    assert ("своих" in pages, "note" in pages) == (False, False)
    assert customer.get(f"tickets/{ticket.number}/attachments/{file.pk}").status_code == 404


@pytest.mark.case("AP-03")
def test_no_answer_carries_a_secret(cast, reviewed, agent):
    pages = b"".join(agent.get(f"tickets/{reviewed.number}{part}").content for part in READ).decode()
    secrets = [cast.customer.password, agent.token, AccessToken.objects.get().digest]

    assert [secret for secret in secrets if secret in pages] == []


ROLES = ["customer", "coordinator", "agent", "lead", "operator", "admin", "release", "security"]
MAY = {
    "messages": ROLES[:5], "assignment": ROLES[2:5], "information-requests": ROLES[2:5], "resolutions": ROLES[2:5],
    "work": ROLES[2:5], "resolutions/1/acceptance": ROLES[:5], "resolutions/1/return": ROLES[:2],
    "cancellation": ROLES[:2], "refusal": ROLES[3:5], "reopening": ROLES[:2], "attachments": ROLES[:5],
}  # fmt: skip


@pytest.mark.parametrize(("noun", "body"), DEEDS)
def test_a_role_without_the_right_is_told_why(cast, reviewed, program, noun, body):
    answers = {role: program(getattr(cast, role)).post(f"tickets/{reviewed.number}/{noun}", body) for role in ROLES}
    refused = {role: answer.json() for role, answer in answers.items() if answer.status_code == 403}

    assert sorted(refused) == sorted(set(ROLES) - set(MAY[noun]))
    assert [one for one in refused.values() if not one["detail"]] == []


def test_a_right_that_is_missing_is_said_before_where_the_ticket_is(cast, reviewed, program):
    answers = [program(one).post(f"tickets/{reviewed.number}/work") for one in (cast.customer, cast.admin, cast.agent)]

    assert [(one.status_code, one.json()["detail"]) for one in answers] == [
        (403, "Это для первой линии, специалистов и руководителей."),
        (403, "Это для первой линии, специалистов и руководителей."),
        (409, "Обращение уже брали в работу; сейчас оно в состоянии «решение на проверке»."),
    ]


def test_staff_without_tickets_of_their_own_write_notes_only(cast, reviewed, program):
    admin = program(cast.admin)
    answers = [
        admin.post(f"tickets/{reviewed.number}/messages", {"text": "Слово.", "internal": internal}).status_code
        for internal in (True, False)
    ]

    assert (answers, admin.post("tickets", {}).status_code) == ([201, 403], 403)
    assert admin.patch(f"tickets/{reviewed.number}", {"urgency": "high"}).status_code == 403


def test_a_customer_writes_no_notes(reviewed, customer):
    answer = customer.post(f"tickets/{reviewed.number}/messages", {"text": "Слово.", "internal": True})

    assert (answer.status_code, bool(answer.json()["detail"])) == (403, True)


@pytest.mark.case("AP-06")
def test_a_token_that_is_wrong_expired_revoked_or_of_a_deactivated_person_opens_nothing(cast, client):
    expired = create_token(cast.agent, by=None, name="old", life=timedelta(seconds=-1))
    revoked, dead = create_token(cast.lead, by=None, name="lost"), create_token(cast.operator, by=None, name="dead")
    revoke_token(AccessToken.objects.get(name="lost"), by=None)
    cast.operator.is_active = False
    cast.operator.save(update_fields=["is_active"])
    answers = [Program(token, client).get("tickets") for token in ("", "asmo_x", expired, revoked, dead)]

    assert [(one.status_code, one.headers["WWW-Authenticate"], one.json()["title"]) for one in answers] == [
        (401, "Bearer", "Unauthorized")
    ] * 5


@pytest.mark.case("AP-06")
def test_a_token_is_kept_as_a_hash(cast):
    tokens = {create_token(cast.agent, by=None, name="one"), create_token(cast.agent, by=None, name="two")}
    kept = {str(value) for row in AccessToken.objects.values() for value in row.values()}

    assert ([len(token) for token in tokens], tokens & kept) == ([48, 48], set())
    assert AccessToken.objects.first().expires_at > timezone.now()


def test_a_key_of_the_desk_waits_for_the_second_factor_where_it_is_required(agent, customer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    answer = agent.get("tickets")

    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert customer.get("tickets").status_code == 200


def test_a_session_does_not_count(cast, client):
    client.force_login(cast.agent, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/api/v1/tickets").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404), ("POST", "/api/v1/tickets/", 404), ("GET", "/api/", 404),
        ("GET", "/api/v2/tickets", 404), ("GET", "/api/v1/tickets/abc", 404), ("DELETE", "/api/v1/tickets", 405),
        ("PUT", "/api/v1/tickets/1", 405), ("GET", "/api/v1/tickets/1/work", 405), ("OPTIONS", "/api/v1/tickets", 405),
    ],
)  # fmt: skip
def test_what_is_not_offered_is_a_problem_document(agent, method, path, status):
    answer = agent.client.generic(method, path, headers={"Authorization": f"Bearer {agent.token}"})

    assert (answer.status_code, answer.headers["Content-Type"], answer.json()["status"]) == (
        status, "application/problem+json", status,
    )  # fmt: skip


def test_a_method_that_is_not_offered_names_those_that_are(agent):
    answer = agent.client.delete("/api/v1/tickets", headers={"Authorization": f"Bearer {agent.token}"})

    assert answer.headers["Allow"] == "GET, POST"


def test_the_policy_names_each_operation():
    from asmo_support.api.description import operations, schema
    from asmo_support.config.policy import every_route_has_a_policy

    faults = [fault.msg for fault in every_route_has_a_policy(None) if "api:" in fault.msg]
    offered = {(path, method.upper()) for path, method, _one in operations(schema())}
    assert faults == []
    assert len(offered) == len([line for line in POLICY if line[0] not in {"api:openapi", "api:docs", "api:cti"}])
