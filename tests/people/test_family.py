"""Head offices and branches: who sees whose tickets, and what a family may look like."""

import pytest
from django.db import IntegrityError, transaction

from asmo_support.lib.errors import Refused
from asmo_support.people.actions.people import change_organization
from asmo_support.people.models import Organization, User
from asmo_support.tickets.models import Ticket
from asmo_support.wall.acting import PORTAL, acting_as
from tests.cast import person, ticket_of


def office(name, parent=None):
    return Organization.objects.create(name=f"АО «{name}»", short_name=name, parent=parent)


@pytest.fixture
def family(cast):
    """The head office with its coordinator, a branch, a branch of the branch: a coordinator, a ticket in each."""
    branch = office("Чусовой", cast.home)
    shop = office("Цех в Лысьве", branch)
    people = [cast.coordinator, *(person("coordinator", f"Коорд {n}", one, email=f"co{n}") for n, one in
                                  enumerate([branch, shop]))]  # fmt: skip
    for one in (*people, cast.stranger):
        ticket_of(one, subject=f"Вопрос: {one.organization.short_name}")
    return [cast.home, branch, shop], people


def seen(user):
    user = User.objects.get(pk=user.pk)
    with acting_as(PORTAL, user.organization_ids):
        behind_the_wall = sorted(Ticket.objects.values_list("subject", flat=True))
        asked = sorted(Ticket.objects.visible_to(user).values_list("subject", flat=True))
    assert asked == behind_the_wall
    return asked


def test_a_coordinator_sees_the_own_office_and_what_lies_below_it(family):
    _offices, (head, branch, shop) = family

    assert seen(head) == ["Вопрос: Кама-Металл", "Вопрос: Цех в Лысьве", "Вопрос: Чусовой"]
    assert seen(branch) == ["Вопрос: Цех в Лысьве", "Вопрос: Чусовой"]
    assert seen(shop) == ["Вопрос: Цех в Лысьве"]


def test_a_contact_of_the_head_office_sees_no_branch(family, cast):
    cast.home.visibility = "all"
    cast.home.save()

    with acting_as(PORTAL, cast.customer.organization_ids):
        assert list(Ticket.objects.visible_to(cast.customer).values_list("subject", flat=True)) == [
            "Вопрос: Кама-Металл"
        ]


def test_a_branch_that_leaves_is_not_seen_any_more(family, cast):
    (_home, branch, _shop), (head, *_rest) = family
    change_organization(branch, {"parent": None}, by=cast.lead)

    assert seen(head) == ["Вопрос: Кама-Металл"]


@pytest.mark.parametrize(
    ("which", "under", "words"),
    [
        (0, 2, "A customer cannot be its own head office."),
        (0, 1, "A customer cannot be its own head office."),
        (1, 1, "A customer cannot be its own head office."),
        ("abroad", 2, "Branches lie three levels deep at most: head office, branch, its branch."),
    ],
)
def test_a_family_that_cannot_be_is_refused_in_words(family, cast, which, under, words):
    offices, _people = family
    moved = cast.abroad if which == "abroad" else offices[which]

    with pytest.raises(Refused) as refusal:
        change_organization(moved, {"parent": offices[under]}, by=cast.lead)

    assert (refusal.value.words, refusal.value.field) == (words, "parent")


def test_a_family_with_branches_does_not_go_below_another_branch(family, cast):
    offices, _people = family
    trust = office("Трест")

    with pytest.raises(Refused, match="three levels"):
        change_organization(offices[0], {"parent": trust}, by=cast.lead)


@pytest.mark.parametrize(("which", "under"), [(0, 2), (0, 1), (3, 2)])
def test_the_database_refuses_circles_and_depth_by_itself(family, cast, which, under):
    offices = [*family[0], cast.abroad]

    with pytest.raises(IntegrityError, match="organization_family"), transaction.atomic():
        Organization.objects.filter(pk=offices[which].pk).update(parent=offices[under])
