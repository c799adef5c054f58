"""A branch without a contract of its own is served under its head office's: each page of its people says so."""

from datetime import date

import pytest

from asmo_support.contracts.models import Contract
from asmo_support.people.models import Organization
from tests.cast import person


@pytest.fixture
def branch(cast):
    Contract.objects.create(
        organization=cast.home, number="ГО-7", kind="support", starts_on=date(2020, 1, 1), ends_on=date(2099, 1, 1)
    )
    return Organization.objects.create(name="Филиал «Север»", short_name="Север", parent=cast.home)


@pytest.mark.parametrize("role", ["contact", "coordinator"])
@pytest.mark.parametrize("path", ["/", "/tickets/new/", "/organization/"])
def test_people_of_a_branch_read_the_contract_of_the_head_office(branch, browser, role, path):
    answer = browser(person(role, "Анна Северова", branch, email="severova")).get(path)

    assert (answer.status_code, "ГО-7" in answer.content.decode()) == (200, True)


def test_the_page_says_whose_contract_it_is(branch, browser, cast):
    own = browser(person("contact", "Анна Северова", branch, email="severova")).get("/organization/").content.decode()
    desk = browser(cast.lead).get(f"/desk/customers/{branch.pk}/").content.decode()

    assert ["головной организации" in page for page in (own, desk)] == [True, True]


def test_a_branch_without_any_contract_is_told_so(cast, browser):
    alone = Organization.objects.create(name="Филиал «Юг»", short_name="Юг", parent=cast.home)
    page = browser(person("contact", "Пётр Южный", alone, email="yuzhny")).get("/organization/")

    assert "Договор пока не внесён" in page.content.decode()
