"""Registering in a customer's name: the requester is found, a contract is shown and never blocks."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from asmo_support.contracts.models import Contract
from asmo_support.people.queries import find_requesters
from asmo_support.tickets.models import Ticket

NEW = "/desk/tickets/new/"


def body(person, **more):
    return {
        "requester": person.pk, "channel": "phone", "kind": "bug", "subject": "Не печатается форма",
        "text": "Пустой лист.", "impact": "person", "urgency": "normal",
    } | more  # fmt: skip


def test_a_call_is_a_ticket_with_requester_and_author_that_has_been_reacted_to(cast, sign_in):
    answer = sign_in(cast.operator).post(NEW, body(cast.customer, expected_at="2027-01-15"))

    ticket = Ticket.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/tickets/{ticket.number}/")
    assert (ticket.requester, ticket.author, ticket.channel) == (cast.customer, cast.operator, "phone")
    assert (ticket.clocks.get(target="reaction").state, ticket.expected_at) == ("met", date(2027, 1, 15))


def test_files_come_with_it(cast, sign_in, files_root):
    sign_in(cast.operator).post(NEW, body(cast.customer, files=SimpleUploadedFile("снимок.png", b"png")))

    assert list(Ticket.objects.get().attachments.values_list("name", "size")) == [("снимок.png", 3)]


@pytest.mark.parametrize("words", ["ковал", "Марина кама", "customer@", "северная щербаков", "8 342 555-01-12"])
def test_people_are_found_by_name_organization_address_and_phone(cast, words):
    cast.customer.phone = "+7 (342) 555-01-12"
    cast.customer.save()
    wanted = cast.stranger if "северная" in words else cast.customer

    assert find_requesters(cast.operator, words) == [wanted]


def test_percent_signs_are_no_pattern(cast):
    assert find_requesters(cast.operator, "%") == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"text": " "}, "text"),
        ({"kind": "change", "critical": "on"}, "critical"),
        ({"expected_at": "0001-01-01"}, "expected_at"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_the_rest_stays(cast, sign_in, more, field):
    answer = sign_in(cast.operator).post(NEW, body(cast.customer, **more))

    assert (answer.status_code, list(answer.context["form"].errors), Ticket.objects.count()) == (422, [field], 0)
    assert answer.context["who"] == cast.customer


def test_nobody_of_the_desk_can_be_the_requester(cast, sign_in):
    answer = sign_in(cast.operator).post(NEW, body(cast.lead))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["requester"])


@pytest.mark.parametrize(("ends", "in_force"), [(timedelta(days=10), True), (timedelta(days=-10), False)])
def test_the_contract_is_shown_and_blocks_nothing(cast, sign_in, ends, in_force):
    today = timezone.localdate()
    Contract.objects.create(
        organization=cast.home,
        number="45-С",
        kind="support",
        starts_on=today - timedelta(days=400),
        ends_on=today + ends,
    )
    client = sign_in(cast.operator)
    page = client.get(f"{NEW}?requester={cast.customer.pk}")
    client.post(NEW, body(cast.customer))

    shown = page.context["coverage"]
    assert (shown.contract.number, shown.in_force, Ticket.objects.count()) == ("45-С", in_force, 1)


def test_a_branch_is_covered_by_the_contract_of_the_head_office(cast, sign_in):
    cast.abroad.parent = cast.home
    cast.abroad.save()
    Contract.objects.create(organization=cast.home, number="1", kind="support", starts_on=date(2020, 1, 1))

    page = sign_in(cast.operator).get(f"{NEW}?requester={cast.stranger.pk}")
    assert page.context["coverage"].in_force is True


@pytest.mark.parametrize("role", ["release", "security", "admin"])
def test_readers_register_nothing(cast, sign_in, role):
    client = sign_in(getattr(cast, role))

    assert (client.get(NEW).status_code, client.post(NEW, body(cast.customer)).status_code) == (403, 403)
