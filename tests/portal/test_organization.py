"""The organization: people and contracts for everybody, the choice for the coordinator."""

from asmo_support.journal.models import Event
from asmo_support.people.models import Organization


def test_people_and_contracts_of_the_own_organization_only(cast, browser):
    page = browser(cast.customer).get("/organization/").content.decode()

    assert "Сергей Третьяков" in page
    assert "Роман Щербаков" not in page
    assert "Анна Лебедева" not in page


def test_the_coordinator_chooses_whose_tickets_colleagues_see(cast, browser):
    answer = browser(cast.coordinator).post("/organization/", {"visibility": "all"})

    assert answer.status_code == 302
    assert Organization.objects.get(pk=cast.home.pk).visibility == "all"
    assert Event.objects.filter(kind="organization.visibility-chosen", by=cast.coordinator).count() == 1


def test_a_contact_is_told_who_chooses(cast, browser):
    answer = browser(cast.customer).post("/organization/", {"visibility": "all"})

    assert answer.status_code == 403
    assert Organization.objects.get(pk=cast.home.pk).visibility == "own"


def test_a_choice_that_is_not_offered_is_refused(cast, browser):
    answer = browser(cast.coordinator).post("/organization/", {"visibility": "everything"})

    assert answer.status_code == 422
    assert Organization.objects.get(pk=cast.home.pk).visibility == "own"
