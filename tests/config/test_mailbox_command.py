"""`asmo mail mailbox` and `asmo mail server`: every way that the pages offer, from the command line."""

import pytest
from click.testing import CliRunner

from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.channels.secrets import unseal
from asmo_support.config.commands.mailbox import mailbox, server

# Nothing listens at port 1: what is saved does not work, and the command says what to do.
FOLDER = ["--host", "127.0.0.1", "--port", "1", "--security", "none", "--password-stdin"]
TOKENS = ["--token-url", "https://login.example/token", "--client-id", "desk", "--scope", "imap"]


def run(group, *arguments, given=""):
    return CliRunner().invoke(group, [*arguments], input=given)


def test_an_address_that_a_mail_server_hands_over(db):
    said = run(mailbox, "add", "support@vendor.example", "--lmtp")

    row = Mailbox.objects.get()
    assert (said.exit_code, row.way, row.active) == (0, "lmtp", True)
    assert "may hand its letters over" in said.output
    assert "support@vendor.example  by LMTP" in run(mailbox, "list").output


def test_a_folder_by_password_says_what_is_wrong(db):
    said = run(mailbox, "add", "support@vendor.example", *FOLDER, given="secret\n")

    row = Mailbox.objects.get()
    assert (row.way, row.user, unseal(row.password), row.sign_in) == (
        "imap", "support@vendor.example", "secret", "password",
    )  # fmt: skip
    assert "saved, but it does not work" in said.output


def test_a_folder_by_access_tokens_keeps_both_secrets(db):
    run(mailbox, "add", "support@vendor.example", *FOLDER, *TOKENS, given="c-secret\nr-token\n")

    row = Mailbox.objects.get()
    assert (row.sign_in, row.token_url, row.client_id, row.scope) == (
        "oauth2", "https://login.example/token", "desk", "imap",
    )  # fmt: skip
    assert (unseal(row.client_secret), unseal(row.refresh_token)) == ("c-secret", "r-token")


def test_the_outgoing_server_by_access_tokens(db):
    run(server, "set", "support@vendor.example", "--user", "desk", *FOLDER, *TOKENS, given="c-secret\nr-token\n")

    row = SmtpServer.objects.get()
    assert (row.sign_in, unseal(row.refresh_token)) == ("oauth2", "r-token")


@pytest.mark.parametrize("more", [[], ["--lmtp", *FOLDER]])
def test_neither_a_server_nor_a_way_or_both_is_one_sentence(db, more):
    said = run(mailbox, "add", "support@vendor.example", *more)

    assert (said.exit_code, Mailbox.objects.count()) == (2, 0)
    assert "Name the IMAP server with --host, or say --lmtp." in said.output
