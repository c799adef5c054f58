"""The page of the ways letters come in by: what each is doing, what is wrong, and what a letter becomes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.channels.inbox import Incoming, keep
from asmo_support.channels.models import Mailbox
from asmo_support.channels.setup import Account, Defaults, save_mailbox
from tests.parts.letters import SUPPORT, letter
from tests.parts.mail import arrive

FORM = {
    "way": "imap",
    "address": SUPPORT,
    "host": "127.0.0.1",
    "port": "1",
    "security": "none",
    "language": "ru",
    "user": "support",
    "password": "secret",
}
TOKEN = {"sign_in": "oauth2", "token_url": "https://login.example/token", "client_id": "desk", "refresh_token": "r-1"}


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.admin)


def _save(client, **more):
    return client.post("/desk/mail/mailboxes/new/", FORM | more)


def test_an_address_without_a_folder_needs_no_server_and_a_folder_does(client):
    assert _save(client, way="lmtp", host="").status_code == 302
    refused = _save(client, host="")

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["host"])
    assert [row.way for row in Mailbox.objects.all()] == ["lmtp"]


@pytest.mark.parametrize("left_out", ["user", "password"])
def test_a_folder_needs_a_name_and_a_password_once_and_the_form_says_so(client, left_out):
    refused = _save(client, **{left_out: ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [left_out])
    _save(client)
    row = Mailbox.objects.get()

    assert client.post(f"/desk/mail/mailboxes/{row.pk}/", FORM | {"password": "", "folder": "Help"}).status_code == 302
    assert Mailbox.objects.get().password == row.password


def test_each_way_asks_for_what_it_needs(client):
    folder = client.get("/desk/mail/mailboxes/new/").content.decode()
    handed = client.get("/desk/mail/mailboxes/new/?way=lmtp").content.decode()

    assert ('name="host"' in folder, 'name="token_url"' in folder) == (True, True)
    assert [name for name in ("host", "password", "folder", "token_url") if f'name="{name}"' in handed] == []
    assert [name for name in ("address", "kind", "language") if f'name="{name}"' not in handed] == []


def test_what_the_page_of_a_handed_address_asks_is_enough_to_save_it(client):
    """A browser sends the fields of the page and nothing else."""
    asked = {"way": "lmtp", "address": "help@vendor.example", "aliases": "", "authserv_id": "", "language": "ru"}
    made = client.post("/desk/mail/mailboxes/new/?way=lmtp", asked)
    row = Mailbox.objects.get()
    changed = client.post(f"/desk/mail/mailboxes/{row.pk}/", asked | {"kind": "bug"})

    assert (made.status_code, changed.status_code, Mailbox.objects.get().kind) == (302, 302, "bug")


def test_the_same_address_is_handed_over_once(client):
    _save(client, way="lmtp", host="", aliases="help@vendor.example")
    again = _save(client, way="lmtp", host="", address="help@vendor.example")

    assert (again.status_code, list(again.context["form"].errors)) == (422, ["address"])


def test_secrets_of_access_tokens_are_kept_and_never_shown(client):
    _save(client, **TOKEN, client_secret="s-1")
    row = Mailbox.objects.get()
    page = client.get(f"/desk/mail/mailboxes/{row.pk}/").content.decode()

    assert (row.sign_in, "r-1" in row.refresh_token, TOKEN["client_id"] in page) == ("oauth2", False, True)
    assert [secret for secret in ("r-1", "s-1", row.refresh_token) if secret in page] == []


def test_the_check_names_the_step_that_fails_and_what_to_do(client):
    _save(client)
    page = client.post(f"/desk/mail/mailboxes/{Mailbox.objects.get().pk}/check/")
    steps = page.context["steps"]

    assert [step.is_well for step in steps] == [True, False, None, None, None, None]
    assert "check the port and the protection" in steps[1].advice
    assert steps[1].advice in page.content.decode()


def test_a_mailbox_that_fails_is_told_with_what_to_do_and_to_administrators_on_every_page(cast, client, sign_in):
    _save(client)
    ago = timezone.now() - timedelta(minutes=20)
    Mailbox.objects.update(failing_since=ago, failures=9, trouble="sign-in", error="[AUTHENTICATIONFAILED] no")
    page = client.get("/desk/mail/").content.decode()

    assert ("enter them again" in page, "AUTHENTICATIONFAILED" in page) == (True, True)
    assert "See what is wrong" in client.get("/desk/tickets/").content.decode()
    assert "See what is wrong" not in sign_in(cast.operator).get("/desk/tickets/").content.decode()


def test_the_page_counts_what_came_and_what_nobody_has_treated(client, files_root):
    rule = save_mailbox(Account(host=""), by=None, address=SUPPORT, way="lmtp")
    for _ in range(3):
        keep(Incoming(raw=letter("a@home.example"), received_at=timezone.now(), mailbox=rule))
    page = client.get("/desk/mail/").content.decode()

    assert ("3 letters within a day" in page, "Not treated: 3" in page) == (True, True)


def test_a_sender_added_to_the_people_is_written_to_in_the_language_of_the_address(cast, sign_in, files_root):
    rule = save_mailbox(Account(host=""), by=None, address=SUPPORT, way="lmtp", defaults=Defaults(language="en"))
    held = arrive(letter("new@home.example"), mailbox=rule)
    told = {"name": "Ann Lee", "email": "new@home.example", "role": "contact"}
    sign_in(cast.operator).post(f"/desk/customers/{cast.home.pk}/people/new/?letter={held.pk}", told)

    assert cast.home.people.get(email="new@home.example").language == "en"
