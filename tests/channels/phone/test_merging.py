"""Two customers turn out to be one: their calls and the promises to call them go along."""

from datetime import timedelta

from django.utils import timezone

from asmo_support.channels.models import Call, Callback
from asmo_support.channels.phone.callbacks import Plan, plan
from asmo_support.people import jobs
from asmo_support.people.actions.merging import merge_organizations, merge_people
from tests.cast import person


def test_calls_and_callbacks_go_to_the_customer_that_stays(pbx, caller, cast):
    pbx.tell("newCall")
    promised = plan(promise(caller), by=cast.operator)
    old = caller.organization_id
    assert (pbx.call().organization_id, promised.organization_id) == (old, old)

    merge_organizations(cast.home, cast.abroad, by=cast.lead)
    assert jobs.merge() == 1

    kept = [*Call.objects.all(), *Callback.objects.all()]
    assert [(one.organization, one.person) for one in kept] == [(cast.abroad, caller)] * 2


def test_calls_and_callbacks_of_a_double_belong_to_the_person(pbx, caller, cast):
    pbx.tell("newCall")
    plan(promise(caller), by=cast.operator)
    stays = person("contact", "Ковалева М.", cast.home, email="kovaleva")

    merge_people(caller, stays, by=cast.lead)
    assert jobs.merge() == 1

    assert [one.person for one in (*Call.objects.all(), *Callback.objects.all())] == [stays] * 2


def promise(caller):
    return Plan(
        due_at=timezone.now() + timedelta(hours=1), typed=caller.phone, about="Отчёт", person=caller,
        organization=caller.organization,
    )  # fmt: skip
