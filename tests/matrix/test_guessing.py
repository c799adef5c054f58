"""Guessing: a pause after a few tries, for each account and each address, whatever the headers say; codes work once."""

import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client, override_settings

from tests.cast import PASSWORD
from tests.matrix.keys import SECRET

LOGIN, STEP = "/accounts/login/", "/accounts/2fa/authenticate/"
HOME = "/desk/"


@pytest.fixture
def lead(cast):
    cast.lead.set_password(PASSWORD)
    cast.lead.save()
    TOTP.activate(cast.lead, SECRET)
    return cast.lead


def half(lead):
    """A browser with the password done and the second step open."""
    client = Client()
    answer = client.post(LOGIN, {"login": lead.email, "password": PASSWORD})
    assert answer["Location"].startswith(STEP)
    return client


def code_now():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


@pytest.mark.case("AU-05")
def test_a_code_signs_in_once(lead):
    # A code of the step before counts too, so that the half minute may end in the middle of the test.
    with override_settings(MFA_TOTP_TOLERANCE=1):
        code, first, second = code_now(), half(lead), half(lead)

        answers = [client.post(STEP, {"code": code}).status_code for client in (first, second)]

    assert answers == [302, 200]
    assert [client.get(HOME).status_code for client in (first, second)] == [200, 302]


@pytest.mark.case("AU-05")
def test_a_recovery_code_signs_in_once(lead):
    code = RecoveryCodes.activate(lead).get_unused_codes()[0]

    answers = [half(lead).post(STEP, {"code": code}).status_code for _time in range(2)]

    assert answers == [302, 200]


@pytest.mark.case("AU-05")
def test_after_a_few_wrong_codes_the_right_one_waits(lead):
    client = half(lead)
    for guess in range(6):
        client.post(STEP, {"code": f"00000{guess}"})

    with override_settings(MFA_TOTP_TOLERANCE=1):
        client.post(STEP, {"code": code_now()})

    assert client.get(HOME)["Location"].startswith(LOGIN)


@pytest.mark.case("AU-06")
def test_the_second_step_can_be_left_out_by_no_address(lead):
    client = half(lead)

    answers = {path: client.get(path) for path in (HOME, "/", "/accounts/2fa/", "/accounts/password/change/")}

    assert {path: answer["Location"].partition("?")[0] for path, answer in answers.items()} == dict.fromkeys(
        answers, LOGIN
    )


@pytest.mark.case("AU-06")
def test_where_it_is_required_a_colleague_without_a_second_factor_reaches_only_where_it_is_set_up(cast):
    client = Client()
    client.force_login(cast.lead)

    with override_settings(SECOND_FACTOR_REQUIRED=True):
        answers = [client.get(path) for path in (HOME, "/desk/customers/", "/")]
        page = client.get("/accounts/2fa/")

    assert [answer["Location"] for answer in answers] == ["/accounts/2fa/"] * 3
    # The page says why, and does not lead in a circle.
    assert (page.status_code, page.context["owes_factor"]) == (200, True)
    assert ['role="note"' in page.content.decode(), 'href="/"' in in_main(page)] == [True, False]


def in_main(page):
    return page.content.decode().partition('class="notice"')[2]


def test_the_key_and_the_code_of_an_app_have_names_of_their_own(cast):
    client = Client()
    client.force_login(cast.lead)
    client.get("/accounts/2fa/")

    page = fresh(client).get("/accounts/2fa/totp/activate/").content.decode()

    labels = re.findall(r'<label for="\w+">([^<]+)', page)
    assert labels == ["Ключ для приложения", "Код из приложения"]


def fresh(client):
    """Signed in a moment ago: what touches the second factor asks for it."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def test_after_asking_for_a_reset_one_learns_where_the_letter_is(cast):
    page = Client().post("/accounts/password/reset/", {"email": "nobody@test.example"}, follow=True)

    assert (page.context["letters_kept"], "«Исходящие»" in page.content.decode()) == (True, True)


@pytest.mark.case("AU-03")
def test_a_forged_forwarded_address_does_not_escape_the_limit(cast):
    for number in range(31):
        Client().post(
            LOGIN,
            {"login": f"guess{number}@test.example", "password": "wrong horse"},
            headers={"X-Forwarded-For": f"10.0.0.{number}", "X-Real-Ip": f"10.0.1.{number}"},
        )
    cast.lead.set_password(PASSWORD)
    cast.lead.save()

    answer = Client().post(
        LOGIN, {"login": cast.lead.email, "password": PASSWORD}, headers={"X-Forwarded-For": "10.9.9.9"}
    )

    assert answer.status_code != 302


@pytest.mark.case("AU-05")
def test_after_a_few_wrong_passwords_the_right_one_waits(lead):
    for _guess in range(5):
        Client().post(LOGIN, {"login": lead.email, "password": "wrong horse"})

    assert Client().post(LOGIN, {"login": lead.email, "password": PASSWORD}).status_code != 302
