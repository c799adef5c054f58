"""Signing in by access tokens at a real Dovecot that asks a real token service whether they hold."""

import pytest
from django.utils import timezone

from asmo_support.channels.email.checking import check
from asmo_support.channels.models import Arrival, Mailbox
from asmo_support.channels.secrets import unseal
from asmo_support.channels.setup import Account, Right, save_mailbox
from asmo_support.channels.troubles import words_for
from asmo_support.lib.errors import Refused
from tests.parts.letters import SUPPORT, letter
from tests.parts.tokens import CLIENT, SECRET

pytestmark = pytest.mark.mail


def _account(dovecot, user, **more):
    facts = {"token_url": dovecot.tokens.address, "client_id": CLIENT, "client_secret": SECRET}
    right = Right(**{**facts, "refresh_token": dovecot.tokens.allow(user), **more})
    return Account(host=dovecot.host, port=dovecot.port, security="none", user=user, right=right)


@pytest.fixture
def mailbox(dovecot, request, db):
    return save_mailbox(_account(dovecot, request.node.name[:60]), by=None, address=SUPPORT)


def _expire(mailbox):
    Mailbox.objects.filter(pk=mailbox.pk).update(access_until=timezone.now())


def _poll(mailbox, mailboxes):
    Mailbox.objects.update(retry_at=timezone.now())
    stored = mailboxes.poll()
    mailbox.refresh_from_db()
    return stored


def test_letters_come_with_a_token_and_the_new_refresh_token_is_kept(cast, dovecot, mailbox, mailboxes, files_root):
    given = unseal(mailbox.refresh_token)
    dovecot.put(mailbox.user, letter(cast.customer.email))

    assert _poll(mailbox, mailboxes) == 1
    assert Arrival.objects.get().mailbox == mailbox
    assert dovecot.tokens.rights == {unseal(mailbox.refresh_token): mailbox.user}
    assert unseal(mailbox.refresh_token) != given
    assert unseal(mailbox.access_token) in dovecot.tokens.good


def test_a_token_is_asked_for_once_while_it_is_good(dovecot, mailbox, mailboxes):
    before = len(dovecot.tokens.asked)
    for _ in range(3):
        _poll(mailbox, mailboxes)
        mailboxes.close()

    assert len(dovecot.tokens.asked) == before + 1


def test_no_secret_lies_open_in_the_row(dovecot, mailbox, mailboxes):
    _poll(mailbox, mailboxes)
    row = str(Mailbox.objects.filter(pk=mailbox.pk).values().get())
    open_ones = [SECRET, *dovecot.tokens.good, *dovecot.tokens.rights]

    assert [one for one in open_ones if one in row] == []


@pytest.mark.case("EI-13")
def test_a_right_that_was_taken_back_is_told_in_a_sentence_and_heals_with_a_new_one(dovecot, mailbox, mailboxes):
    _poll(mailbox, mailboxes)
    mailboxes.close()
    dovecot.tokens.take_back(mailbox.user)
    _expire(mailbox)

    _poll(mailbox, mailboxes)
    assert (mailbox.trouble, mailbox.advice) == ("token-expired", words_for("token-expired"))
    assert "invalid_grant" in mailbox.error

    save_mailbox(_account(dovecot, mailbox.user), by=None, address=SUPPORT, mailbox=mailbox)
    _poll(mailbox, mailboxes)
    assert (mailbox.trouble, mailbox.error, mailbox.failing_since) == ("", "", None)


@pytest.mark.case("EI-13")
def test_a_token_the_mail_server_does_not_take_is_replaced_at_the_next_try(dovecot, mailbox, mailboxes):
    _poll(mailbox, mailboxes)
    mailboxes.close()
    dovecot.tokens.good.clear()

    _poll(mailbox, mailboxes)
    assert mailbox.trouble == "token-refused"

    _poll(mailbox, mailboxes)
    assert mailbox.trouble == ""


def test_a_program_the_service_does_not_know_and_an_address_nobody_answers_at(dovecot, db):
    unknown = save_mailbox(_account(dovecot, "oauth-x", client_secret="other"), by=None, address=SUPPORT)
    nowhere = save_mailbox(_account(dovecot, "oauth-y", token_url="http://127.0.0.1:1/"), by=None, address=SUPPORT)

    failed = [next(step for step in check(row) if step.is_well is False) for row in (unknown, nowhere)]

    assert [step.code for step in failed] == ["token", "token"]
    assert [step.advice for step in failed] == [words_for("token-client"), words_for("token-server")]


def test_secrets_are_sent_to_no_address_without_protection(dovecot, db):
    with pytest.raises(Refused, match="https://"):
        save_mailbox(_account(dovecot, "oauth-z", token_url="http://login.example/t"), by=None, address=SUPPORT)
