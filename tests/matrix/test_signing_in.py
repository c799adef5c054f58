"""The sign-in door: one-time links, silence about who exists, sessions that end when they must."""

from datetime import datetime, timedelta

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from asmo_support.people.actions.people import activate, deactivate
from asmo_support.people.actions.tokens import bearer, create_token, revoke_token
from asmo_support.people.models import AccessToken, User
from tests.cast import PASSWORD
from tests.matrix.engine import ONCE

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
NEW = "another horse another battery"


@pytest.fixture
def customer(cast):
    cast.customer.set_password(PASSWORD)
    cast.customer.save()
    return cast.customer


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def reset_link(client, email):
    mail.outbox.clear()
    client.post(RESET, {"email": email})
    return next(word for word in mail.outbox[-1].body.split() if "/reset/key/" in word).partition("testserver")[2]


def said(answer, *names):
    """The page without one-time values and without what the person typed."""
    text = ONCE.sub("", answer.content.decode())
    for name in names:
        text = text.replace(name, "")
    return answer.status_code, answer.headers.get("Location"), text


@pytest.mark.case("AU-01")
def test_a_reset_link_opens_once(customer):
    link = reset_link(Client(), customer.email)

    first = Client()
    answer = first.post(first.get(link)["Location"], {"password1": NEW, "password2": NEW})
    again = Client().get(link)

    assert (answer.status_code, sign_in(Client(), customer.email, NEW).status_code) == (302, 302)
    assert again.context["token_fail"] is True


def test_the_letter_with_a_reset_link_speaks_for_the_desk_and_in_russian(customer):
    reset_link(Client(HTTP_ACCEPT_LANGUAGE="ru"), customer.email)
    letter = mail.outbox[-1]

    assert "Новый пароль для службы поддержки" in letter.subject
    assert letter.body.startswith("Здравствуйте!\n\nВы или кто-то другой запросили новый пароль")
    assert letter.body.rstrip().endswith("Служба технической поддержки\nhttp://testserver/")


@pytest.mark.case("AU-01", "CT-04")
@pytest.mark.parametrize(("hours", "opens"), [(23.9, True), (24.1, False)])
def test_a_reset_link_lives_a_day(customer, hours, opens):
    class Then(EmailAwarePasswordResetTokenGenerator):
        def _now(self):
            return datetime.now() - timedelta(hours=hours)  # noqa: DTZ005 - as the library counts

    answer = Client().get(f"{RESET}key/{user_pk_to_url_str(customer)}-{Then().make_token(customer)}/")

    assert (answer.status_code == 302) is opens


@pytest.mark.case("AU-01")
@pytest.mark.parametrize("key", ["set-password", "%20", "0-0", "None"])
def test_a_blank_or_invented_key_resets_nothing(customer, key):
    answer = Client().get(f"{RESET}key/{user_pk_to_url_str(customer)}-{key}/")

    assert answer.context["token_fail"] is True


@pytest.mark.case("AU-01")
def test_one_persons_key_does_not_open_for_another(customer, cast):
    link = reset_link(Client(), customer.email)

    answer = Client().get(link.replace(f"/{user_pk_to_url_str(customer)}-", f"/{user_pk_to_url_str(cast.lead)}-"))

    assert answer.context["token_fail"] is True


@pytest.mark.case("AU-02")
def test_a_wrong_password_and_an_unknown_person_get_the_same_page(customer):
    known = sign_in(Client(), customer.email, "wrong horse")
    unknown = sign_in(Client(), "nobody@test.example", "wrong horse")

    assert said(known, customer.email) == said(unknown, "nobody@test.example")
    assert known.status_code == 200


@pytest.mark.case("AU-02")
def test_asking_for_a_reset_says_the_same_of_everybody_and_writes_only_to_who_exists(customer, cast):
    deactivate(cast.colleague, by=cast.admin)
    asked = [customer.email, "nobody@test.example", cast.colleague.email]
    mail.outbox.clear()

    answers = [said(Client().post(RESET, {"email": email}), email) for email in asked]

    assert answers[0] == answers[1] == answers[2]
    assert [letter.to for letter in mail.outbox] == [[customer.email]]


@pytest.mark.case("AU-06")
def test_signing_in_changes_the_key_of_the_session_and_keeps_no_password(customer):
    client = Client()
    client.post("/preferences/", {"language": "en"})
    client.session.save()
    planted = client.session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted

    sign_in(client, customer.email)

    session = client.session
    assert session.session_key != planted
    assert PASSWORD not in str(dict(session.items()))
    assert Session.objects.filter(pk=planted).count() == 0


@pytest.mark.case("AU-07")
def test_a_deactivated_persons_session_and_token_end_with_the_next_request(customer, cast):
    client, token = Client(), create_token(customer, by=None, name="test")
    sign_in(client, customer.email)
    assert (client.get("/").status_code, bearer(token)) == (200, customer)

    deactivate(customer, by=cast.admin)

    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert bearer(token) is None
    assert sign_in(Client(), customer.email).status_code == 200


@pytest.mark.case("AU-07")
def test_letting_a_person_in_again_does_not_bring_old_tokens_back(customer, cast):
    token = create_token(customer, by=None, name="test")
    deactivate(customer, by=cast.admin)
    activate(User.objects.get(pk=customer.pk), by=cast.admin)

    assert bearer(token) is None


@pytest.mark.case("AU-07")
def test_a_new_password_ends_the_other_sessions(customer):
    here, there = Client(), Client()
    sign_in(here, customer.email)
    sign_in(there, customer.email)

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert there.get("/")["Location"] == LOGIN


@pytest.mark.case("AP-06", "CT-04")
def test_a_token_is_kept_as_a_hash_and_ends_at_its_second(customer):
    token = create_token(customer, by=None, name="test", life=timedelta(days=1))
    row = AccessToken.objects.get()

    assert len(token) >= 43
    assert token not in str(vars(row))
    assert bearer(token, at=row.expires_at - timedelta(microseconds=1)) == customer
    assert bearer(token, at=row.expires_at) is None

    revoke_token(row, by=None)
    assert bearer(token) is None


@pytest.mark.case("AU-08")
def test_twins_of_an_address_by_case_or_width_are_one_person(customer):
    answers = [sign_in(Client(), twin) for twin in ("CUSTOMER@Test.Example", " customer@test.example ")]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert User.objects.filter(email="customer@test.example").count() == 1


@pytest.mark.case("AU-08")
def test_nobody_gives_himself_another_address(customer, cast):
    client = Client()
    sign_in(client, customer.email)

    client.post("/accounts/email/", {"action_add": "", "email": "boss@test.example"})
    client.post("/accounts/email/", {"action_primary": "", "email": "boss@test.example"})

    assert User.objects.get(pk=customer.pk).email == "customer@test.example"


@pytest.mark.case("AU-04")
@pytest.mark.parametrize("name", ["REMOTE_USER", "HTTP_REMOTE_USER", "HTTP_X_FORWARDED_USER"])
def test_a_name_in_a_header_signs_nobody_in(customer, name):
    answer = Client().get("/", **{name: customer.email})

    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
