"""The pages of letters: texts with a look beside them, the key they are signed with."""

import pytest

from asmo_support.channels import signing_keys
from asmo_support.channels.models import SigningKey, SmtpServer
from asmo_support.notifications.models import Wording

PATH = "/desk/wordings/customer-ticket.resolution-proposed/ru/"
TEXTS = {"seen": "0", "subject": "Слово за вами", "greeting": "Здравствуйте, {{ reader.name }}!", "do": "save"}


def test_a_look_is_given_without_a_script_and_keeps_nothing(cast, sign_in):
    page = sign_in(cast.lead).post(PATH, {**TEXTS, "do": "preview"})

    assert page.status_code == 200
    assert "[№ 1042] Слово за вами" in page.content.decode()
    assert "Здравствуйте, Марина Ковалёва!" in page.content.decode()
    assert Wording.objects.count() == 0


def test_texts_are_saved_shown_and_taken_back(cast, sign_in):
    client = sign_in(cast.admin)
    client.post(PATH, TEXTS)
    saved = client.get(PATH).content.decode()
    client.post(PATH, {"do": "back"})

    assert 'value="Слово за вами"' in saved
    assert [(one.n, one.is_own, one.by) for one in Wording.objects.order_by("n")] == [
        (1, True, cast.admin), (2, False, cast.admin),
    ]  # fmt: skip
    assert "Слово за вами" in client.get(f"{PATH}?version=1").content.decode()


@pytest.mark.parametrize("do", ["save", "preview"])
def test_a_mistake_is_said_with_its_line_and_nothing_typed_is_lost(cast, sign_in, do):
    page = sign_in(cast.lead).post(PATH, {**TEXTS, "closing": "Спасибо.\n{{ password }}", "do": do})

    assert page.status_code == (422 if do == "save" else 200)
    assert "Line 2: there is no name “password” here." in page.content.decode()
    assert "Спасибо." in page.content.decode()
    assert Wording.objects.count() == 0


def test_who_comes_second_keeps_the_words_and_is_told(cast, sign_in):
    sign_in(cast.admin).post(PATH, TEXTS)
    page = sign_in(cast.lead).post(PATH, {**TEXTS, "subject": "Другое"})

    assert page.status_code == 409
    assert 'value="Другое"' in page.content.decode()
    assert Wording.objects.count() == 1


@pytest.mark.case("EO-05")
def test_the_look_is_words_in_an_attribute_and_runs_nothing(cast, sign_in):
    page = sign_in(cast.lead).post(PATH, {**TEXTS, "intro": '"><script>alert(1)</script>', "do": "preview"})
    html = page.content.decode()

    assert 'sandbox=""' in html
    assert "<script>alert(1)" not in html
    assert "<!doctype html>\n<html lang=&quot;" not in html.partition("srcdoc=")[0]


def test_a_key_is_made_published_and_switched_on(cast, sign_in):
    SmtpServer.objects.create(pk=1, host="127.0.0.1", port=25, from_address="s@desk.example")
    client = sign_in(cast.admin)
    client.post("/desk/mail/dkim/", {"domain": "desk.example", "selector": "asmo", "do": "keep"})
    page = client.get("/desk/mail/dkim/").content.decode()
    key = SigningKey.objects.get()
    client.post("/desk/mail/dkim/", {"do": "on"})

    assert "asmo._domainkey.desk.example</code>" in page
    assert key.public in page
    assert "PRIVATE KEY" not in page
    assert signing_keys.newest().active
