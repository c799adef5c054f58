"""What other sites may make a browser do here, and what every answer tells a browser."""

import pytest
from django.test import Client

from asmo_support.tickets.models import Ticket
from asmo_support.tickets.models.ticket import TicketQuerySet
from tests.cast import PASSWORD, ticket_of

LOGIN = "/accounts/login/"
ELSEWHERE = [
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "javascript:alert(1)",
    "http:evil.example", "https:///evil.example", "\thttps://evil.example", "data:text/html,x",
]  # fmt: skip


@pytest.fixture
def browser(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.customer)
    return client


def token(client):
    """The CSRF token as a form of the page holds it."""
    client.get("/")
    return client.get("/").context["csrf_token"]


@pytest.mark.case("PW-03")
@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_nowhere_else(cast, address):
    cast.customer.set_password(PASSWORD)
    cast.customer.save()

    answer = Client().post(LOGIN, {"login": cast.customer.email, "password": PASSWORD, "next": address})

    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.case("PW-03")
@pytest.mark.parametrize("address", ELSEWHERE)
def test_choosing_a_language_leads_nowhere_else(db, address):
    answer = Client().post("/preferences/", {"language": "en", "next": address})

    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.case("PW-03")
@pytest.mark.parametrize("address", ["nonsense", "no:route", "", "."])
def test_a_way_back_that_makes_no_sense_leads_home(db, address):
    answer = Client(raise_request_exception=False).post("/preferences/", {"language": "en", "next": address})

    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.case("PW-04")
def test_a_form_without_its_token_changes_nothing(browser, cast):
    ticket = ticket_of(cast.customer)

    answer = browser.post(f"/tickets/{ticket.number}/cancellation/", {"reason": "x"})

    assert (answer.status_code, Ticket.objects.get().state) == (403, "registered")


@pytest.mark.case("PW-04")
@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-origin", 302)])
def test_a_form_from_another_site_changes_nothing_even_with_a_token(browser, cast, site, status):
    ticket = ticket_of(cast.customer)
    form = {"reason": "x", "csrfmiddlewaretoken": token(browser)}

    answer = browser.post(f"/tickets/{ticket.number}/cancellation/", form, headers={"Sec-Fetch-Site": site})

    assert answer.status_code == status
    assert Ticket.objects.get().is_open is (status == 403)


@pytest.mark.case("PW-02", "PW-05")
@pytest.mark.parametrize("path", ["/", "/tickets/", "/accounts/password/change/", "/nothing/", "/api/v1/tickets"])
def test_every_answer_carries_the_policy(browser, path):
    answer = browser.get(path)

    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["object-src"], policy["base-uri"]) == ("'none'", "'none'", "'none'")
    assert policy["img-src"] == "'self' data:"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "same-origin")


@pytest.mark.case("PW-02")
def test_each_answer_has_a_nonce_of_its_own(browser):
    found = {browser.get("/")["Content-Security-Policy"] for _time in range(3)}

    assert len(found) == 3


@pytest.mark.case("PW-07")
def test_a_page_that_breaks_tells_a_number_and_nothing_of_the_inside(browser, monkeypatch):
    def broken(rows, user):
        raise RuntimeError("the password of the database is swordfish")

    monkeypatch.setattr(TicketQuerySet, "visible_to", broken)
    browser.raise_request_exception = False

    answer = browser.get("/tickets/1001/")

    body = answer.content.decode()
    assert answer.status_code == 500
    assert [word for word in ("swordfish", "RuntimeError", "Traceback", "asmo_support") if word in body] == []
