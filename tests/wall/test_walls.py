"""The second wall alone: what the database itself shows and refuses."""

import pytest
from django.db import ProgrammingError, connection, transaction

from asmo_support.people.models import User
from asmo_support.tickets.actions import conversation
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Message, Ticket
from asmo_support.wall.acting import PORTAL, acting_as
from asmo_support.wall.declare import declared, undeclared
from tests.cast import person, ticket_of


def test_the_portal_sees_rows_of_its_organizations_only(cast):
    own, foreign = ticket_of(cast.customer), ticket_of(cast.stranger)

    with acting_as(PORTAL, [cast.home.pk]):
        seen = list(Ticket.objects.values_list("number", flat=True))

    assert seen == [own.number]
    assert Ticket.objects.count() == 2
    assert foreign.number not in seen


def test_the_portal_never_sees_a_note(cast):
    ticket = ticket_of(cast.customer)
    conversation.note(ticket, Words(text="Для своих."), by=cast.agent)
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent)

    with acting_as(PORTAL, [cast.home.pk]):
        assert list(Message.objects.values_list("text", flat=True)) == ["Смотрим."]


def test_without_a_role_nothing_is_allowed(cast):
    with acting_as("none"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Ticket.objects.count()


def test_tests_run_as_the_login_role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        assert cursor.fetchone() == ("asmo_login",)


def test_every_table_is_declared_and_every_tenant_table_has_its_policies(db):
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, array_agg(policyname ORDER BY policyname) FROM pg_policies GROUP BY 1")
        policies = dict(cursor.fetchall())

    assert undeclared() == []
    assert tables - set(declared()) == set()
    tenants = {table: wall for table, wall in declared().items() if wall.kind == "tenant"}
    narrow = ["portal_insert", "portal_update"]
    assert policies == {
        table: ["desk", "owner", "portal", *(narrow if wall.change else []), "system"]
        for table, wall in tenants.items()
    }


@pytest.mark.case("TI-01")
def test_the_portal_reads_names_of_the_desk_and_writes_its_own_people_alone(cast):
    with acting_as(PORTAL, [cast.home.pk]):
        assert User.objects.filter(pk=cast.agent.pk).count() == 1
        assert User.objects.filter(pk=cast.agent.pk).update(phone="1") == 0
        assert User.objects.filter(pk=cast.stranger.pk).update(phone="1") == 0
        assert User.objects.filter(pk=cast.customer.pk).update(phone="1") == 1
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            person("admin", "Чужой Начальник", email="boss")
